import { sameValue } from '../../core/sync/canonical.ts';
import type { FieldValue, FieldValues, SideRecord } from '../../core/sync-object.ts';
import { type Entry, plain, sendable, text } from './entries.ts';
import { etagOf, type Person, type PersonChange, type PersonList } from './person.ts';
import { fieldsNamed, fieldsToRead, listsOf, type PersonField } from './person-fields.ts';

/** Where Liaison leaves its mark in the contacts that it makes. */
export const MARKER_KEY = 'liaison';

/** The entries of a list, as JSON. */
export const entriesOf = (person: Person | PersonChange, list: PersonList): readonly Entry[] =>
  (person[list] ?? []) as unknown as readonly Entry[];

/** The record that a sync sees: the mapped fields, and a version that says what else the contact holds. */
export function recordOf(person: Person, fieldIds: Iterable<string>): SideRecord {
  const fields = fieldsToRead(fieldIds);
  const values = valuesOf(person, fields);
  return {
    id: person.resourceName,
    version: versionOf(person, fields, values),
    values,
    label: labelOf(person),
    marker: text(entriesOf(person, 'clientData').find(({ key }) => key === MARKER_KEY)?.value) || null,
  };
}

function valuesOf(person: Person, fields: readonly PersonField[]): FieldValues {
  return Object.fromEntries(
    fields.map((field): [string, FieldValue] => {
      const entries = entriesOf(person, field.list);
      const entry = entries[field.at(entries)] ?? entries[field.insteadAt?.(entries) ?? -1];
      return [field.id, entry ? field.read(entry) : null];
    }),
  );
}

/**
 * The lists with new values for some of their fields; everything else in them is kept. Sent, they replace the
 * whole lists.
 *
 * @param person as it is now; null: it has nothing yet, or nothing that the fields do not show.
 */
export function changeOf(
  person: Person | null,
  values: FieldValues,
  lists: readonly PersonList[],
): PersonChange {
  const fields = fieldsNamed(Object.keys(values));
  const changed = lists.map((list) => {
    let entries = person ? entriesOf(person, list) : [];
    for (const field of fields)
      if (field.list === list) entries = withValue(entries, field, values[field.id]);
    return [list, sendable(list, entries)] as const;
  });
  return Object.fromEntries(changed);
}

function withValue(
  entries: readonly Entry[],
  field: PersonField,
  value: FieldValue = null,
): readonly Entry[] {
  const at = field.at(entries);
  const entry = entries[at];
  if (entry) return entries.with(at, field.write(entry, value));
  return value === null || value === '' ? entries : [...entries, field.write(field.fresh, value)];
}

/**
 * Google's etag, then the lists that hold more than their fields show: second addresses, prefixes, types. Those
 * are read again before they are written; the others can be written from the values alone.
 */
function versionOf(person: Person, fields: readonly PersonField[], values: FieldValues): string | null {
  const etag = etagOf(person);
  if (etag === null) return null;
  const fuller = listsOf(fields).filter((list) => {
    const rebuilt = entriesOf(changeOf(null, values, [list]), list);
    const held = entriesOf(person, list);
    const isFirst = held.length < 2 || sendable(list, held)[0]?.metadata !== undefined;
    const bare = (entries: readonly Entry[]) => entries.map((entry) => plain(list, entry));
    return !isFirst || !sameValue(bare(held), bare(rebuilt));
  });
  return [etag, ...fuller].join(' ');
}

/** Takes a version apart again. */
export function readVersion(version: string): { readonly etag: string; readonly fuller: readonly string[] } {
  const [etag = '', ...fuller] = version.split(' ');
  return { etag, fuller };
}

function labelOf(person: Person): string {
  const [name] = entriesOf(person, 'names');
  const [mail] = entriesOf(person, 'emailAddresses');
  return text(name?.displayName) || text(mail?.value) || person.resourceName;
}
