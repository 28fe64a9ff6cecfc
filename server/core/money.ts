import { plainSpaces } from './format.ts';

/**
 * Digits after the decimal point of the currencies that do not have two (ISO 4217, list one, column
 * "minor unit": https://www.six-group.com/en/products-services/financial-information/data-standards.html).
 */
const EXPONENTS: Readonly<Record<string, number>> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3]),
  ...'CLF UYW'.split(' ').map((code) => [code, 4]),
]);

/** How many digits the currency has after the decimal point, by ISO 4217. Any case. */
export function exponentOf(currency: string): number {
  return EXPONENTS[currency.toUpperCase()] ?? 2;
}

/**
 * An amount in minor units as an exact decimal text: no floating point is involved.
 *
 * @param minor a whole number of minor units, at most 2^53 - 1 either way.
 * @throws RangeError when it is not a whole number that a double holds exactly.
 * @example toDecimal(1250000, 2) // '12500.00'
 */
export function toDecimal(minor: number, exponent: number): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is no exact amount of minor units`);
  const digits = Math.abs(minor)
    .toString()
    .padStart(exponent + 1, '0');
  const cut = digits.length - exponent;
  const sign = minor < 0 ? '-' : '';
  return exponent === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

/**
 * A decimal text as minor units, exactly.
 *
 * @throws RangeError for text that is no plain decimal number, that has more digits than the currency
 *   (other than zeros), or that is too large: an amount is never rounded.
 * @example toMinor('12500.5', 2) // 1250050
 */
export function toMinor(decimal: string, exponent: number): number {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (match === null) throw new RangeError(`"${decimal}" is no decimal number`);
  const [, sign = '', whole = '', fraction = ''] = match;
  if (/[^0]/.test(fraction.slice(exponent))) {
    throw new RangeError(`"${decimal}" has more than ${exponent} digits after the point`);
  }
  const minor = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  if (!Number.isSafeInteger(minor)) throw new RangeError(`"${decimal}" is too large`);
  return sign === '-' && minor !== 0 ? -minor : minor;
}

/** An amount of the currency's ISO minor units as an exact decimal text. */
export function decimalOf(amountMinor: number, currency: string): string {
  return toDecimal(amountMinor, exponentOf(currency));
}

/** A decimal text as the currency's ISO minor units. Throws RangeError as `toMinor` does. */
export function minorOf(decimal: string, currency: string): number {
  return toMinor(decimal, exponentOf(currency));
}

/**
 * An amount as people of a locale write it, with the currency's own number of digits and plain spaces.
 *
 * @example formatMoney(1250050, 'EUR', 'fr-FR') // '12 500,50 €'
 */
export function formatMoney(amountMinor: number, currency: string, locale: string): string {
  const exponent = exponentOf(currency);
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  // Given as text, so that it is not rounded through a double on its way.
  return plainSpaces(format.format(toDecimal(amountMinor, exponent) as Intl.StringNumericLiteral));
}
