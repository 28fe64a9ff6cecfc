import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { empty, moment, pill, rawRecord } from '../page/format.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { confirm, listNamed, unsubscribe } from './acts.ts';
import {
  type CampaignRow,
  campaignsTables,
  type ListRow,
  type MembershipRow,
  type Standing,
} from './rows.ts';

const PATH = '/view/zoho-campaigns';
const VENDOR = 'zoho-campaigns';
const SHOWN = 200;

/** What a person does from a mail: leaves, or confirms that they want it. */
const FROM_MAIL = { unsubscribe, confirm } as const;

/** The lists, who is in them and who left, what was sent; beside each person the link of their mails. */
export const campaignsPages: VendorPages = {
  place: { path: PATH, en: 'Campaigns', fr: 'Campaigns' },
  opens: { host: /^campaigns\.zoho/, page: () => PATH },
  mount(mount) {
    mount('get', PATH, (view) => {
      const desk = view.desk(VENDOR);
      if (!desk) return undefined;
      return layout(view, {
        title: 'Zoho Campaigns',
        rawOf: VENDOR,
        live: html`<h2>${view.t('Letters', 'Lettres')}</h2>${letters(view, desk)}
${campaignsTables(desk)
  .lists.all()
  .map((list) => people(view, desk, list))}`,
      });
    });
    mount('post', PATH, (view, request) => {
      const desk = view.desk(VENDOR);
      const { does = '', list, email = '' } = bodyOf(request).form;
      const act = Object.hasOwn(FROM_MAIL, does) ? FROM_MAIL[does as keyof typeof FROM_MAIL] : undefined;
      if (!desk || !act) return undefined;
      try {
        act(desk, listNamed(desk, list), email);
      } catch {
        // Somebody was quicker: the page shows how it stands.
      }
      return { goTo: view.to(PATH) };
    });
  },
};

function letters(view: View, desk: VendorDesk): Html {
  const { campaigns, mails } = campaignsTables(desk);
  const rows = campaigns.all().sort((one, other) => other.sentAt - one.sentAt);
  if (rows.length === 0) return empty(view.t('No letter was sent yet.', 'Aucune lettre envoyée.'));
  const of = ({ key }: CampaignRow) => mails.all().filter(({ campaignKey }) => campaignKey === key);
  return table(
    view.t('Letters', 'Lettres'),
    [
      {
        title: view.t('Title', 'Titre'),
        cell: (row) => html`<b>${row.name}</b><br><small>${row.subject}</small>`,
      },
      { title: view.t('Sent', 'Envoyée'), cell: (row) => moment(view, row.sentAt) },
      { title: view.t('Mails', 'E-mails'), cell: (row) => of(row).length, number: true },
      {
        title: view.t('Opened by', 'Ouverte par'),
        cell: (row) => of(row).filter(({ opens }) => opens > 0).length,
        number: true,
      },
      {
        title: view.t('Clicked by', 'Cliquée par'),
        cell: (row) => of(row).filter(({ clicks }) => clicks > 0).length,
        number: true,
      },
      { title: '', cell: (row) => rawRecord(view, row.key, row) },
    ],
    rows.slice(0, SHOWN),
  );
}

function people(view: View, desk: VendorDesk, list: ListRow): Html {
  const { contacts, memberships, topics } = campaignsTables(desk);
  const all = memberships.all().filter(({ listKey }) => listKey === list.key);
  const rows = all.toReversed().slice(0, SHOWN);
  const values = ({ email }: MembershipRow) => contacts.get(email)?.values ?? {};
  const how = list.hasForm
    ? view.t('People confirm by mail that they want it.', 'Chacun confirme par e-mail qu’il la souhaite.')
    : view.t('Whoever is put in is in.', 'Qui y est mis y est.');
  const none = view.t('Nobody is in this list.', 'Il n’y a personne dans cette liste.');
  const columns = [
    {
      title: view.t('Name', 'Nom'),
      cell: (row: MembershipRow) =>
        `${values(row).firstname ?? ''} ${values(row).lastname ?? ''}`.trim() || '–',
    },
    { title: 'E-mail', cell: ({ email }: MembershipRow) => email },
    { title: view.t('Phone', 'Téléphone'), cell: (row: MembershipRow) => values(row).phone ?? '' },
    { title: view.t('Company', 'Société'), cell: (row: MembershipRow) => values(row).companyname ?? '' },
    {
      title: view.t('Consent', 'Consentement'),
      cell: ({ standing }: MembershipRow) => consent(view, standing),
    },
    {
      title: view.t('Topics', 'Thèmes'),
      cell: (row: MembershipRow) => row.topics.flatMap((id) => topics.get(id)?.name ?? []).join(', '),
    },
    {
      title: view.t('In their mail', 'Dans leurs e-mails'),
      cell: (row: MembershipRow) => fromMail(view, row),
    },
    { title: '', cell: (row: MembershipRow) => rawRecord(view, `${row.listKey} ${row.email}`, row) },
  ];
  return html`<h2>${list.name}</h2><p class="lead">${how}</p>${
    rows.length === 0 ? empty(none) : table(list.name, columns, rows, (row) => `${list.key}-${row.email}`)
  }`;
}

const CONSENT: Readonly<Record<Standing, readonly [en: string, fr: string, mood: 'good' | 'bad' | 'wait']>> =
  {
    active: ['Subscribed', 'Abonné', 'good'],
    pending: ['Not confirmed', 'Non confirmé', 'wait'],
    unsub: ['Unsubscribed', 'Désabonné', 'bad'],
    bounce: ['Bounces', 'En erreur', 'bad'],
    spam: ['Called it spam', 'Signalé indésirable', 'bad'],
  };

function consent(view: View, standing: Standing): Html {
  const [en, fr, mood] = CONSENT[standing];
  return pill(view.t(en, fr), mood);
}

/** The link that a person finds in a mail. */
function fromMail(view: View, { listKey, email, standing }: MembershipRow): Html | string {
  const does = standing === 'active' ? 'unsubscribe' : standing === 'pending' ? 'confirm' : null;
  if (does === null) return '';
  const words = does === 'confirm' ? view.t('Confirm', 'Confirmer') : view.t('Unsubscribe', 'Se désabonner');
  return html`<form method="post" action="${view.to(PATH)}"><input type="hidden" name="does" value="${does}"><input type="hidden" name="list" value="${listKey}"><input type="hidden" name="email" value="${email}"><button>${words}</button></form>`;
}
