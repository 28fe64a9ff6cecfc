import { counted, empty, localeOf, moment, pill, rawRecord } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import { anchorOf, table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { isBlank } from './merge-values.ts';
import { activityOf, figuresOf, shareOf } from './report-figures.ts';
import { type ActivityRow, type CampaignRow, type MemberRow, mailchimpTables } from './rows.ts';

const SHOWN = 200;

type Tables = ReturnType<typeof mailchimpTables>;

/** Mailchimp's audience and campaigns: who is in, who left, what was opened. */
export function mailchimpPage(mount: Mount): void {
  mount('get', '/view/mailchimp', (view) => {
    const desk = view.desk('mailchimp');
    if (!desk) return undefined;
    const tables = mailchimpTables(desk);
    const activity = tables.activity.all();
    return layout(view, {
      title: 'Mailchimp',
      look: 'mailchimp',
      rawOf: 'mailchimp',
      live: html`<h2>${view.t('Campaigns', 'Campagnes')}</h2>${campaigns(view, tables, (id) => activityOf(desk, id))}
${tables.audiences.all().map(({ id, name }) => html`<h2>${name}</h2>${audience(view, tables, id, activity)}`)}`,
    });
  });
}

function campaigns(view: View, tables: Tables, mailsOf: (id: string) => readonly ActivityRow[]): Html {
  const rows = tables.campaigns.all().toSorted((a, b) => ((a.sentAt ?? '') < (b.sentAt ?? '') ? 1 : -1));
  if (rows.length === 0) return empty(view.t('No campaign was sent yet.', 'Aucune campagne envoyée.'));
  const shown = rows
    .slice(0, SHOWN)
    .map((campaign) => ({ campaign, figures: figuresOf(mailsOf(campaign.id)) }));
  const share = new Intl.NumberFormat(localeOf(view), { style: 'percent', maximumFractionDigits: 1 });
  type Row = (typeof shown)[number];
  const rate = (part: number, { figures }: Row): string =>
    `${part} (${share.format(shareOf(part, figures))})`;
  return table(
    view.t('Campaigns', 'Campagnes'),
    [
      { title: view.t('Title', 'Titre'), cell: ({ campaign }) => titled(campaign) },
      {
        title: view.t('Sent', 'Envoyée'),
        cell: ({ campaign }) => (campaign.sentAt === null ? '–' : moment(view, campaign.sentAt)),
      },
      { title: view.t('Mails', 'E-mails'), cell: ({ figures }) => figures.sent, number: true },
      {
        title: view.t('Opened by', 'Ouverte par'),
        cell: (row) => rate(row.figures.uniqueOpens, row),
        number: true,
      },
      {
        title: view.t('Clicked by', 'Cliquée par'),
        cell: (row) => rate(row.figures.clickers, row),
        number: true,
      },
      { title: view.t('Left', 'Désabonnés'), cell: ({ figures }) => figures.unsubscribed, number: true },
      { title: '', cell: ({ campaign }) => rawRecord(view, campaign.id, campaign) },
    ],
    shown,
  );
}

const titled = ({ title, subject }: CampaignRow): Html => html`<b>${title}</b><br><small>${subject}</small>`;

function audience(view: View, tables: Tables, listId: string, activity: readonly ActivityRow[]): Html {
  const all = tables.members.all().filter((row) => row.listId === listId);
  if (all.length === 0)
    return empty(view.t('Nobody is in this audience.', 'Il n’y a personne dans cette audience.'));
  const rows = all.toSorted((a, b) => (a.lastChanged < b.lastChanged ? 1 : -1)).slice(0, SHOWN);
  const tagNames = new Map(tables.tags.all().map(({ id, name }) => [id, name]));
  const count = (contactId: string, kind: ActivityRow['kind']): number =>
    activity.filter((row) => row.contactId === contactId && row.kind === kind).length;
  const said =
    all.length > SHOWN
      ? view.t(
          `${all.length} contacts; the ${SHOWN} that changed last`,
          `${all.length} contacts ; les ${SHOWN} derniers modifiés`,
        )
      : counted(view, all.length, 'contact', 'contact');
  return html`<p class="lead">${said}</p>${table(
    view.t('Audience', 'Audience'),
    [
      { title: view.t('Name', 'Nom'), cell: (row) => html`<b>${nameOf(row) || '–'}</b>` },
      { title: 'E-mail', cell: (row) => row.email },
      { title: view.t('Phone', 'Téléphone'), cell: (row) => text(row, 'PHONE') },
      { title: view.t('Company', 'Société'), cell: (row) => text(row, 'COMPANY') },
      { title: view.t('Consent', 'Consentement'), cell: (row) => consent(view, row) },
      {
        title: 'Tags',
        cell: (row) => row.tags.flatMap((id) => tagNames.get(id) ?? []).join(', '),
      },
      { title: view.t('Opens', 'Ouvertures'), cell: (row) => count(row.contactId, 'open'), number: true },
      { title: view.t('Clicks', 'Clics'), cell: (row) => count(row.contactId, 'click'), number: true },
      { title: view.t('Changed', 'Modifié'), cell: (row) => moment(view, row.lastChanged) },
      { title: '', cell: (row) => rawRecord(view, row.contactId, row) },
    ],
    rows,
    ({ contactId }) => contactId,
  )}`;
}

const nameOf = (row: MemberRow): string => `${text(row, 'FNAME')} ${text(row, 'LNAME')}`.trim();

function text({ mergeValues }: MemberRow, tag: string): string {
  const value = mergeValues[tag];
  return isBlank(value) ? '' : String(value);
}

function consent(view: View, { archived, status }: MemberRow): Html {
  if (archived) return pill(view.t('Archived', 'Archivé'), 'calm');
  switch (status) {
    case 'subscribed':
      return pill(view.t('Subscribed', 'Abonné'), 'good');
    case 'unsubscribed':
      return pill(view.t('Unsubscribed', 'Désabonné'), 'bad');
    case 'cleaned':
      return pill(view.t('Cleaned', 'Nettoyé'), 'bad');
    case 'pending':
      return pill(view.t('Pending', 'En attente'), 'wait');
    case 'transactional':
      return pill(view.t('Non-subscribed', 'Non abonné'), 'calm');
  }
}

/** The audience, and where links to its members lead. */
export const mailchimpPages: VendorPages = {
  place: { path: '/view/mailchimp', en: 'Mailchimp', fr: 'Mailchimp' },
  mount: mailchimpPage,
  opens: {
    host: /\.admin\.mailchimp\.com$/,
    page(view, { searchParams }) {
      const webId = Number(searchParams.get('id'));
      const desk = view.desk('mailchimp');
      const member =
        desk &&
        mailchimpTables(desk)
          .members.all()
          .find((one) => one.webId === webId);
      return member ? `/view/mailchimp#${anchorOf(member.contactId)}` : '/view/mailchimp';
    },
  },
};
