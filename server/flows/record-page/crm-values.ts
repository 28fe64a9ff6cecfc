import type { GivenValue } from '../../connectors/notion/property-values.ts';
import type { CrmField } from '../../connectors/zoho-crm/fields.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import type { Writing } from '../../core/format.ts';
import type { Sentence } from '../../core/sentence.ts';
import { fieldText } from '../announce/field-text.ts';

/** Stands for the address of the record itself, where a field's name would. */
export const ADDRESS = '$address';
export const ADDRESS_TITLES: Sentence = {
  en: 'Address of the record in Zoho CRM',
  fr: 'Adresse de la fiche dans Zoho CRM',
};

/** Types of fields whose values can be written elsewhere: no tables, no files that only the CRM can open. */
const CARRIED: ReadonlySet<string> = new Set([
  'text',
  'textarea',
  'email',
  'phone',
  'website',
  'autonumber',
  'integer',
  'bigint',
  'double',
  'percent',
  'currency',
  'formula',
  'rollup_summary',
  'date',
  'datetime',
  'picklist',
  'multiselectpicklist',
  'boolean',
  'ownerlookup',
  'userlookup',
  'lookup',
]);
export const canBeCarried = ({ type }: Pick<CrmField, 'type'>): boolean => CARRIED.has(type);

/** What is known of a field when its value is written. */
export type FieldTypes = Readonly<Record<string, string>>;

/** A field of a record, or the record's address, as a property can be filled from it. */
export function givenFrom(
  record: CrmRecord,
  field: string,
  about: { readonly types: FieldTypes; readonly address: string; readonly writing: Writing },
): GivenValue {
  if (field === ADDRESS) return { value: about.address, text: about.address, isPercent: false };
  const value = record[field] ?? null;
  const type = about.types[field];
  return {
    value,
    // A phone number or a reference is read as it stands, a date in words.
    text:
      type === 'date' || type === 'datetime' || typeof value !== 'string'
        ? fieldText(value, about.writing)
        : value,
    // Of a deal it is a whole number of hundredths, whatever its type says.
    isPercent: type === 'percent' || field === 'Probability',
  };
}

/** The e-mail address by which somebody is found: an owner's, or one that a field holds. */
export function emailIn(value: unknown): string | null {
  const text = typeof value === 'object' && value !== null && 'email' in value ? String(value.email) : value;
  return typeof text === 'string' && /^\S+@\S+$/.test(text.trim()) ? text.trim().toLowerCase() : null;
}

/** Id of the record that a lookup leads to. */
export function lookedUp(value: unknown): { readonly id: string; readonly name: string } | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  const { id, name } = value as { readonly id: unknown; readonly name?: unknown };
  return { id: String(id), name: typeof name === 'string' ? name : '' };
}
