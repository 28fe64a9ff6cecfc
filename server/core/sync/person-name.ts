import type { FieldValue } from '../sync-object.ts';

export interface PersonName {
  readonly given: string;
  readonly family: string;
}

/**
 * A name in its two parts, without stray spaces; null when it is blank. A name of one part is all family:
 * vendors that require a family name (Zoho CRM) are given it there, and must not look edited for it.
 * A plain text is read as given names followed by one family name.
 */
export function personName(value: FieldValue): PersonName | null {
  const { given, family } = partsOf(value);
  if (family === '') return given === '' ? null : { given: '', family: given };
  return { given, family };
}

/** A name to be written in two parts: two stay the two that they are, a text is taken apart; null when it is blank. */
export function writtenName(value: FieldValue): PersonName | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return personName(value);
  const { given: first, family: last } = value as Readonly<Record<string, FieldValue>>;
  const [given, family] = [spaced(first), spaced(last)];
  return given === '' && family === '' ? null : { given, family };
}

function partsOf(value: FieldValue): PersonName {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const { given, family } = value as Readonly<Record<string, FieldValue>>;
    return { given: tidy(given), family: tidy(family) };
  }
  const text = tidy(value);
  const border = text.lastIndexOf(' ');
  return { given: text.slice(0, Math.max(border, 0)), family: text.slice(border + 1) };
}

const spaced = (value: FieldValue | undefined): string =>
  typeof value === 'string' ? value.replace(/\s+/gu, ' ').trim() : '';
const tidy = (value: FieldValue | undefined): string => spaced(value).normalize('NFC');
