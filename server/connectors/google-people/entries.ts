import type { FieldValue } from '../../core/sync-object.ts';
import type { PersonList } from './person.ts';

/** One entry of a list of a person: an e-mail address, a phone number. Members that Liaison does not know stay. */
export type Entry = Readonly<Record<string, FieldValue>>;

/** Members that Google works out from the others: never sent, never compared. */
const ALWAYS_HIDDEN: readonly string[] = ['metadata', 'formattedType'];
const HIDDEN: Readonly<Partial<Record<PersonList, readonly string[]>>> = {
  names: [...ALWAYS_HIDDEN, 'displayName', 'displayNameLastFirst', 'unstructuredName'],
  phoneNumbers: [...ALWAYS_HIDDEN, 'canonicalForm'],
};
const ADDRESS_PARTS = [
  'streetAddress',
  'extendedAddress',
  'poBox',
  'city',
  'region',
  'postalCode',
  'country',
  'countryCode',
];
/** Members that say nothing by themselves. */
const MERE_FORM = new Set(['metadata', 'type', 'contentType', 'current']);

/** An entry without what Google adds to it. */
export function plain(list: PersonList, entry: Entry): Entry {
  const hidden = HIDDEN[list] ?? ALWAYS_HIDDEN;
  const made = Object.fromEntries(Object.entries(entry).filter(([name]) => !hidden.includes(name)));
  // An address that was typed in parts is written out by Google; one that was typed whole has nothing else.
  if (list === 'addresses' && ADDRESS_PARTS.some((part) => text(entry[part]) !== ''))
    delete made.formattedValue;
  // What a note is unless it says otherwise.
  if (entry.contentType === 'TEXT_PLAIN') delete made.contentType;
  return made;
}

/** Place of the entry that people mean first; -1 when there is none. */
export function primaryAt(entries: readonly Entry[]): number {
  const chosen = entries.findIndex(
    ({ metadata }) => flag(metadata, 'primary') || flag(metadata, 'sourcePrimary'),
  );
  return chosen >= 0 ? chosen : Math.min(0, entries.length - 1);
}

/** The entries as they are sent: without what Google adds, the primary one marked, empty ones left out. */
export function sendable(list: PersonList, entries: readonly Entry[]): Entry[] {
  const primary = primaryAt(entries);
  const made = entries.map((entry, index) => ({ entry: plain(list, entry), isPrimary: index === primary }));
  const kept = made.filter(({ entry }) => says(entry));
  return kept.map(({ entry, isPrimary }) =>
    isPrimary && kept.length > 1 ? { ...entry, metadata: { sourcePrimary: true } } : entry,
  );
}

/** Whether an entry holds anything but its own form. */
export const says = (entry: Entry): boolean =>
  Object.entries(entry).some(([name, value]) => !MERE_FORM.has(name) && value !== null && value !== '');

export const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');

function flag(metadata: FieldValue | undefined, name: string): boolean {
  return typeof metadata === 'object' && metadata !== null && name in metadata
    ? (metadata as Readonly<Record<string, FieldValue>>)[name] === true
    : false;
}
