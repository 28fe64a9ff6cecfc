import { join } from 'node:path';
import type { VendorDesk } from '../core/simulator.ts';
import { counted, day, empty, moment, rawRecord } from '../page/format.ts';
import { type Html, html, type Part } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import { lastOf } from '../page/open.ts';
import { table } from '../page/table.ts';
import type { VendorPages } from '../page/vendor-pages.ts';
import type { View } from '../page/view.ts';
import { listedContacts, livingContact } from './book.ts';
import { contactForm, contactPath } from './contact-form.ts';
import type { Entry, PersonData } from './rows.ts';

const SHOWN = 200;

interface Shown {
  readonly id: string;
  readonly at: number;
  readonly person: PersonData;
}

/** The account's contacts as a list by name, with what changed last said of each. */
export function googleContactsPage(mount: Mount): void {
  mount('get', '/view/contacts', (view) => {
    const desk = view.desk('google-people');
    if (!desk) return undefined;
    return layout(view, {
      title: view.t('Google Contacts', 'Contacts Google'),
      look: 'contacts',
      rawOf: 'google-people',
      still: html`<p><a href="${view.to(contactPath())}">${view.t('Add a contact to Google', 'Ajouter un contact dans Google')}</a></p>`,
      live: contacts(view, desk),
    });
  });
}

function contacts(view: View, desk: VendorDesk): Html {
  const all = listedContacts(desk).listed.flatMap(({ id, version: { at, person } }): Shown[] =>
    person ? [{ id, at, person }] : [],
  );
  if (all.length === 0) return empty(view.t('There are no contacts.', 'Il n’y a aucun contact.'));
  const sorted = all.length > SHOWN ? all.slice(-SHOWN).reverse() : all.toSorted(byName(view));
  const count =
    all.length > SHOWN
      ? view.t(
          `${all.length} contacts; the ${SHOWN} that changed last`,
          `${all.length} contacts ; les ${SHOWN} derniers modifiés`,
        )
      : counted(view, all.length, 'contact', 'contact');
  return html`<p class="lead">${count}</p>${list(view, sorted)}`;
}

function list(view: View, rows: readonly Shown[]): Html {
  return table(
    view.t('Contacts', 'Contacts'),
    [
      {
        title: view.t('Name', 'Nom'),
        cell: ({ person }) => html`<b>${nameOf(person) || '–'}</b>${notes(person)}`,
      },
      { title: 'E-mail', cell: ({ person }) => lines(person.emailAddresses, ({ value }) => value) },
      {
        title: view.t('Phone', 'Téléphone'),
        cell: ({ person }) => lines(person.phoneNumbers, ({ value, type }) => phone(view, value, type)),
      },
      {
        title: view.t('Job and company', 'Fonction et société'),
        cell: ({ person }) =>
          lines(person.organizations, ({ title, name }) => [title, name].filter(Boolean).join(', ')),
      },
      {
        title: view.t('Birthday', 'Anniversaire'),
        cell: ({ person }) => lines(person.birthdays, ({ date, text }) => birthday(view, date) || text),
      },
      { title: view.t('Changed', 'Modifié'), cell: ({ at }) => moment(view, at) },
      {
        title: '',
        cell: ({ id }) => html`<a href="${view.to(contactPath(id))}">${view.t('Change', 'Modifier')}</a>`,
      },
      {
        title: '',
        cell: ({ id, person }) => rawRecord(view, id, { resourceName: `people/${id}`, ...person }),
      },
    ],
    rows,
  );
}

const nameOf = ({ names }: PersonData): string => String(names?.[0]?.displayName ?? '');

function byName(view: View): (left: Shown, right: Shown) => number {
  const { compare } = new Intl.Collator(view.language);
  const key = ({ person: { names } }: Shown): string => String(names?.[0]?.displayNameLastFirst ?? '');
  return (left, right) => compare(key(left), key(right));
}

function notes({ biographies }: PersonData): Part {
  const text = biographies?.[0]?.value;
  return typeof text === 'string' && html`<br><small class="long">${text}</small>`;
}

function lines(entries: readonly Entry[] | undefined, text: (entry: Entry) => unknown): Part {
  return entries?.map((entry, index) => html`${index > 0 && html`<br>`}${String(text(entry) ?? '')}`);
}

function phone(view: View, value: unknown, type: unknown): string {
  const mobile = type === 'mobile' ? view.t(' (mobile)', ' (portable)') : '';
  return `${String(value ?? '')}${mobile}`;
}

function birthday(view: View, date: unknown): string {
  if (typeof date !== 'object' || date === null) return '';
  const { year, month, day: inMonth } = date as Readonly<Record<string, unknown>>;
  const two = (part: unknown): string => String(part ?? 0).padStart(2, '0');
  return year
    ? day(view, `${String(year).padStart(4, '0')}-${two(month)}-${two(inMonth)}`)
    : `${two(inMonth)}/${two(month)}`;
}

/** The address book, and where links to its contacts lead. */
export const contactPages: VendorPages = {
  place: { path: '/view/contacts', en: 'Contacts', fr: 'Contacts' },
  mount: (mount) => {
    googleContactsPage(mount);
    contactForm(mount);
  },
  opens: {
    host: /^contacts\.google\.com$/,
    page(view, { pathname }) {
      const id = lastOf(pathname);
      const desk = view.desk('google-people');
      return desk && livingContact(desk, id) ? contactPath(id) : '/view/contacts';
    },
  },
  style: join(import.meta.dirname, 'page.css'),
};
