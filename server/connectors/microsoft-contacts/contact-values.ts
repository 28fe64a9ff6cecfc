import { sameValue } from '../../core/sync/canonical.ts';
import type { FieldValue, FieldValues, SideRecord } from '../../core/sync-object.ts';
import { type Contact, type ContactProperty, etagOf } from './contact.ts';
import { fieldsNamed, fieldsToRead, type Held, propertiesOf, type Written } from './contact-fields.ts';

const ELSEWHERE = {
  en: 'This contact was moved to another folder of Outlook. Move it back among the contacts to take it in again.',
  fr: 'Ce contact a été déplacé dans un autre dossier d’Outlook. Remettez-le parmi les contacts pour le reprendre.',
};

/** The record that a sync sees: the mapped fields, and a version that says what else the contact holds. */
export function recordOf(contact: Contact, fieldIds: Iterable<string>, isElsewhere = false): SideRecord {
  const values = valuesOf(contact, fieldIds);
  return {
    id: contact.id,
    version: versionOf(contact, values),
    values,
    label: labelOf(contact),
    ...(isElsewhere ? { excluded: ELSEWHERE } : {}),
  };
}

export function valuesOf(contact: Held, fieldIds: Iterable<string>): FieldValues {
  return Object.fromEntries(
    fieldsToRead(fieldIds).map((field): [string, FieldValue] => {
      const value = field.read(contact);
      return [field.id, value === null ? (field.readInstead?.(contact) ?? null) : value];
    }),
  );
}

/**
 * The properties with new values for some of their fields; everything else in them is kept.
 *
 * @param contact as it is now; empty: it has nothing yet, or nothing that the fields do not show.
 */
export function changeOf(contact: Held, values: FieldValues): Written {
  let change: Written = {};
  for (const field of fieldsNamed(Object.keys(values))) {
    // Several fields of one property: each goes on from what the one before made of it.
    const soFar = { ...contact, ...change } as Held;
    change = { ...change, ...field.write(soFar, values[field.id] ?? null) };
  }
  return change;
}

/**
 * Graph's etag, then the properties that hold more than their fields show: second addresses, numbers, middle names.
 * Those are read again before they are written; the others can be written from the values alone.
 */
function versionOf(contact: Contact, values: FieldValues): string | null {
  const etag = etagOf(contact);
  if (etag === null) return null;
  const rebuilt: Readonly<Record<string, unknown>> = changeOf({}, values);
  const fuller = propertiesOf(fieldsNamed(Object.keys(values))).filter(
    (property) => !sameValue(asHeld(property, contact[property]), asHeld(property, rebuilt[property])),
  );
  return [etag, ...fuller].join(' ');
}

/** Takes a version apart again. */
export function readVersion(version: string): { readonly etag: string; readonly fuller: readonly string[] } {
  const [etag = '', ...fuller] = version.split(' ');
  return { etag, fuller };
}

/** What a property holds, without what says nothing: a name that is the address, parts that are empty. */
function asHeld(property: ContactProperty, value: unknown): FieldValue {
  if (property === 'displayName' || property === 'birthday') return null;
  if (value === null || value === undefined || value === '') return null;
  if (property === 'emailAddresses' && Array.isArray(value))
    return value.map(({ address, name }: Record<string, FieldValue>) => [
      address ?? null,
      name === address ? null : (name ?? null),
    ]);
  if (property === 'businessAddress') {
    const parts = Object.entries(value as Record<string, FieldValue>).filter(([, part]) => part);
    return parts.length === 0 ? null : Object.fromEntries(parts);
  }
  if (Array.isArray(value) && value.length === 0) return null;
  return value as FieldValue;
}

function labelOf(contact: Contact): string {
  const name = [contact.givenName, contact.surname].filter(Boolean).join(' ');
  return (
    contact.displayName || name || contact.emailAddresses?.[0]?.address || contact.companyName || contact.id
  );
}
