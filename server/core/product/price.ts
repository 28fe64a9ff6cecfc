import type { FieldValue } from '../sync-object.ts';

export interface Price {
  /** Decimal text. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** A price as fields of products hold it: `23.90 EUR`. Null where there is none, or it is no number. */
export function priceText(amount: string | null | undefined, currency: string): string | null {
  const written = amount?.trim() ?? '';
  return /^-?\d{1,13}(\.\d*)?$/.test(written) && currency !== '' ? `${written} ${currency}` : null;
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
