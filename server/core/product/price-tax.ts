import { decimalsOf } from '../money.ts';
import { millionthsOf, quantityText } from '../order/quantity.ts';

const HUNDRED = millionthsOf('100');

/** Millionths, rounded to the decimals of a currency: half away from zero. */
function rounded(numerator: bigint, denominator: bigint, currency: string): string {
  const step = 10n ** BigInt(6 - decimalsOf(currency));
  const whole = denominator * step;
  const size = numerator < 0n ? -numerator : numerator;
  const steps = (2n * size + whole) / (2n * whole);
  return quantityText((numerator < 0n ? -steps : steps) * step);
}

/** The price on a tag, of an amount without tax. @param percent decimal text. @example withTax('19.92', '20', 'EUR') // '23.9' */
export const withTax = (amount: string, percent: string, currency: string): string =>
  rounded(millionthsOf(amount) * (HUNDRED + millionthsOf(percent)), HUNDRED, currency);

/** The other way. Several prices may come to one amount: a cent more or less is lost. */
export const withoutTax = (amount: string, percent: string, currency: string): string =>
  rounded(millionthsOf(amount) * HUNDRED, HUNDRED + millionthsOf(percent), currency);
