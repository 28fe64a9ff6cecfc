import type { FieldError } from './problem.ts';
import type { MergeFieldRow, MergeFieldType } from './rows.ts';

/** A value as it is stored, or why it is refused. */
type Read = { readonly value: unknown } | { readonly message: string };

export interface ReadValues {
  /** Values by tag; null: the field is cleared. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];
}

/**
 * Reads the merge fields of a request. Tags that the audience does not have are passed over without a word,
 * as Mailchimp does. https://mailchimp.com/developer/marketing/docs/merge-fields/
 */
export function readMergeValues(
  fields: readonly MergeFieldRow[],
  given: Readonly<Record<string, unknown>>,
): ReadValues {
  const values: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  const byTag = new Map(Object.entries(given).map(([tag, value]) => [tag.toUpperCase(), value]));
  for (const field of fields) {
    if (!byTag.has(field.tag)) continue;
    const value = byTag.get(field.tag);
    if (isBlank(value)) {
      values[field.tag] = null;
      continue;
    }
    const read = READERS[field.type](value, field);
    if ('message' in read) errors.push({ field: field.tag, message: read.message });
    else values[field.tag] = read.value;
  }
  return { values, errors };
}

/** Required fields that a record with these values leaves blank. */
export function missingValues(
  fields: readonly MergeFieldRow[],
  values: Readonly<Record<string, unknown>>,
): FieldError[] {
  return fields
    .filter((field) => field.required && isBlank(values[field.tag]))
    .map((field) => ({ field: field.tag, message: 'Please enter a value' }));
}

/** Addresses that a record with these values holds in part: whatever else is changed, it is refused for them. */
export function incompleteAddresses(
  fields: readonly MergeFieldRow[],
  values: Readonly<Record<string, unknown>>,
): FieldError[] {
  return fields
    .filter(({ type, tag }) => type === 'address' && isInPart(values[tag]))
    .map(({ tag }) => ({ field: tag, message: INCOMPLETE }));
}

export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

const READERS: Readonly<Record<MergeFieldType, (value: unknown, field: MergeFieldRow) => Read>> = {
  text,
  zip: text,
  url: address,
  imageurl: address,
  number: (value) =>
    Number.isFinite(Number(value)) ? { value: Number(value) } : { message: 'Please enter a number' },
  phone,
  date: (value) => {
    const day = dayOf(String(value));
    return day === null ? { message: 'Please enter a valid date' } : { value: day };
  },
  birthday: (value) =>
    /^(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])$/.test(String(value))
      ? { value: String(value).replace(/\b\d\b/g, '0$&') }
      : { message: 'Please enter a month (01-12) and a day (01-31)' },
  address: postal,
  radio: choice,
  dropdown: choice,
};

function text(value: unknown): Read {
  if (typeof value === 'object') return { message: 'Schema describes string, other type found instead' };
  const line = String(value).trim();
  return [...line].length > 255
    ? { message: 'This value is too long. It should have 255 characters or less.' }
    : { value: line };
}

function address(value: unknown): Read {
  return /^https?:\/\/\S+\.\S+$/i.test(String(value))
    ? { value: String(value) }
    : { message: 'Please enter a complete URL' };
}

function phone(value: unknown, { options }: MergeFieldRow): Read {
  const number = String(value).trim();
  if (options.phone_format !== 'US') return text(number);
  const digits = number.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
  if (digits.length !== 10) return { message: 'Phone number should be in NPA-NXX-XXXX format' };
  return { value: `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}` };
}

/** Dates come back with the year first, whatever they were given as. */
function dayOf(given: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(?:$|T| )/.exec(given) ?? [];
  const [, americanMonth, americanDay, americanYear] = /^(\d\d?)\/(\d\d?)\/(\d{4})$/.exec(given) ?? [];
  const parts = [year ?? americanYear, month ?? americanMonth, day ?? americanDay];
  const iso = parts.map((part, index) => (part ?? '').padStart(index === 0 ? 4 : 2, '0')).join('-');
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? null : iso;
}

const INCOMPLETE = 'Please enter a complete address';
const PARTS = ['addr1', 'city', 'state', 'zip'];

function partsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function postal(value: unknown): Read {
  const parts = partsOf(value);
  const complete = PARTS.every((name) => !isBlank(parts[name]));
  return complete ? { value: parts } : { message: INCOMPLETE };
}

function isInPart(value: unknown): boolean {
  const filled = PARTS.filter((name) => !isBlank(partsOf(value)[name]));
  return filled.length > 0 && filled.length < PARTS.length;
}

function choice(value: unknown, { options }: MergeFieldRow): Read {
  const choices = Array.isArray(options.choices) ? options.choices : [];
  return choices.includes(value)
    ? { value }
    : { message: `Value must be one of the choices: ${choices.join(', ')}` };
}
