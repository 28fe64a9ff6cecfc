import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { completeName } from './names.ts';
import type { Entry, PersonData } from './rows.ts';
import { COMPUTED, type PersonField } from './shapes.ts';

/** Country of numbers that name none: that of the account. */
const COUNTRY = 'FR';
const VERBATIM: readonly string[] = ['clientData', 'userDefined', 'biographies'];

/** One list of a person as Google keeps it: trimmed, without empty entries, with what it works out. */
export function normalised(field: PersonField, entries: readonly Entry[]): readonly Entry[] {
  const kept = entries.flatMap((entry) => {
    const { metadata, ...rest } = entry;
    const made = complete(field, members(field, rest));
    if (Object.keys(made).length === 0 || isOnlyType(made)) return [];
    return [{ made, chosen: isObject(metadata) && metadata.sourcePrimary === true }];
  });
  const primary = Math.max(
    0,
    kept.findIndex(({ chosen }) => chosen),
  );
  return kept.map(({ made }, index) =>
    index === primary ? { ...made, metadata: { sourcePrimary: true } } : made,
  );
}

/** What of a person's lists a caller named, normalised; lists that are empty then are gone. */
export function normalisedPerson(
  lists: Readonly<Partial<Record<PersonField, readonly Entry[]>>>,
): PersonData {
  const made = Object.entries(lists).map(
    ([field, entries]) => [field, normalised(field as PersonField, entries)] as const,
  );
  return Object.fromEntries(made.filter(([, entries]) => entries.length > 0));
}

function members(field: PersonField, entry: Entry): Entry {
  const computed = COMPUTED[field] ?? [];
  const kept = Object.entries(entry).flatMap(([name, value]): [string, unknown][] => {
    if (name === 'formattedType' || name === 'formattedProtocol' || computed.includes(name)) return [];
    if (typeof value !== 'string') return value === null ? [] : [[name, value]];
    const text = VERBATIM.includes(field) ? value : value.trim();
    return text === '' ? [] : [[name, text]];
  });
  return Object.fromEntries(kept);
}

function complete(field: PersonField, entry: Entry): Entry {
  switch (field) {
    case 'names':
      return completeName(entry);
    case 'phoneNumbers':
      return { ...entry, ...canonicalForm(String(entry.value ?? '')) };
    case 'addresses':
      return { ...entry, ...formattedAddress(entry) };
    case 'biographies':
      return entry.value === undefined ? {} : { contentType: 'TEXT_PLAIN', ...entry };
    case 'memberships':
      return { ...entry, ...membership(entry) };
    default:
      return entry;
  }
}

function canonicalForm(value: string): Entry {
  if (/^\+[1-9]\d{7,14}$/.test(value)) return { canonicalForm: value };
  const phone = parsePhoneNumberFromString(value, COUNTRY);
  return phone?.isPossible() ? { canonicalForm: phone.number } : {};
}

/** The lines of an address that its writer did not format. */
function formattedAddress(entry: Entry): Entry {
  if (entry.formattedValue !== undefined) return {};
  const town = [entry.postalCode, entry.city].filter((part) => part !== undefined).join(' ');
  const parts = [entry.streetAddress, entry.extendedAddress, entry.poBox, town, entry.region];
  const lines = [...parts, entry.country ?? entry.countryCode].filter(
    (part) => part !== undefined && part !== '',
  );
  return lines.length === 0 ? {} : { formattedValue: lines.join('\n') };
}

function membership({ contactGroupMembership: group }: Entry): Entry {
  if (!isObject(group)) return {};
  const name = String(group.contactGroupResourceName ?? '');
  const contactGroupId = name.replace(/^contactGroups\//, '');
  return { contactGroupMembership: { contactGroupId, contactGroupResourceName: name } };
}

function isOnlyType(entry: Entry): boolean {
  const names = Object.keys(entry).filter((name) => name !== 'type' && name !== 'current');
  return names.length === 0;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
