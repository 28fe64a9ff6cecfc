import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import type { View } from '../page/view.ts';
import { act } from './acts.ts';
import { findContact } from './book.ts';
import { BIN, type ContactRow } from './rows.ts';

const PATH = '/view/outlook-contacts/contact';

/** What the form holds of a contact: the first of each list. */
interface Typed {
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
  readonly phone: string;
  readonly company: string;
  readonly categories: string;
}

const NOBODY: Typed = { givenName: '', surname: '', email: '', phone: '', company: '', categories: '' };

/** One contact, to be changed as its owner would in Outlook, or a new one. */
export function contactForm(mount: Mount): void {
  mount('get', PATH, (view, request) => {
    const desk = view.desk('microsoft-contacts');
    if (!desk) return undefined;
    const { contact: id } = request.query;
    if (typeof id !== 'string') return page(view, null, NOBODY, null);
    const contact = standing(desk, id);
    return contact && page(view, contact, typedOf(contact), null);
  });
  mount('post', PATH, (view, request) => {
    const desk = view.desk('microsoft-contacts');
    if (!desk) return undefined;
    const { form } = bodyOf(request);
    const contact = (form.contact ? standing(desk, form.contact) : undefined) ?? null;
    const typed = { ...(contact ? typedOf(contact) : NOBODY), ...form } as Typed;
    try {
      save(desk, contact, typed, form.do ?? '');
      return { goTo: view.to('/view/outlook-contacts') };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { html: page(view, contact, typed, error.message), status: 400 };
    }
  });
}

function standing(desk: VendorDesk, id: string): ContactRow | undefined {
  const row = findContact(desk, id);
  return row?.folder === BIN ? undefined : row;
}

function save(desk: VendorDesk, contact: ContactRow | null, typed: Typed, what: string): void {
  if (contact === null) act(desk, { act: 'create', contact: changesOf(null, typed) });
  else if (what === 'delete') act(desk, { act: 'delete', who: contact.id });
  else act(desk, { act: 'edit', who: contact.id, contact: changesOf(contact, typed) });
}

/** What was typed over; of lists the first entry, and the others stay. */
function changesOf(row: ContactRow | null, typed: Typed): object {
  const before = row === null ? NOBODY : typedOf(row);
  const list = (name: string): readonly unknown[] => (row?.contact[name] as unknown[] | undefined) ?? [];
  const withFirst = (name: string, first: unknown): unknown[] => [
    ...(first === null ? [] : [first]),
    ...list(name).slice(1),
  ];
  const is = (name: keyof Typed): boolean => typed[name] !== before[name];
  const name = `${typed.givenName} ${typed.surname}`.trim();
  return {
    ...(is('givenName') || is('surname')
      ? { givenName: typed.givenName, surname: typed.surname, displayName: name }
      : {}),
    ...(is('email')
      ? { emailAddresses: withFirst('emailAddresses', typed.email ? { address: typed.email, name } : null) }
      : {}),
    ...(is('phone') ? { businessPhones: withFirst('businessPhones', typed.phone || null) } : {}),
    ...(is('company') ? { companyName: typed.company } : {}),
    ...(is('categories')
      ? { categories: typed.categories.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])) }
      : {}),
  };
}

function typedOf({ contact }: ContactRow): Typed {
  const text = (name: string): string => String(contact[name] ?? '');
  const [mail] = contact.emailAddresses as { address: string }[];
  const [phone] = contact.businessPhones as string[];
  return {
    givenName: text('givenName'),
    surname: text('surname'),
    email: mail?.address ?? '',
    phone: phone ?? '',
    company: text('companyName'),
    categories: (contact.categories as string[]).join(', '),
  };
}

function page(view: View, contact: ContactRow | null, typed: Typed, error: string | null): Html {
  const field = (name: keyof Typed, en: string, fr: string): Html =>
    html`<label>${view.t(en, fr)}<input name="${name}" value="${typed[name]}"></label>`;
  return layout(view, {
    title: contact
      ? view.t('Change a contact in Outlook', 'Modifier un contact dans Outlook')
      : view.t('Add a contact to Outlook', 'Ajouter un contact dans Outlook'),
    look: 'contacts',
    still: html`<p><a href="${view.to('/view/outlook-contacts')}">← ${view.t('All contacts', 'Tous les contacts')}</a></p>
${error !== null && html`<p class="failed" role="alert">${error}</p>`}
<form method="post" action="${view.to(PATH)}" class="fields">
${contact && html`<input type="hidden" name="contact" value="${contact.id}">`}
${field('givenName', 'First name', 'Prénom')}
${field('surname', 'Last name', 'Nom')}
${field('email', 'E-mail', 'E-mail')}
${field('phone', 'Business phone', 'Téléphone professionnel')}
${field('company', 'Company', 'Société')}
${field('categories', 'Categories, with commas between', 'Catégories, séparées par des virgules')}
<button name="do" value="save">${view.t('Save', 'Enregistrer')}</button>
${contact && html`<button class="danger" name="do" value="delete">${view.t('Delete', 'Supprimer')}</button>`}
</form>
<p class="quiet">${view.t(
      'Liaison reacts as it would if Hugo did this in Outlook.',
      'Liaison réagit comme si Hugo le faisait dans Outlook.',
    )}</p>`,
  });
}

/** Where one contact is changed; without an id a new one is made. */
export const contactPath = (id?: string): string =>
  id === undefined ? PATH : `${PATH}?contact=${encodeURIComponent(id)}`;
