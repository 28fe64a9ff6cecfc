import { isCurrency } from '../../core/amount-text.ts';

/** Signs that people write beside an amount, and the currencies that each may mean. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  '€': ['EUR'],
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'TWD', 'BRL', 'CLP', 'COP', 'ARS'],
  '£': ['GBP', 'EGP', 'GIP', 'FKP', 'SHP', 'LBP', 'SYP'],
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
  '₽': ['RUB'],
  '₺': ['TRY'],
  '₩': ['KRW'],
  '₪': ['ILS'],
  '₫': ['VND'],
  '₦': ['NGN'],
  '₱': ['PHP'],
  zł: ['PLN'],
};
const SIGN = Object.keys(SIGNS)
  .map((sign) => sign.replace('$', '\\$'))
  .join('|');
const AFTER = new RegExp(`^[ \\u00a0\\u202f]?(${SIGN}|[A-Z]{3}(?![\\p{L}\\p{N}]))`, 'u');
const BEFORE = new RegExp(`(${SIGN}|(?<![\\p{L}\\p{N}])[A-Z]{3})[ \\u00a0\\u202f]?$`, 'u');

/** A sign that stands fixed in a template. */
export interface FixedSign {
  readonly sign: string;
  /** What it may mean. */
  readonly currencies: readonly string[];
  /** With the space between it and the amount: so many characters of the text. */
  readonly length: number;
}

/** The sign at the start of what follows an amount, or null. */
export const signAfter = (text: string): FixedSign | null => found(AFTER.exec(text));
/** The sign at the end of what stands before an amount, or null. */
export const signBefore = (text: string): FixedSign | null => found(BEFORE.exec(text));

function found(match: RegExpExecArray | null): FixedSign | null {
  const [whole = '', sign = ''] = match ?? [];
  if (sign === '') return null;
  const currencies = SIGNS[sign] ?? (isCurrency(sign) ? [sign] : []);
  return currencies.length === 0 ? null : { sign, currencies, length: whole.length };
}
