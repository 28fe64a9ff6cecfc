import type { Reduction } from '../../core/subscription/reduction.ts';
import { idOf, type Loose, numberOf, objectOf, textOf, timeOf } from './object-reader.ts';

/** A discount as it stands on a subscription, or on one of its items. https://docs.stripe.com/api/discounts/object */
export interface StripeDiscount extends Reduction {
  /** Ids of the products that it is for; null: of all of them. */
  readonly products: readonly string[] | null;
}

/**
 * Discounts with their coupons, which newer API versions name by `source.coupon` and older ones by `coupon`.
 *
 * @param currency upper case: an amount in another one is taken where the coupon says what it is in this one.
 * @returns null where one of them is there by its id alone, or says nothing that is understood.
 */
export function discountsFrom(value: unknown, currency: string): StripeDiscount[] | null {
  if (!Array.isArray(value)) return [];
  const read = value.map((one) => discountFrom(objectOf(one), currency));
  return read.includes(null) ? null : read.filter((one) => one !== null);
}

function discountFrom(discount: Loose | null, currency: string): StripeDiscount | null {
  const coupon = objectOf(objectOf(discount?.source)?.coupon) ?? objectOf(discount?.coupon);
  const off = coupon === null ? null : offOf(coupon, currency);
  if (off === null) return null;
  const duration = textOf(coupon?.duration);
  const endsAt = timeOf(discount?.end);
  // One that repeats and does not say until when.
  if (duration !== 'forever' && duration !== 'once' && endsAt === null) return null;
  const products = objectOf(coupon?.applies_to)?.products;
  return {
    off,
    endsAt,
    isOnce: duration === 'once',
    products: Array.isArray(products) ? products.map(idOf).filter((id) => id !== null) : null,
  };
}

function offOf(coupon: Loose, currency: string): Reduction['off'] | null {
  const percent = numberOf(coupon.percent_off);
  if (percent !== null) return { percent };
  const isOwn = textOf(coupon.currency)?.toUpperCase() === currency;
  const other = objectOf(objectOf(coupon.currency_options)?.[currency.toLowerCase()]);
  const minor = numberOf(isOwn ? coupon.amount_off : other?.amount_off);
  return minor === null || !Number.isSafeInteger(minor) ? null : { minor };
}
