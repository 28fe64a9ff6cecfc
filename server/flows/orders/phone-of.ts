import type { OrderCustomer } from '../../core/order/order.ts';
import { canonicalPhone } from '../../core/sync/phone.ts';

/** A number that somebody can be known by. */
export interface KnownPhone {
  /** As the customer wrote it. */
  readonly written: string;
  /** The same however it is written: `+33612345678`. */
  readonly canonical: string;
  is(other: string): boolean;
}

/** Fewer digits are no number of anybody's. */
const FEWEST_DIGITS = 6;

/** The number that a customer left; null for none, and for what is none. @param locale numbers without a country are of its. */
export function phoneOf({ phone }: Pick<OrderCustomer, 'phone'>, locale: string): KnownPhone | null {
  if ((phone.match(/\d/g) ?? []).length < FEWEST_DIGITS) return null;
  const country = new Intl.Locale(locale).region ?? '';
  const canonical = canonicalPhone(phone, country);
  return { written: phone, canonical, is: (other) => canonicalPhone(other, country) === canonical };
}
