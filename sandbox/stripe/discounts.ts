import type Stripe from 'stripe';
import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { periodEnd } from './billing-period.ts';
import { emit } from './events.ts';
import type { BilledLine } from './invoice-sums.ts';
import { type SubscriptionItemRow, type SubscriptionRow, secondsNow, stripeTables } from './rows.ts';

/** A coupon as people make it: so many per cent, or an amount in one currency. */
export const couponWish = z.strictObject({
  percentOff: z.number().positive().max(100).optional(),
  amountOff: z.number().int().positive().optional(),
  /** By default the subscription's. */
  currency: z.string().length(3).optional(),
  duration: z.enum(['forever', 'once', 'repeating']).default('forever'),
  /** Of one that repeats. */
  months: z.number().int().positive().optional(),
  /** The code that it was redeemed with: https://docs.stripe.com/api/promotion_codes */
  promotionCode: z.string().optional(),
  /** Names of the items whose products it is for; by default every one. */
  products: z.array(z.string()).optional(),
});
export type CouponWish = z.output<typeof couponWish>;

interface Of {
  readonly subscription: SubscriptionRow;
  /** The item that it is for; null: the whole subscription. */
  readonly item: SubscriptionItemRow | null;
}

/** A coupon made and redeemed, https://docs.stripe.com/api/discounts/object. One that repeats ends so many months after. */
export function redeemed(desk: VendorDesk, wish: CouponWish, { subscription, item }: Of): Stripe.Discount {
  const { coupons, discounts } = stripeTables(desk);
  const now = secondsNow(desk);
  const months = wish.duration === 'repeating' ? (wish.months ?? 1) : null;
  const coupon: Stripe.Coupon = {
    id: desk.id('', 8),
    object: 'coupon',
    amount_off: wish.amountOff ?? null,
    created: now,
    currency: wish.amountOff === undefined ? null : (wish.currency ?? subscription.currency),
    duration: wish.duration,
    duration_in_months: months,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    name: null,
    percent_off: wish.percentOff ?? null,
    redeem_by: null,
    times_redeemed: 1,
    valid: true,
  };
  const products = subscription.items.data
    .filter(({ price }) => wish.products?.includes(price.nickname ?? '') ?? true)
    .map(({ price }) => String(price.product));
  coupons.put(coupon.id, wish.products === undefined ? coupon : { ...coupon, applies_to: { products } });
  const discount: Stripe.Discount = {
    id: desk.id('di_', 24),
    object: 'discount',
    checkout_session: null,
    customer: String(subscription.customer),
    customer_account: null,
    end: months === null ? null : periodEnd(now, { interval: 'month', every: months }),
    invoice: null,
    invoice_item: null,
    promotion_code: wish.promotionCode ?? null,
    source: { coupon: coupon.id, type: 'coupon' },
    start: now,
    subscription: subscription.id,
    subscription_item: item?.id ?? null,
  };
  discounts.put(discount.id, discount);
  return discount;
}

/**
 * The lines of a period with what is taken off them: of each item its own discounts first, then the subscription's, one after
 * the other, each of what is left. An amount is taken off the lines in proportion.
 * https://docs.stripe.com/billing/subscriptions/coupons
 */
export function reducedLines(
  desk: VendorDesk,
  subscription: SubscriptionRow,
  lines: readonly BilledLine[],
): BilledLine[] {
  const whole = lines.map((line) => ({ ...line }));
  const items = subscription.items.data;
  for (const item of items)
    for (const id of item.discounts)
      take(
        desk,
        String(id),
        whole.filter((line) => line.item === item.id),
        items,
      );
  for (const id of ofWhole(desk, subscription)) take(desk, id, whole, items);
  return whole;
}

/** Without discounts of its own it has its customer's. https://docs.stripe.com/billing/subscriptions/coupons */
function ofWhole(desk: VendorDesk, { discounts, customer }: SubscriptionRow): string[] {
  if (discounts.length > 0) return discounts.map(String);
  const of = stripeTables(desk).customers.get(String(customer))?.discount;
  return of ? [of.id] : [];
}

type Open = { -readonly [Member in keyof BilledLine]: BilledLine[Member] };

function take(
  desk: VendorDesk,
  id: string,
  lines: readonly Open[],
  items: readonly SubscriptionItemRow[],
): void {
  const { coupons, discounts } = stripeTables(desk);
  const discount = discounts.get(id);
  const coupon = coupons.get(String(discount?.source.coupon));
  if (!discount || !coupon) return;
  const productOf = (line: Open): string =>
    String(items.find((item) => item.id === line.item)?.price.product);
  const own = lines.filter(
    (line) =>
      line.proration !== true &&
      (discount.end === null || line.period.start < discount.end) &&
      (coupon.applies_to?.products.includes(productOf(line)) ?? true),
  );
  const leftOf = (line: Open): number => line.amountMinor - line.discountMinor;
  if (coupon.percent_off !== null) {
    for (const line of own) line.discountMinor += Math.round((leftOf(line) * coupon.percent_off) / 100);
    return;
  }
  let toGo = Math.min(
    coupon.amount_off ?? 0,
    own.reduce((sum, line) => sum + leftOf(line), 0),
  );
  let weight = own.reduce((sum, line) => sum + leftOf(line), 0);
  for (const line of own) {
    const left = leftOf(line);
    const part = weight === 0 ? 0 : Math.round((toGo * left) / weight);
    line.discountMinor += part;
    toGo -= part;
    weight -= left;
  }
}

/** A coupon that a customer has, in place of the one before; null: none any more. */
export function discountCustomer(
  desk: VendorDesk,
  subscription: SubscriptionRow,
  wish: CouponWish | null,
): void {
  const { customers, discounts } = stripeTables(desk);
  const customer = customers.get(String(subscription.customer));
  if (customer === undefined) throw new Error('Stripe has no such customer.');
  const { discount: before } = customer;
  if (before) emit(desk, { type: 'customer.discount.deleted', object: before });
  if (wish === null) {
    customers.put(customer.id, { ...customer, discount: null });
    return;
  }
  const made = redeemed(desk, wish, { subscription, item: null });
  const discount = { ...made, subscription: null };
  discounts.put(discount.id, discount);
  customers.put(customer.id, { ...customer, discount });
  emit(desk, { type: 'customer.discount.created', object: discount });
}

/** The subscription without what was for one invoice; where that was its customer's, the customer is without it. */
export function withoutOnce(desk: VendorDesk, subscription: SubscriptionRow): SubscriptionRow {
  const { coupons, discounts } = stripeTables(desk);
  const stays = (id: unknown): boolean =>
    coupons.get(String(discounts.get(String(id))?.source.coupon))?.duration !== 'once';
  const { customers } = stripeTables(desk);
  const customer = customers.get(String(subscription.customer));
  const of = customer?.discount;
  if (customer && of && subscription.discounts.length === 0 && !stays(of.id)) {
    customers.put(customer.id, { ...customer, discount: null });
    emit(desk, { type: 'customer.discount.deleted', object: of });
  }
  const data = subscription.items.data.map((item) => ({ ...item, discounts: item.discounts.filter(stays) }));
  return {
    ...subscription,
    discounts: subscription.discounts.filter(stays),
    items: { ...subscription.items, data },
  };
}
