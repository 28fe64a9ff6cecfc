import { personName, writtenName } from '../../core/sync/person-name.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import type { Contact, ContactProperty } from './contact.ts';

/** What makes up a name. The shown one is worked out from the others, unless it is written beside them. */
export const NAME_PROPERTIES: readonly ContactProperty[] = [
  'displayName',
  'givenName',
  'middleName',
  'surname',
];

const text = (value: FieldValue | undefined): string =>
  typeof value === 'string' ? value.replace(/\s+/gu, ' ').trim() : '';
const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

const givenNames = ({ givenName, middleName }: Partial<Contact>): string =>
  joined(text(givenName), text(middleName));

/**
 * Given names hold the middle ones too: other programs have no place of their own for them. Somebody who has but a
 * shown name has that one, unless it only says the company or an address.
 */
export function readName(contact: Partial<Contact>): FieldValue {
  const given = givenNames(contact);
  const family = text(contact.surname);
  if (given !== '' || family !== '') return { given, family };
  const shown = text(contact.displayName);
  const others = [
    text(contact.companyName),
    ...(contact.emailAddresses ?? []).map(({ address }) => text(address)),
  ];
  const name = others.includes(shown) ? null : personName(shown);
  return name === null ? null : { given: name.given, family: name.family };
}

/** Titles and generations stay; middle names stay unless the given names changed. */
export function writeName(
  contact: Partial<Contact>,
  value: FieldValue,
): Readonly<Record<string, string | null>> {
  const name = writtenName(value);
  if (name === null) return { displayName: null, givenName: null, middleName: null, surname: null };
  const asBefore = name.given === givenNames(contact);
  return {
    // Not left to Outlook: it would keep the one of before.
    displayName: joined(name.given, name.family),
    givenName: (asBefore ? text(contact.givenName) : name.given) || null,
    middleName: (asBefore && text(contact.middleName)) || null,
    surname: name.family || null,
  };
}
