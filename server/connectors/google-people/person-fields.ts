import type { FieldKind, FieldValue, SyncField } from '../../core/sync-object.ts';
import { readBirthday, writeBirthday } from './birthday-entry.ts';
import { type Entry, primaryAt, text } from './entries.ts';
import { readName, writeName } from './name-entry.ts';
import type { PersonList } from './person.ts';

/** One mapped field: which entry of which list it is about, and how it is read and written there. */
export interface PersonField extends SyncField {
  readonly list: PersonList;
  /** Place of its entry in the list; -1: there is none. */
  at(entries: readonly Entry[]): number;
  /**
   * Place of another entry that says as much where there is none of its own: it is read, and never written
   * over. Absent: there is no such entry.
   */
  insteadAt?(entries: readonly Entry[]): number;
  read(entry: Entry): FieldValue;
  write(entry: Entry, value: FieldValue): Entry;
  /** What a new entry has beside the value. */
  readonly fresh: Entry;
}

const MOBILE = new Set(['mobile', 'workMobile']);
const isMobile = ({ type }: Entry): boolean => MOBILE.has(text(type));
/** Nobody answers there. Google's own types, and what people call it. */
const NOT_SPOKEN = /fax|pager|t[ée]l[ée]cop/i;
const isSpoken = ({ type }: Entry): boolean => !NOT_SPOKEN.test(text(type));
/** The primary one of those that are meant, or the first of them. */
const among =
  (meant: (entry: Entry) => boolean) =>
  (entries: readonly Entry[]): number => {
    const primary = primaryAt(entries);
    const candidate = entries[primary];
    return candidate && meant(candidate) ? primary : entries.findIndex(meant);
  };

interface Place {
  readonly list: PersonList;
  readonly member: string;
  readonly fresh?: Entry;
  readonly at?: PersonField['at'];
  /** Members that would contradict the new value. */
  readonly drops?: readonly string[];
}

function member(
  id: string,
  kind: FieldKind,
  [en, fr]: readonly [string, string],
  { list, member: name, fresh = {}, at = primaryAt, drops = [] }: Place,
): PersonField {
  return {
    id,
    titles: { en, fr },
    kind,
    list,
    at,
    fresh,
    read: (entry) => text(entry[name]) || null,
    write(entry, value) {
      const others = Object.entries(entry).filter(([key]) => key !== name && !drops.includes(key));
      const held = value === null || value === '' ? [] : [[name, String(value)] as const];
      return Object.fromEntries([...others, ...held]);
    },
  };
}

const work = { type: 'work' };
const organisation = (name: string): Place => ({ list: 'organizations', member: name, fresh: work });
const address = (name: string, ...drops: string[]): Place => ({
  list: 'addresses',
  member: name,
  fresh: work,
  drops: ['formattedValue', ...drops],
});

/** Fields of a contact by Google's own names. The order is that of the mapping's editor. */
export const PERSON_FIELDS: readonly PersonField[] = [
  {
    id: 'names',
    titles: { en: 'Name', fr: 'Nom' },
    kind: 'name',
    list: 'names',
    at: primaryAt,
    read: readName,
    write: writeName,
    fresh: {},
  },
  member('emailAddresses', 'email', ['E-mail', 'E-mail'], {
    list: 'emailAddresses',
    member: 'value',
    fresh: work,
  }),
  member('phoneNumbers', 'phone', ['Phone', 'Téléphone'], {
    list: 'phoneNumbers',
    member: 'value',
    fresh: work,
    at: among((entry) => isSpoken(entry) && !isMobile(entry)),
  }),
  member('phoneNumbers.mobile', 'phone', ['Mobile phone', 'Téléphone portable'], {
    list: 'phoneNumbers',
    member: 'value',
    fresh: { type: 'mobile' },
    at: among(isMobile),
  }),
  member('organizations.name', 'company', ['Company', 'Société'], organisation('name')),
  member('organizations.title', 'text', ['Job title', 'Fonction'], organisation('title')),
  member('organizations.department', 'text', ['Department', 'Service'], organisation('department')),
  member('addresses.streetAddress', 'text', ['Street', 'Rue'], address('streetAddress')),
  member('addresses.postalCode', 'text', ['Postal code', 'Code postal'], address('postalCode')),
  member('addresses.city', 'text', ['City', 'Ville'], address('city')),
  member('addresses.region', 'text', ['Region', 'Région'], address('region')),
  member('addresses.country', 'text', ['Country', 'Pays'], address('country', 'countryCode')),
  member('biographies', 'long-text', ['Notes', 'Notes'], {
    list: 'biographies',
    member: 'value',
    drops: ['contentType'],
  }),
  {
    id: 'birthdays',
    titles: { en: 'Birthday', fr: 'Date de naissance' },
    kind: 'date',
    list: 'birthdays',
    at: primaryAt,
    read: readBirthday,
    write: writeBirthday,
    fresh: {},
  },
  member('urls', 'text', ['Website', 'Site web'], { list: 'urls', member: 'value', fresh: work }),
  member('nicknames', 'text', ['Nickname', 'Surnom'], { list: 'nicknames', member: 'value' }),
];

const BY_ID = new Map(PERSON_FIELDS.map((field) => [field.id, field]));

/** Those of the fields that there are, in the usual order of their lists. */
export function fieldsNamed(ids: Iterable<string>): PersonField[] {
  const named = new Set(ids);
  return PERSON_FIELDS.filter(({ id }) => named.has(id));
}

const PHONE = 'phoneNumbers';
const MOBILE_PHONE = 'phoneNumbers.mobile';

/** The same for reading: who has but a mobile phone is reached by it, unless that is a field of its own. */
export function fieldsToRead(ids: Iterable<string>): PersonField[] {
  const fields = fieldsNamed(ids);
  if (fields.some(({ id }) => id === MOBILE_PHONE)) return fields;
  return fields.map((field) => (field.id === PHONE ? { ...field, insteadAt: among(isMobile) } : field));
}

export const listsOf = (fields: readonly PersonField[]): PersonList[] => [
  ...new Set(fields.map(({ list }) => list)),
];

export const fieldOf = (id: string): PersonField | undefined => BY_ID.get(id);
