import { type Cell, type CellField, type Manner, type Reading, UNREADABLE, value } from './cell.ts';
import { localeTag } from './locale-tag.ts';
import { perLocale } from './per-locale.ts';

const SPACES = /[\s\u00a0\u202f\u2009]/gu;
/** Signs of currencies, and the words for two of them, that stand before or after an amount. */
const CURRENCY = /^(?:\p{Sc}|Fr\.?(?=\s|\d))|(?:\p{Sc}|Fr?\.?|euros?)$/iu;
const CODES = new Set(Intl.supportedValuesOf('currency'));
/** More digits than this are not held exactly. */
const EXACT = 15;

const decimalSign = perLocale((locale): '.' | ',' => {
  const parts = new Intl.NumberFormat(localeTag(locale)).formatToParts(1.5);
  return parts.some(({ type, value: sign }) => type === 'decimal' && sign === ',') ? ',' : '.';
});

/** `1 234`, `1.234.567`: groups of three behind a head of one to three. */
function grouped(whole: string, sign: string): boolean {
  const [head = '', ...groups] = whole.split(sign);
  return /^\d{1,3}$/.test(head) && head !== '0' && groups.every((group) => /^\d{3}$/.test(group));
}

/** The plain decimal (`1234.5`) of digits with signs of grouping and decimals; null: they are not to be told apart. */
function plainDecimal(text: string, decimal: '.' | ','): string | null {
  const spaced = text.replace(SPACES, ' ').replace(/['’]/g, ' ');
  const grouping = decimal === ',' ? '.' : ',';
  const signs = [...spaced.matchAll(/[.,]/g)].map(([sign]) => sign as '.' | ',');
  const last = signs.at(-1);
  const both = signs.includes('.') && signs.includes(',');
  const [before = '', after = ''] = last === undefined ? [spaced] : splitAt(spaced, spaced.lastIndexOf(last));
  const repeated = signs.filter((sign) => sign === last).length > 1;
  const couldGroup = last !== undefined && /^\d{3}$/.test(after) && grouped(before, last);
  const isDecimal =
    last !== undefined &&
    (both || before.includes(' ') || !couldGroup || last !== grouping) &&
    !(repeated && !both);
  const whole = isDecimal ? before : spaced;
  const fraction = isDecimal ? after : '';
  const joints = new Set(whole.match(/[ .,]/g) ?? []);
  if (joints.size > 1) return null;
  const [joint] = joints;
  if (joint !== undefined && !grouped(whole, joint)) return null;
  const digits = joint === undefined ? whole : whole.replaceAll(joint, '');
  if (!/^\d+$/.test(digits) || !/^\d*$/.test(fraction)) return null;
  return fraction === '' ? digits : `${digits}.${fraction}`;
}

const splitAt = (text: string, at: number): [string, string] => [text.slice(0, at), text.slice(at + 1)];

/** A number as people write it: `1 234 567,89 €`, `(12.50)`, `-3 %`. Null: it is none. */
function numberOf(text: string, locale: string): { number: number; percent: boolean } | null {
  let rest = text.replace(/\u2212/g, '-').trim();
  const inBrackets = /^\((.*)\)$/s.exec(rest);
  if (inBrackets) rest = (inBrackets[1] ?? '').trim();
  const strip = (): void => {
    rest = rest.replace(/^[A-Z]{3}|[A-Z]{3}$/, (code) => (CODES.has(code) ? '' : code)).trim();
    rest = rest.replace(CURRENCY, '').trim();
  };
  strip();
  const minus = rest.startsWith('-') || rest.endsWith('-');
  rest = rest.replace(/^[-+]|-$/g, '').trim();
  strip();
  const percent = rest.endsWith('%');
  if (percent) rest = rest.slice(0, -1).trim();
  const plain = plainDecimal(rest, decimalSign(locale));
  if (plain === null || plain.replace(/^0+|\./g, '').length > EXACT) return null;
  const number = Number(plain);
  return { number: minus || inBrackets ? -number : number, percent };
}

/** Rounded half away from zero, on the decimal that people see rather than on its binary. */
function rounded(number: number, decimals: number): number {
  // Fifteen digits are what a sheet holds of a number: 0.1 + 0.2 is 0.3 there.
  const seen = moved(Number(Math.abs(number).toPrecision(EXACT)), decimals);
  return Math.sign(number) * moved(Math.round(Number(seen.toPrecision(EXACT))), -decimals);
}

/** The decimal point moved, without the error of a multiplication. */
function moved(number: number, places: number): number {
  const [digits = '0', power = '0'] = String(number).split('e');
  return Number(`${digits}e${Number(power) + places}`);
}

/** A number for a field that holds numbers, with no more decimals than the field has. */
export function readNumber(cell: Cell, field: CellField, { locale }: Manner): Reading {
  if (typeof cell.value === 'boolean') return UNREADABLE;
  const read =
    typeof cell.value === 'number'
      ? { number: cell.value, percent: cell.format === 'percent', stored: true }
      : { ...numberOf(cell.shown, locale), stored: false };
  if (read.number === undefined || !Number.isFinite(read.number)) return UNREADABLE;
  // A day is no amount.
  if (read.stored && (cell.format === 'date' || cell.format === 'date-time' || cell.format === 'time'))
    return UNREADABLE;
  // A cell of the percent format stores 0.12 for the 12 % that people see and write.
  const hundredths = read.percent === true && read.stored && field.percent === true;
  const fraction = read.percent === true && !read.stored && field.percent !== true;
  const number = hundredths ? read.number * 100 : fraction ? read.number / 100 : read.number;
  if (field.kind !== 'integer') return value(rounded(number, field.decimals ?? 10));
  const whole = rounded(number, 6);
  if (!Number.isSafeInteger(whole)) return UNREADABLE;
  const digits = String(Math.abs(whole)).length;
  if (field.maxLength !== undefined && digits > field.maxLength)
    return { kind: 'too-long', limit: field.maxLength };
  return value(whole);
}
