import type Stripe from 'stripe';
import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { type Billed, billSubscription, partLine, trialLine, wholeLine } from './bill-subscription.ts';
import { periodEnd } from './billing-period.ts';
import { newCustomer } from './customer-object.ts';
import { couponWish, discountCustomer, redeemed } from './discounts.ts';
import { emit } from './events.ts';
import type { BilledLine } from './invoice-sums.ts';
import { newPayer } from './pay.ts';
import { type SubscriptionItemRow, type SubscriptionRow, secondsNow, stripeTables } from './rows.ts';
import { newItem, newPrice, newSubscription, type PricedItem, planOf } from './subscription-object.ts';

const at = z.number().int().positive().optional();
const id = z.string().min(1);
const item = z.strictObject({
  name: z.string(),
  amountMinor: z.number().int().nonnegative(),
  quantity: z.number().int().nonnegative().default(1),
  interval: z.enum(['day', 'week', 'month', 'year']).default('month'),
  every: z.number().int().positive().default(1),
  taxPercent: z.number().positive().optional(),
  inclusive: z.boolean().optional(),
});
type ItemWish = z.output<typeof item>;

/** What is done with a part of a period: nothing, put on the next invoice, or invoiced at once. */
const prorate = z.enum(['none', 'create', 'invoice']).default('create');

/** What people do with subscriptions, in Stripe's dashboard or by the customer portal, and what time does. */
export const subscriptionWishes = [
  z.strictObject({
    act: z.literal('subscribe'),
    email: z.string().min(1).optional(),
    name: z.string().optional(),
    customerId: id.optional(),
    currency: z.string().length(3).default('eur'),
    items: z.array(item).min(1).max(20),
    trialDays: z.number().int().positive().optional(),
    description: z.string().optional(),
    coupon: couponWish.optional(),
    at,
  }),
  z.strictObject({
    act: z.literal('change-subscription'),
    subscription: id,
    /** Its first one, where it is left out. */
    item: id.optional(),
    amountMinor: z.number().int().nonnegative().optional(),
    quantity: z.number().int().nonnegative().optional(),
    name: z.string().optional(),
    prorate,
    at,
  }),
  z.strictObject({ act: z.literal('add-item'), subscription: id, item, prorate, at }),
  z.strictObject({ act: z.literal('remove-item'), subscription: id, item: id, prorate, at }),
  /** A coupon for the whole of it, or for one item, beside those that it has. */
  z.strictObject({
    act: z.literal('discount-subscription'),
    subscription: id,
    item: id.optional(),
    coupon: couponWish,
    at,
  }),
  /** A coupon of the customer, whom a subscription is of; without one, the customer's is taken away. */
  z.strictObject({
    act: z.literal('discount-customer'),
    subscription: id,
    coupon: couponWish.optional(),
    at,
  }),
  /** Every discount is taken away. */
  z.strictObject({ act: z.literal('undiscount-subscription'), subscription: id, at }),
  z.strictObject({ act: z.literal('pause-subscription'), subscription: id, at }),
  z.strictObject({ act: z.literal('resume-subscription'), subscription: id, at }),
  z.strictObject({
    act: z.literal('cancel-subscription'),
    subscription: id,
    atEnd: z.boolean().default(true),
    at,
  }),
  z.strictObject({ act: z.literal('keep-subscription'), subscription: id, at }),
  /** Its period is over: the next one begins, or it ends. */
  z.strictObject({
    act: z.literal('renew-subscription'),
    subscription: id,
    declined: z.boolean().default(false),
    at,
  }),
] as const;

export type SubscriptionWish = z.output<(typeof subscriptionWishes)[number]>;

interface Played extends Partial<Billed> {
  readonly subscription: SubscriptionRow;
}

const ACTS = new Set<string>(subscriptionWishes.map(({ shape }) => shape.act.value));
export const isOfSubscription = (wish: { readonly act: string }): wish is SubscriptionWish =>
  ACTS.has(wish.act);

/** @throws Error with a sentence for what cannot be done. */
export function playSubscription(desk: VendorDesk, wish: SubscriptionWish): Played {
  if (wish.act === 'subscribe') return subscribe(desk, wish);
  const before = stripeTables(desk).subscriptions.get(wish.subscription);
  if (before === undefined) throw new Error(`Stripe has no subscription ${wish.subscription}.`);
  if (before.status === 'canceled') throw new Error(`The subscription ${wish.subscription} is canceled.`);
  switch (wish.act) {
    case 'change-subscription':
      return change(desk, before, wish);
    case 'add-item':
      return addItem(desk, before, wish);
    case 'remove-item':
      return removeItem(desk, before, wish);
    case 'discount-subscription':
      return discount(desk, before, wish);
    case 'discount-customer':
      discountCustomer(desk, before, wish.coupon ?? null);
      return { subscription: before };
    case 'undiscount-subscription':
      return update(desk, before, {
        discounts: [],
        items: { ...before.items, data: before.items.data.map((one) => ({ ...one, discounts: [] })) },
      });
    case 'pause-subscription':
      return update(desk, before, { pause_collection: { behavior: 'void', resumes_at: null } });
    case 'resume-subscription':
      return update(desk, before, { pause_collection: null });
    case 'cancel-subscription':
      return wish.atEnd ? cancelAtEnd(desk, before) : end(desk, before);
    case 'keep-subscription':
      return update(desk, before, { cancel_at: null, cancel_at_period_end: false, canceled_at: null });
    case 'renew-subscription':
      return renew(desk, before, wish.declined);
  }
}

const priced = (desk: VendorDesk, wish: ItemWish): PricedItem => ({
  product: desk.id('prod_', 14),
  nickname: wish.name,
  amount: wish.amountMinor,
  ...{ quantity: wish.quantity, interval: wish.interval, every: wish.every },
  ...{ taxPercent: wish.taxPercent, inclusive: wish.inclusive },
});

function subscribe(desk: VendorDesk, wish: Extract<SubscriptionWish, { act: 'subscribe' }>): Played {
  const { customers, subscriptions } = stripeTables(desk);
  const { email, name, customerId } = wish;
  const known = customerId === undefined ? undefined : customers.get(customerId);
  const customer = known ?? (email === undefined ? nameless(desk, name) : newPayer(desk, { email, name }));
  const made = newSubscription(desk, {
    customer,
    currency: wish.currency.toLowerCase(),
    description: wish.description,
    trialDays: wish.trialDays,
    items: wish.items.map((one) => priced(desk, one)),
  });
  const { coupon } = wish;
  const own = coupon === undefined ? [] : [redeemed(desk, coupon, { subscription: made, item: null }).id];
  const subscription = { ...made, discounts: own };
  subscriptions.put(subscription.id, subscription);
  emit(desk, { type: 'customer.subscription.created', object: subscription });
  const items = subscription.items.data;
  const lines = subscription.status === 'trialing' ? items.map(trialLine) : items.map(wholeLine);
  const billed = billSubscription(desk, subscription, { reason: 'subscription_create', lines });
  return { subscription: held(desk, subscription.id), ...billed };
}

/** A customer who left no address. */
function nameless(desk: VendorDesk, name: string | undefined): Stripe.Customer {
  const customer = newCustomer(desk, { name: name ?? null });
  stripeTables(desk).customers.put(customer.id, customer);
  emit(desk, { type: 'customer.created', object: customer });
  return customer;
}

const held = (desk: VendorDesk, own: string): SubscriptionRow => {
  const row = stripeTables(desk).subscriptions.get(own);
  if (row === undefined) throw new Error(`Stripe has no subscription ${own}.`);
  return row;
};

/** Parts of periods that the next invoice will have. */
const pending = (desk: VendorDesk) => desk.table<{ lines: readonly BilledLine[] }>('pending_lines');

function update(desk: VendorDesk, before: SubscriptionRow, changed: Partial<SubscriptionRow>): Played {
  const subscription = { ...before, ...changed };
  stripeTables(desk).subscriptions.put(before.id, subscription);
  const previous = Object.fromEntries(
    Object.keys(changed).map((name) => [name, before[name as keyof SubscriptionRow]]),
  );
  emit(desk, { type: 'customer.subscription.updated', object: subscription, previous });
  return { subscription };
}

function withItems(
  desk: VendorDesk,
  before: SubscriptionRow,
  data: SubscriptionItemRow[],
  parts: { lines: readonly BilledLine[]; how: z.output<typeof prorate> },
): Played {
  const played = update(desk, before, { items: { ...before.items, data } });
  // Of a trial nothing was paid, so that nothing is given back.
  if (parts.how === 'none' || before.status === 'trialing') return played;
  if (parts.how === 'create') {
    const waiting = pending(desk).get(before.id)?.lines ?? [];
    pending(desk).put(before.id, { lines: [...waiting, ...parts.lines] });
    return played;
  }
  const billed = billSubscription(desk, played.subscription, {
    reason: 'subscription_update',
    lines: parts.lines,
  });
  return { subscription: held(desk, before.id), ...billed };
}

function change(
  desk: VendorDesk,
  before: SubscriptionRow,
  wish: Extract<SubscriptionWish, { act: 'change-subscription' }>,
): Played {
  const { data } = before.items;
  const old = data.find(({ id: own }) => wish.item === undefined || own === wish.item);
  if (old === undefined) throw new Error('Stripe has no such item of the subscription.');
  const price =
    wish.amountMinor === undefined && wish.name === undefined
      ? old.price
      : newPrice(desk, {
          product: String(old.price.product),
          nickname: wish.name ?? old.price.nickname ?? '',
          amount: wish.amountMinor ?? old.price.unit_amount ?? 0,
          quantity: 1,
          interval: old.price.recurring?.interval ?? 'month',
          every: old.price.recurring?.interval_count ?? 1,
          currency: before.currency,
        });
  const changed = { ...old, price, plan: planOf(price), quantity: wish.quantity ?? old.quantity ?? 1 };
  const now = secondsNow(desk);
  const lines = [partLine(old, now, 'unused'), partLine(changed, now, 'remaining')];
  const all = data.map((one) => (one.id === old.id ? changed : one));
  return withItems(desk, before, all, { lines, how: wish.prorate });
}

function discount(
  desk: VendorDesk,
  before: SubscriptionRow,
  wish: Extract<SubscriptionWish, { act: 'discount-subscription' }>,
): Played {
  const { data } = before.items;
  const item = data.find(({ id: own }) => own === wish.item) ?? null;
  const { id: made } = redeemed(desk, wish.coupon, { subscription: before, item });
  if (item === null) return update(desk, before, { discounts: [...before.discounts, made] });
  const all = data.map((one) => (one === item ? { ...one, discounts: [...one.discounts, made] } : one));
  return update(desk, before, { items: { ...before.items, data: all } });
}

function addItem(
  desk: VendorDesk,
  before: SubscriptionRow,
  wish: Extract<SubscriptionWish, { act: 'add-item' }>,
): Played {
  const [first] = before.items.data;
  const start = first?.current_period_start ?? before.created;
  const end = first?.current_period_end ?? periodEnd(start, wish.item);
  const currency = before.currency;
  const made = newItem(desk, before.id, { ...priced(desk, wish.item), currency }, { start, end });
  const lines = [partLine(made, secondsNow(desk), 'remaining')];
  return withItems(desk, before, [...before.items.data, made], { lines, how: wish.prorate });
}

function removeItem(
  desk: VendorDesk,
  before: SubscriptionRow,
  wish: Extract<SubscriptionWish, { act: 'remove-item' }>,
): Played {
  const gone = before.items.data.find(({ id: own }) => own === wish.item);
  const rest = before.items.data.filter((one) => one !== gone);
  if (gone === undefined || rest.length === 0) throw new Error('A subscription keeps one item at least.');
  const lines = [partLine(gone, secondsNow(desk), 'unused')];
  return withItems(desk, before, rest, { lines, how: wish.prorate });
}

function cancelAtEnd(desk: VendorDesk, before: SubscriptionRow): Played {
  const end = before.items.data[0]?.current_period_end ?? secondsNow(desk);
  return update(desk, before, {
    cancel_at: end,
    cancel_at_period_end: true,
    canceled_at: secondsNow(desk),
  });
}

function end(desk: VendorDesk, before: SubscriptionRow): Played {
  const now = secondsNow(desk);
  const subscription: SubscriptionRow = {
    ...before,
    status: 'canceled',
    canceled_at: before.canceled_at ?? now,
    ended_at: now,
  };
  stripeTables(desk).subscriptions.put(before.id, subscription);
  emit(desk, { type: 'customer.subscription.deleted', object: subscription });
  return { subscription };
}

function renew(desk: VendorDesk, before: SubscriptionRow, isDeclined: boolean): Played {
  if (before.cancel_at_period_end) return end(desk, before);
  const data = before.items.data.map((one) => {
    const start = one.current_period_end;
    const { interval = 'month', interval_count: every = 1 } = one.price.recurring ?? {};
    const ends = periodEnd(start, { interval, every }, before.billing_cycle_anchor);
    return { ...one, current_period_start: start, current_period_end: ends };
  });
  const { subscription } = update(desk, before, {
    items: { ...before.items, data },
    status: isDeclined ? 'past_due' : 'active',
  });
  // Paused with `void`: what it makes is void at once, and nobody hears of it.
  if (subscription.pause_collection !== null) return { subscription };
  const parts = pending(desk).get(before.id)?.lines ?? [];
  pending(desk).delete(before.id);
  const lines = [...parts, ...data.map(wholeLine)];
  const billed = billSubscription(desk, subscription, {
    reason: 'subscription_cycle',
    lines,
    pays: !isDeclined,
  });
  return { subscription: held(desk, before.id), ...billed };
}
