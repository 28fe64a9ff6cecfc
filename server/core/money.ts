import { plainSpaces } from './format.ts';

/**
 * Decimals of the currencies that do not have two (ISO 4217), as payment providers write amounts in
 * minor units. https://docs.stripe.com/currencies#zero-decimal and #three-decimal
 */
const DECIMALS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  MGA: 0,
  PYG: 0,
  RWF: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** An amount without any rounding: an integer count of the currency's minor unit. */
export interface Money {
  readonly minor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/**
 * Currencies that are counted in hundredths of old and written without them: nobody writes 5,000.00 shillings.
 * https://docs.stripe.com/currencies#special-cases
 */
const WRITTEN_WHOLE: ReadonlySet<string> = new Set(['ISK', 'UGX']);

/** How many decimals amounts in minor units of this currency stand for. ISK and UGX count hundredths, of old. */
export function decimalsOf(currency: string): number {
  return DECIMALS[currency.toUpperCase()] ?? 2;
}

/**
 * The amount in major units, exact: `{minor: 1234, currency: 'EUR'}` is `12.34`, in JPY `1234`, in KWD `1.234`.
 *
 * @throws RangeError when `minor` is not a safe integer.
 */
export function decimalOf(money: Money): string {
  if (!Number.isSafeInteger(money.minor)) throw new RangeError('an amount is a whole number of minor units');
  const decimals = decimalsOf(money.currency);
  const digits = String(Math.abs(money.minor)).padStart(decimals + 1, '0');
  const sign = money.minor < 0 ? '-' : '';
  if (decimals === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/**
 * The other way: a decimal of major units as minor units, exact.
 *
 * @throws RangeError when the text is no decimal, or has more decimals than the currency.
 */
export function moneyOf(decimal: string, currency: string): Money {
  const match = /^(-?)(\d{1,13})(?:\.(\d{1,6}))?$/.exec(decimal.trim());
  if (match === null) throw new RangeError(`“${decimal}” is not an amount`);
  const decimals = decimalsOf(currency);
  const [, sign = '', whole = '', fraction = ''] = match;
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > decimals) throw new RangeError(`${currency} has ${decimals} decimals`);
  const minor = Number(`${whole}${significant.padEnd(decimals, '0')}`);
  if (!Number.isSafeInteger(minor)) throw new RangeError(`“${decimal}” is too large an amount`);
  // No negative zero.
  return { minor: sign === '-' && minor !== 0 ? -minor : minor, currency: currency.toUpperCase() };
}

/**
 * A decimal of major units in minor units, rounded half away from zero: what a shop counts inside a line may have
 * more decimals than its currency.
 *
 * @throws RangeError when the text is no decimal.
 */
export function roundedMoneyOf(decimal: string, currency: string): Money {
  const match = /^(-?)(\d{1,13})(?:\.(\d{1,20}))?$/.exec(decimal.trim());
  if (match === null) throw new RangeError(`“${decimal}” is not an amount`);
  const decimals = decimalsOf(currency);
  const [, sign = '', whole = '', fraction = ''] = match;
  const kept = Number(`${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
  const minor = kept + (Number(fraction[decimals] ?? 0) >= 5 ? 1 : 0);
  if (!Number.isSafeInteger(minor)) throw new RangeError(`“${decimal}” is too large an amount`);
  return { minor: sign === '-' && minor !== 0 ? -minor : minor, currency: currency.toUpperCase() };
}

/** The amount as people of a locale write it, with the currency's sign and plain spaces. */
export function formatMoney(money: Money, locale: string): string {
  // A decimal string goes in as it is: no binary fraction in between.
  return plainSpaces(
    formatOf(money.currency, locale, writtenDecimals(money)).format(decimalOf(money) as `${number}`),
  );
}

function writtenDecimals({ minor, currency }: Money): number {
  const decimals = decimalsOf(currency);
  return WRITTEN_WHOLE.has(currency.toUpperCase()) && minor % 10 ** decimals === 0 ? 0 : decimals;
}

/** Making one takes a thousand times longer than using it, and there are few. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, locale: string, decimals: number): Intl.NumberFormat {
  const key = `${locale} ${currency} ${decimals}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  formats.set(key, format);
  return format;
}
