import type { FieldKind, FieldValue, SyncField } from '../../core/sync-object.ts';
import { readBirthday, writeBirthday } from './birthday.ts';
import type { Contact, ContactProperty, PhysicalAddress } from './contact.ts';
import { NAME_PROPERTIES, readName, writeName } from './name.ts';

/** A contact, or as much of one as is known: the rest of it is kept. */
export type Held = Partial<Contact>;

/** What a field writes. */
export type Written = Readonly<Partial<Record<ContactProperty, unknown>>>;

/** One mapped field: where it stands in a contact, and how it is read and written there. */
export interface ContactField extends SyncField {
  /** What it is written to. */
  readonly properties: readonly ContactProperty[];
  read(contact: Held): FieldValue;
  /** Where there is none of its own: another value that says as much. It is read, and never written over. */
  readInstead?(contact: Held): FieldValue;
  write(contact: Held, value: FieldValue): Written;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const orNull = (value: FieldValue): string | null => (value === null || value === '' ? null : String(value));

/** A property that is a text of its own. */
function text(id: ContactProperty, kind: FieldKind, [en, fr]: readonly [string, string]): ContactField {
  return {
    id,
    titles: { en, fr },
    kind,
    properties: [id],
    read: (contact) => textOf(contact[id]) || null,
    write: (_contact, value) => ({ [id]: orNull(value) }),
  };
}

/** The first of a list of texts; the others stay. */
function firstOf(id: 'businessPhones' | 'homePhones', [en, fr]: readonly [string, string]): ContactField {
  return {
    id,
    titles: { en, fr },
    kind: 'phone',
    properties: [id],
    read: (contact) => contact[id]?.find((one) => one !== '') ?? null,
    write(contact, value) {
      const held = (contact[id] ?? []).filter((one) => one !== '');
      const first = orNull(value);
      return { [id]: first === null ? held.slice(1) : [first, ...held.slice(1)] };
    },
  };
}

/** A part of the business address, which is replaced as a whole. */
function ofAddress(part: string, [en, fr]: readonly [string, string]): ContactField {
  return {
    id: `businessAddress.${part}`,
    titles: { en, fr },
    kind: 'text',
    properties: ['businessAddress'],
    read: ({ businessAddress }) => textOf(businessAddress?.[part]) || null,
    write({ businessAddress }, value) {
      const held: PhysicalAddress = businessAddress ?? {};
      return { businessAddress: { ...held, [part]: orNull(value) } };
    },
  };
}

const email: ContactField = {
  id: 'emailAddresses',
  titles: { en: 'E-mail', fr: 'E-mail' },
  kind: 'email',
  properties: ['emailAddresses'],
  read: ({ emailAddresses }) =>
    textOf(emailAddresses?.find(({ address }) => textOf(address) !== '')?.address) || null,
  write({ emailAddresses }, value) {
    const held = (emailAddresses ?? []).filter(({ address }) => textOf(address) !== '');
    const [first, ...others] = held;
    const address = orNull(value);
    if (address === null) return { emailAddresses: others };
    // A name that is but the former address would go on naming it.
    const named = textOf(first?.name);
    const name = named === '' || named === textOf(first?.address) ? address : named;
    return { emailAddresses: [{ ...first, address, name }, ...others] };
  },
};

const phone = firstOf('businessPhones', ['Phone', 'Téléphone']);

const categories: ContactField = {
  id: 'categories',
  titles: { en: 'Categories', fr: 'Catégories' },
  kind: 'labels',
  properties: ['categories'],
  read: (contact) => contact.categories ?? [],
  write: (_contact, value) => ({ categories: Array.isArray(value) ? value.map(String) : [] }),
};

/** Fields of a contact by Graph's own names. The order is that of the mapping's editor. */
export const CONTACT_FIELDS: readonly ContactField[] = [
  {
    id: 'displayName',
    titles: { en: 'Name', fr: 'Nom' },
    kind: 'name',
    properties: NAME_PROPERTIES,
    read: readName,
    write: writeName,
  },
  email,
  phone,
  text('mobilePhone', 'phone', ['Mobile phone', 'Téléphone portable']),
  firstOf('homePhones', ['Home phone', 'Téléphone du domicile']),
  text('companyName', 'company', ['Company', 'Société']),
  text('jobTitle', 'text', ['Job title', 'Fonction']),
  text('department', 'text', ['Department', 'Service']),
  ofAddress('street', ['Street', 'Rue']),
  ofAddress('postalCode', ['Postal code', 'Code postal']),
  ofAddress('city', ['City', 'Ville']),
  ofAddress('state', ['Region', 'Région']),
  ofAddress('countryOrRegion', ['Country', 'Pays']),
  text('personalNotes', 'long-text', ['Notes', 'Notes']),
  {
    id: 'birthday',
    titles: { en: 'Birthday', fr: 'Date de naissance' },
    kind: 'date',
    properties: ['birthday'],
    read: ({ birthday }) => readBirthday(birthday),
    write: (_contact, value) => ({ birthday: writeBirthday(value) }),
  },
  text('businessHomePage', 'text', ['Website', 'Site web']),
  text('nickName', 'text', ['Nickname', 'Surnom']),
  categories,
];

const BY_ID = new Map(CONTACT_FIELDS.map((field) => [field.id, field]));
export const fieldOf = (id: string): ContactField | undefined => BY_ID.get(id);

/** Those of the fields that there are, in their usual order. */
export function fieldsNamed(ids: Iterable<string>): ContactField[] {
  const named = new Set(ids);
  return CONTACT_FIELDS.filter(({ id }) => named.has(id));
}

const PHONE = phone.id;
const OTHER_PHONES = ['homePhones', 'mobilePhone'] as const;

/** The same for reading: who has but another phone is reached by it, unless that is a field of its own. */
export function fieldsToRead(ids: Iterable<string>): ContactField[] {
  const fields = fieldsNamed(ids);
  const free = OTHER_PHONES.flatMap((id) => (fields.some((one) => one.id === id) ? [] : (fieldOf(id) ?? [])));
  return fields.map((field) =>
    field.id === PHONE
      ? { ...field, readInstead: (contact) => free.map((one) => one.read(contact)).find(Boolean) ?? null }
      : field,
  );
}

/** What the fields are written to, each once. */
export const propertiesOf = (fields: readonly ContactField[]): ContactProperty[] => [
  ...new Set(fields.flatMap(({ properties }) => properties)),
];
