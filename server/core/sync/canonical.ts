import { meetingsOf } from '../calendar/same-meetings.ts';
import { millionthsOf, quantityText } from '../order/quantity.ts';
import { priceOf } from '../product/price.ts';
import type { FieldKind, FieldValue } from '../sync-object.ts';
import { companyName } from './company.ts';
import { byText, sortedJson } from './json-value.ts';
import { personName } from './person-name.ts';
import { canonicalPhone } from './phone.ts';

export { sameValue } from './json-value.ts';

type Present = Exclude<FieldValue, null>;
type Reading = (value: Present, country: string) => FieldValue;

/** How a value of each kind is spelled for comparison. The value itself is never written in this spelling. */
const READINGS: Readonly<Record<FieldKind, Reading>> = {
  text: (value) => text(value),
  'long-text': (value) => text(value),
  choice: (value) => text(value),
  company: (value) => companyName(value) ?? unnamed(value),
  email: (value) => text(value, null, (written) => written.toLowerCase()),
  phone: (value, country) => text(value, null, (written) => canonicalPhone(written, country)),
  name: (value) => {
    const name = personName(value);
    return name === null ? null : { given: name.given, family: name.family };
  },
  number: (value) => number(value),
  code: (value) => text(value, null, (written) => written.toLowerCase()),
  price: (value) => price(value),
  stock: (value) => number(value),
  boolean: (value) => truth(value) ?? text(value),
  // Not opted out and never asked are the same: neither is ever written.
  consent: (value) => (truth(value) === true ? true : null),
  date: (value) => text(value, null, (written) => /^\d{4}-\d\d-\d\d(?=T|$)/.exec(written)?.[0] ?? written),
  birthday: (value) => text(value, null, monthAndDay),
  labels: (value) => labels(value),
  json: (value) => (isBlank(value) ? null : (meetingsOf(value) ?? sortedJson(value))),
};

/**
 * A value in the one spelling under which two vendors' values of a kind are compared: null for everything
 * blank (`''`, white space, absent, `[]`, a name without parts); `false` is a value, except for consent.
 *
 * @param country ISO 3166 country of phone numbers that name none.
 * @example canonical('email', ' Sophie@Exemple.FR ', 'FR') // 'sophie@exemple.fr'
 */
export function canonical(kind: FieldKind, value: FieldValue | undefined, country: string): FieldValue {
  return value === null || value === undefined ? null : READINGS[kind](value, country);
}

function text(
  value: Present,
  spaces: RegExp | null = null,
  spell = (written: string) => written,
): FieldValue {
  // A value that is no text is not lost sight of: it is compared as JSON.
  if (typeof value === 'object') return isBlank(value) ? null : sortedJson(value);
  const lines = String(value).normalize('NFC').replace(/\r\n?/g, '\n');
  const written = (spaces === null ? lines : lines.replace(spaces, ' ')).trim();
  return written === '' ? null : spell(written);
}

/** What says no one name: several of them are still a value, and compared as they are. */
function unnamed(value: Present): FieldValue {
  if (typeof value !== 'string') return text(value);
  return /^[[{]/.test(value.trim()) ? text(value) : null;
}

/** `03/12`, of a date as well: of two dates of one day, the year makes no difference. */
function monthAndDay(written: string): string {
  const [, month, day] =
    /^\d{4}-(\d\d)-(\d\d)(?:T|$)/.exec(written) ?? /^(\d\d?)\/(\d\d?)$/.exec(written) ?? [];
  return month === undefined || day === undefined
    ? written
    : `${month.padStart(2, '0')}/${day.padStart(2, '0')}`;
}

/**
 * A value as it is sent: as the other side has it, except where that says more than the field can hold.
 *
 * @example asWritten('birthday', '1985-03-12', 'FR') // '03/12'
 */
export const asWritten = (kind: FieldKind, value: FieldValue, country: string): FieldValue =>
  kind === 'birthday' ? canonical(kind, value, country) : value;

function number(value: Present): FieldValue {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  // A number with more digits than JSON's numbers hold would be equal to its neighbours: it stays a text.
  if (typeof read !== 'number' || !Number.isFinite(read) || Math.abs(read) > Number.MAX_SAFE_INTEGER) {
    return text(value);
  }
  // No negative zero: its JSON is zero.
  return read + 0;
}

/** `23.90 EUR` and `23.9 EUR` are one price; the same amount in another currency is another. */
function price(value: Present): FieldValue {
  const read = typeof value === 'string' ? priceOf(value) : null;
  return read === null ? text(value) : `${quantityText(millionthsOf(read.amount))} ${read.currency}`;
}

function truth(value: Present): boolean | null {
  if (typeof value === 'boolean') return value;
  const written = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (written === 'true') return true;
  return written === 'false' ? false : null;
}

/** Labels are a set: their order and repeats mean nothing. */
function labels(value: Present): FieldValue {
  const texts = (Array.isArray(value) ? value : [value])
    .map((label) => (typeof label === 'object' ? sortedText(label) : label))
    .map((label) => (label === null ? null : text(label, /\s+/gu)))
    .filter((label) => typeof label === 'string');
  return texts.length === 0 ? null : [...new Set(texts)].sort(byText);
}

const sortedText = (value: FieldValue): string | null =>
  value === null || isBlank(value) ? null : JSON.stringify(sortedJson(value));

const isBlank = (value: Present): boolean =>
  typeof value === 'object' ? Object.values(value).every(isBlankText) : isBlankText(value);
const isBlankText = (value: FieldValue): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '');
