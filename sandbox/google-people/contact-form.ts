import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type Html, html } from '../page/html.ts';
import { layout } from '../page/layout.ts';
import type { Mount } from '../page/mount.ts';
import type { View } from '../page/view.ts';
import { act } from './acts.ts';
import { type LivingContact, livingContact } from './book.ts';
import type { Entry } from './rows.ts';

const PATH = '/view/contacts/contact';

/** What the form holds of a contact: the first entry of each list. */
interface Typed {
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly phone: string;
  readonly company: string;
}

const NOBODY: Typed = { givenName: '', familyName: '', email: '', phone: '', company: '' };

/** One contact, to be changed as its owner would in Google Contacts, or a new one. */
export function contactForm(mount: Mount): void {
  mount('get', PATH, (view, request) => {
    const desk = view.desk('google-people');
    if (!desk) return undefined;
    const { contact: id } = request.query;
    if (typeof id !== 'string') return page(view, null, NOBODY, null);
    const contact = livingContact(desk, id);
    return contact && page(view, contact, typedOf(contact), null);
  });
  mount('post', PATH, (view, request) => {
    const desk = view.desk('google-people');
    if (!desk) return undefined;
    const { form } = bodyOf(request);
    const contact = (form.contact ? livingContact(desk, form.contact) : undefined) ?? null;
    const typed = { ...(contact ? typedOf(contact) : NOBODY), ...form } as Typed;
    try {
      save(desk, contact, typed, form.do ?? '');
      return { goTo: view.to('/view/contacts') };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { html: page(view, contact, typed, error.message), status: 400 };
    }
  });
}

function save(desk: VendorDesk, contact: LivingContact | null, typed: Typed, what: string): void {
  if (contact === null) {
    act(desk, { act: 'create', person: personOf(null, typed) });
    return;
  }
  const own = { contact: `people/${contact.id}` };
  if (what === 'delete') act(desk, { act: 'delete', ...own });
  else act(desk, { act: 'edit', ...own, person: personOf(contact, typed) });
}

/** Lists of which the first entry was typed over; the others stay as they are. */
function personOf(contact: LivingContact | null, typed: Typed): object {
  const before = contact === null ? NOBODY : typedOf(contact);
  const lists = contact?.person ?? {};
  const changed = (...names: (keyof Typed)[]): boolean => names.some((name) => typed[name] !== before[name]);
  const withFirst = (held: readonly Entry[] | undefined, entry: object | null): object[] => [
    ...(entry === null ? [] : [{ ...plain(held?.[0]), ...entry }]),
    ...(held ?? []).slice(1).map(plain),
  ];
  const { givenName, familyName, email, phone, company } = typed;
  const name = givenName === '' && familyName === '' ? [] : [{ givenName, familyName }];
  return {
    ...(changed('givenName', 'familyName') ? { names: name } : {}),
    ...(changed('email')
      ? { emailAddresses: withFirst(lists.emailAddresses, email === '' ? null : { value: email }) }
      : {}),
    ...(changed('phone')
      ? { phoneNumbers: withFirst(lists.phoneNumbers, phone === '' ? null : { value: phone }) }
      : {}),
    ...(changed('company')
      ? { organizations: withFirst(lists.organizations, company === '' ? null : { name: company }) }
      : {}),
  };
}

/** What a person types of an entry: no spelling or mark that Google made of it. */
function plain(entry: Entry | undefined): object {
  const { value, type, name, title, department } = (entry ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries({ value, type, name, title, department }).filter(([, held]) => held !== undefined),
  );
}

function typedOf({ person }: LivingContact): Typed {
  const first = (entries: readonly Entry[] | undefined, name: string): string =>
    String((entries?.[0] as Readonly<Record<string, unknown>> | undefined)?.[name] ?? '');
  return {
    givenName: first(person.names, 'givenName'),
    familyName: first(person.names, 'familyName'),
    email: first(person.emailAddresses, 'value'),
    phone: first(person.phoneNumbers, 'value'),
    company: first(person.organizations, 'name'),
  };
}

function page(view: View, contact: LivingContact | null, typed: Typed, error: string | null): Html {
  const field = (name: keyof Typed, en: string, fr: string): Html =>
    html`<label>${view.t(en, fr)}<input name="${name}" value="${typed[name]}"></label>`;
  return layout(view, {
    title: contact
      ? view.t('Change a contact in Google', 'Modifier un contact dans Google')
      : view.t('Add a contact to Google', 'Ajouter un contact dans Google'),
    look: 'contacts',
    still: html`<p><a href="${view.to('/view/contacts')}">← ${view.t('All contacts', 'Tous les contacts')}</a></p>
${error !== null && html`<p class="failed" role="alert">${error}</p>`}
<form method="post" action="${view.to(PATH)}" class="fields">
${contact && html`<input type="hidden" name="contact" value="${contact.id}">`}
${field('givenName', 'First name', 'Prénom')}
${field('familyName', 'Last name', 'Nom')}
${field('email', 'E-mail', 'E-mail')}
${field('phone', 'Phone', 'Téléphone')}
${field('company', 'Company', 'Société')}
<button name="do" value="save">${view.t('Save', 'Enregistrer')}</button>
${contact && html`<button class="danger" name="do" value="delete">${view.t('Delete', 'Supprimer')}</button>`}
</form>
<p class="quiet">${view.t(
      'Liaison reacts as it would if Hugo did this in Google Contacts.',
      'Liaison réagit comme si Hugo le faisait dans Google Contacts.',
    )}</p>`,
  });
}

/** Where one contact is changed; without an id a new one is made. */
export const contactPath = (id?: string): string =>
  id === undefined ? PATH : `${PATH}?contact=${encodeURIComponent(id)}`;
