import { decimalsOf } from '../money.ts';
import type { FieldValue } from '../sync-object.ts';

export interface Price {
  /** Decimal text. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** A price as fields of products hold it: `23.90 EUR`. Null where there is none, or it is no number. */
export function priceText(amount: string | null | undefined, currency: string): string | null {
  const [, whole, fraction = ''] = /^(-?\d{1,13})(?:\.(\d*))?$/.exec(amount?.trim() ?? '') ?? [];
  if (whole === undefined || currency === '') return null;
  const decimals = fraction.replace(/0+$/, '').padEnd(decimalsOf(currency), '0');
  return `${whole}${decimals === '' ? '' : `.${decimals}`} ${currency}`;
}

/** The other way; null for text that is no price. */
export function priceOf(text: string): Price | null {
  const [, amount, currency] = /^(-?\d{1,13}(?:\.\d*)?) ([A-Z]{3})$/.exec(text.trim()) ?? [];
  return amount === undefined || currency === undefined ? null : { amount, currency };
}

/** Whether two prices are in two currencies. */
export function isForeign(one: FieldValue, other: FieldValue): boolean {
  const [a, b] = [one, other].map((value) => (typeof value === 'string' ? priceOf(value) : null));
  return a != null && b != null && a.currency !== b.currency;
}
