import type { VendorDesk } from '../core/simulator.ts';
import { counted, day, empty, moment, rawRecord } from '../page/format.ts';
import { type Html, html, type Part } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { contactsIn } from './book.ts';
import { contactForm, contactPath } from './contact-form.ts';
import { type ContactRow, USUAL_FOLDER } from './rows.ts';

const PATH = '/view/outlook-contacts';
const SHOWN = 200;

/** The account's contacts as a list by name. */
function contactsPage(mount: Mount): void {
  mount('get', PATH, (view) => {
    const desk = view.desk('microsoft-contacts');
    if (!desk) return undefined;
    return layout(view, {
      title: view.t('Outlook contacts', 'Contacts Outlook'),
      look: 'contacts',
      rawOf: 'microsoft-contacts',
      still: html`<p><a href="${view.to(contactPath())}">${view.t('Add a contact to Outlook', 'Ajouter un contact dans Outlook')}</a></p>`,
      live: contacts(view, desk),
    });
  });
}

function contacts(view: View, desk: VendorDesk): Html {
  const all = contactsIn(desk, USUAL_FOLDER);
  if (all.length === 0) return empty(view.t('There are no contacts.', 'Il n’y a aucun contact.'));
  const isMany = all.length > SHOWN;
  const rows = isMany ? all.toSorted((a, b) => b.seq - a.seq).slice(0, SHOWN) : all.toSorted(byName(view));
  const count = isMany
    ? view.t(
        `${all.length} contacts; the ${SHOWN} that changed last`,
        `${all.length} contacts ; les ${SHOWN} derniers modifiés`,
      )
    : counted(view, all.length, 'contact', 'contact');
  return html`<p class="lead">${count}</p>${list(view, rows)}`;
}

const texts = ({ contact }: ContactRow, name: string): string[] =>
  (contact[name] as string[] | undefined) ?? [];
const text = ({ contact }: ContactRow, name: string): string => String(contact[name] ?? '');

function list(view: View, rows: readonly ContactRow[]): Html {
  return table(
    view.t('Outlook contacts', 'Contacts Outlook'),
    [
      {
        title: view.t('Name', 'Nom'),
        cell: (row) =>
          html`<b>${text(row, 'displayName') || '–'}</b>${text(row, 'personalNotes') !== '' && html`<br><small class="long">${text(row, 'personalNotes')}</small>`}`,
      },
      {
        title: 'E-mail',
        cell: ({ contact }) =>
          lines((contact.emailAddresses as { address: string }[]).map(({ address }) => address)),
      },
      {
        title: view.t('Phone', 'Téléphone'),
        cell: (row) => {
          const mobile = text(row, 'mobilePhone');
          const mobiles = mobile === '' ? [] : [`${mobile}${view.t(' (mobile)', ' (portable)')}`];
          return lines([...texts(row, 'businessPhones'), ...texts(row, 'homePhones'), ...mobiles]);
        },
      },
      {
        title: view.t('Job and company', 'Fonction et société'),
        cell: (row) => [text(row, 'jobTitle'), text(row, 'companyName')].filter(Boolean).join(', '),
      },
      { title: view.t('Categories', 'Catégories'), cell: (row) => texts(row, 'categories').join(', ') },
      {
        title: view.t('Birthday', 'Anniversaire'),
        cell: (row) => text(row, 'birthday') !== '' && day(view, text(row, 'birthday').slice(0, 10)),
      },
      { title: view.t('Changed', 'Modifié'), cell: ({ at }) => moment(view, at) },
      {
        title: '',
        cell: ({ id }) => html`<a href="${view.to(contactPath(id))}">${view.t('Change', 'Modifier')}</a>`,
      },
      { title: '', cell: ({ id, contact }) => rawRecord(view, id, { id, ...contact }) },
    ],
    rows,
  );
}

function byName(view: View): (left: ContactRow, right: ContactRow) => number {
  const { compare } = new Intl.Collator(view.language);
  const key = (row: ContactRow): string => text(row, 'surname') || text(row, 'displayName');
  return (left, right) => compare(key(left), key(right));
}

const lines = (all: readonly string[]): Part =>
  all.map((one, index) => html`${index > 0 && html`<br>`}${one}`);

/** The contacts, and where links to Outlook's own page of people lead. */
export const outlookContactPages: VendorPages = {
  place: { path: PATH, en: 'Outlook', fr: 'Outlook' },
  mount: (mount) => {
    contactsPage(mount);
    contactForm(mount);
  },
  opens: { host: /^outlook\.office\.com$/, page: () => PATH },
};
