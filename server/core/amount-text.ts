import { plainSpaces } from './format.ts';
import { decimalsOf } from './money.ts';

/**
 * An amount of money without its sign, as people of a locale write it: whole amounts without decimals, others
 * with exactly those that the currency has (0.1 + 0.2 euros are 0,30).
 *
 * @param currency ISO 4217; null where it is not known: two decimals.
 */
export function amountText(value: number, currency: string | null, locale: string): string {
  return written(value, locale, currency, {});
}

/** The same with the currency's sign, where people of the locale put it: “60 000 KES”. */
export function amountWithCurrency(value: number, currency: string, locale: string): string {
  return written(value, locale, currency, { style: 'currency', currency });
}

function written(
  value: number,
  locale: string,
  currency: string | null,
  style: Intl.NumberFormatOptions,
): string {
  const decimals = Number.isInteger(value) ? 0 : currency === null ? 2 : decimalsOf(currency);
  const kind = `${locale} ${style.currency ?? ''} ${decimals}`;
  const format =
    FORMATS.get(kind) ??
    new Intl.NumberFormat(locale, {
      ...style,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay: 'negative',
    });
  FORMATS.set(kind, format);
  return plainSpaces(format.format(value));
}

/** Making one costs more than a step of a run. There are as many as locales and currencies in use. */
const FORMATS = new Map<string, Intl.NumberFormat>();

/** Whether a text is the code of a currency that there is. */
export const isCurrency = (code: string): boolean => CURRENCIES.has(code);
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
