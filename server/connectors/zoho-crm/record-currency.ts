import { isCurrency } from '../../core/amount-text.ts';

/** The currency of a record's amounts, ISO 4217; null: the organisation has one currency alone, and no field for it. */
export function recordCurrency({ Currency }: Readonly<Record<string, unknown>>): string | null {
  return typeof Currency === 'string' && isCurrency(Currency) ? Currency : null;
}
