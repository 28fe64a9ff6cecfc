import { currencyCode } from '../../core/movement.ts';
import type { OrderLine } from '../../core/order/order.ts';
import { endsBetween, holdsAt, reduced } from '../../core/subscription/reduction.ts';
import type {
  Beside,
  Rhythm,
  Subscription,
  SubscriptionItem,
  SubscriptionState,
  Untold,
} from '../../core/subscription/subscription.ts';
import { discountsFrom, type StripeDiscount } from './discounts.ts';
import { idOf, type Loose, listOf, numberOf, objectOf, textOf, timeOf } from './object-reader.ts';

/** https://docs.stripe.com/api/subscriptions/object#subscription_object-status. A late payment changes nothing. */
const STATES: Readonly<Record<string, SubscriptionState>> = {
  incomplete: 'starting',
  trialing: 'running',
  active: 'running',
  past_due: 'running',
  unpaid: 'running',
  paused: 'resting',
  canceled: 'over',
  incomplete_expired: 'over',
};

/**
 * A subscription in the shapes of old and new API versions: until 2025-03-31 its period stood on the subscription, since on its
 * items. With its customer, its latest invoice and its discounts where these were expanded: what an item is called stands on the
 * invoice. Its items cost what they will at the begin of the next period.
 *
 * @returns null for any other object, or one that does not say when it charges.
 */
export function subscriptionFrom(object: unknown): Subscription | null {
  const source = objectOf(object);
  const id = idOf(source);
  const currency = currencyCode(source?.currency);
  if (source?.object !== 'subscription' || id === null || currency === null) return null;
  const items = listOf(source.items) ?? [];
  const createdAt = timeOf(source.created);
  const periodAt = timeOf(source.current_period_start) ?? timeOf(items[0]?.current_period_start) ?? createdAt;
  const nextAt = timeOf(source.current_period_end) ?? timeOf(items[0]?.current_period_end);
  if (createdAt === null || periodAt === null || nextAt === null) return null;
  const rates = ratesOf(source.default_tax_rates);
  const read = items.map((item) => itemFrom(item, source, rates));
  const untold = read.find((one): one is Untold => typeof one === 'string');
  const whole = read.filter((one): one is WholeItem => typeof one === 'object');
  const taken = takenOff(source, items, currency);
  const state = STATES[textOf(source.status) ?? ''] ?? 'running';
  const customer = objectOf(source.customer);
  return {
    id,
    state: state === 'running' && objectOf(source.pause_collection) !== null ? 'resting' : state,
    subscriber: {
      id: idOf(source.customer) ?? id,
      email: textOf(customer?.email),
      name: textOf(customer?.name),
      phone: textOf(customer?.phone),
    },
    currency,
    items: reducedItems(whole, taken, nextAt),
    reduction: {
      minor: sumOf(whole) - sumOf(left(whole, taken, nextAt)),
      isOnce: taken.some(({ discount }) => discount.isOnce && holdsAt(discount, nextAt)),
      isEnding: taken.some(({ discount }) => endsBetween(discount, periodAt, nextAt)),
    },
    chargedMinor: chargedFor(source, periodAt),
    untold: untold ?? (listIsCut(source.items) ? 'amounts' : null),
    beside: besideOf(source, taken),
    createdAt,
    anchorAt: timeOf(source.billing_cycle_anchor) ?? periodAt,
    periodAt,
    nextAt,
    endsAt: timeOf(source.cancel_at) ?? (source.cancel_at_period_end === true ? nextAt : null),
  };
}

/** A subscription has twenty items at most, which fit in the list that it carries. */
const listIsCut = (items: unknown): boolean => objectOf(items)?.has_more === true;

/** An item as its price says, before anything is taken off. */
interface WholeItem {
  /** The vendor's own, of the item and of what is sold. */
  readonly id: string;
  readonly product: string | null;
  readonly minor: number;
  readonly name: string;
  readonly quantity: string;
  readonly rates: readonly Rate[];
  readonly rhythm: Rhythm;
}

function itemFrom(item: Loose, subscription: Loose, usual: readonly Rate[]): WholeItem | Untold {
  const price = objectOf(item.price) ?? objectOf(item.plan);
  const recurring = objectOf(price?.recurring) ?? price;
  const rhythm = rhythmOf(recurring);
  if (price === null || rhythm === null) return 'amounts';
  if (recurring?.usage_type === 'metered') return 'usage';
  if (price.billing_scheme === 'tiered' || objectOf(price.transform_quantity) !== null) return 'tiers';
  const quantity = numberOf(item.quantity) ?? 1;
  const minor = amountOf(price, quantity);
  if (minor === null) return 'amounts';
  const own = ratesOf(item.tax_rates);
  return {
    id: idOf(item) ?? '',
    product: idOf(price.product),
    minor,
    name: nameOf(item, price, subscription),
    quantity: String(quantity),
    rates: own.length > 0 ? own : usual,
    rhythm,
  };
}

/** A discount, and the item that it is of; null: of the whole subscription. */
interface Taken {
  readonly item: string | null;
  readonly discount: StripeDiscount;
}

/** What an item alone is charged less by comes first. Discounts that are not told are left out, and stand beside. */
function takenOff(source: Loose, items: readonly Loose[], currency: string): Taken[] {
  const ofItems = items.flatMap((item) =>
    (discountsFrom(item.discounts, currency) ?? []).map((discount) => ({ item: idOf(item), discount })),
  );
  const ofAll = discountsFrom(ofWhole(source), currency) ?? [];
  return [...ofItems, ...ofAll.map((discount) => ({ item: null, discount }))];
}

/** Until 2024 a subscription had one at most. Without one of its own it has its customer's. */
function ofWhole(source: Loose): readonly unknown[] {
  const own = Array.isArray(source.discounts) ? source.discounts : [];
  if (own.length > 0) return own;
  const only = objectOf(source.discount) ?? objectOf(objectOf(source.customer)?.discount);
  return only === null ? [] : [only];
}

/** What is left of each item's amount in the period that begins at a moment. https://docs.stripe.com/billing/subscriptions/coupons */
function left(items: readonly WholeItem[], taken: readonly Taken[], moment: string): readonly WholeItem[] {
  let now = items;
  for (const { item, discount } of taken) {
    if (!holdsAt(discount, moment)) continue;
    const isOf = (one: WholeItem): boolean =>
      (item === null || one.id === item) && (discount.products?.includes(one.product ?? '') ?? true);
    const own = now.filter(isOf);
    const amounts = reduced(
      own.map(({ minor }) => minor),
      discount,
    );
    now = now.map((one) => (isOf(one) ? { ...one, minor: amounts[own.indexOf(one)] ?? one.minor } : one));
  }
  return now;
}

const sumOf = (items: readonly WholeItem[]): number => items.reduce((sum, { minor }) => sum + minor, 0);

const reducedItems = (
  items: readonly WholeItem[],
  taken: readonly Taken[],
  moment: string,
): SubscriptionItem[] =>
  left(items, taken, moment).map(({ name, quantity, minor, rates, rhythm }) => ({
    line: { kind: 'product', name, sku: null, quantity, ...taxed(minor, rates) },
    rhythm,
  }));

/** What its latest invoice came to, where that is of the period that it is in. */
function chargedFor({ latest_invoice: latest }: Loose, periodAt: string): number | null {
  const billed = billedPeriodFrom(latest);
  const isOfPeriod = billed !== null && billed.kind !== 'part' && billed.periodAt === periodAt;
  return isOfPeriod ? numberOf(objectOf(latest)?.total) : null;
}

const UNITS: readonly Rhythm['unit'][] = ['day', 'week', 'month', 'year'];

function rhythmOf(recurring: Loose | null): Rhythm | null {
  const unit = UNITS.find((one) => one === recurring?.interval);
  const every = numberOf(recurring?.interval_count) ?? 1;
  return unit === undefined || !Number.isSafeInteger(every) || every < 1 ? null : { unit, every };
}

/** For the whole quantity, rounded once: a price for one may be a part of a minor unit. */
function amountOf(price: Loose, quantity: number): number | null {
  const whole = numberOf(price.unit_amount) ?? numberOf(price.amount);
  const decimal = textOf(price.unit_amount_decimal) ?? textOf(price.amount_decimal);
  const unit = whole ?? (decimal !== null && /^\d+(\.\d+)?$/.test(decimal) ? Number(decimal) : null);
  if (unit === null || !Number.isSafeInteger(quantity) || quantity < 0) return null;
  // Twelve decimals are the most that Stripe takes of a price.
  const minor = Math.round(Number((unit * quantity).toFixed(6)));
  return Number.isSafeInteger(minor) ? minor : null;
}

interface Rate {
  readonly percent: number;
  readonly isIncluded: boolean;
}

function ratesOf(value: unknown): Rate[] {
  const rates = Array.isArray(value) ? value.map(objectOf) : [];
  return rates.flatMap((rate) => {
    const percent = numberOf(rate?.effective_percentage) ?? numberOf(rate?.percentage);
    return percent === null ? [] : [{ percent, isIncluded: rate?.inclusive === true }];
  });
}

/** Each rate is counted on the amount without tax. https://docs.stripe.com/billing/taxes/tax-rates */
function taxed(
  minor: number,
  rates: readonly Rate[],
): Pick<OrderLine, 'netMinor' | 'taxMinor' | 'taxPercent'> {
  const sum = (of: readonly Rate[]): number => of.reduce((all, { percent }) => all + percent, 0);
  const included = sum(rates.filter(({ isIncluded }) => isIncluded));
  const netMinor = Math.round(minor / (1 + included / 100));
  const added = rates.filter(({ isIncluded }) => !isIncluded);
  const onTop = added.reduce((all, { percent }) => all + Math.round((netMinor * percent) / 100), 0);
  const percent = Number(sum(rates).toFixed(4));
  return { netMinor, taxMinor: minor - netMinor + onTop, taxPercent: percent > 0 ? percent : null };
}

/** What people call it: the price's own name, what the last invoice calls it, or the subscription's description. */
function nameOf(item: Loose, price: Loose, subscription: Loose): string {
  const product = objectOf(price.product);
  return (
    textOf(price.nickname) ??
    textOf(product?.name) ??
    invoicedAs(item, subscription) ??
    textOf(subscription.description) ??
    ''
  );
}

function invoicedAs(item: Loose, subscription: Loose): string | null {
  const lines = listOf(objectOf(subscription.latest_invoice)?.lines) ?? [];
  const isOf = (line: Loose): boolean => {
    const details = objectOf(objectOf(line.parent)?.subscription_item_details);
    const isPart = details?.proration === true || line.proration === true;
    return !isPart && (idOf(details?.subscription_item) ?? idOf(line.subscription_item)) === idOf(item);
  };
  const words = textOf(lines.find(isOf)?.description);
  // “2 × Hosting (at €24.90 / month)”, “Trial period for Hosting”.
  const name = words?.replace(/^\d+ × /, '').replace(/ \(at [^()]+ \/ [^()]+\)$/, '');
  return textOf(name?.replace(/^Trial period for /, ''));
}

function besideOf(source: Loose, taken: readonly Taken[]): Beside[] {
  const items = listOf(source.items) ?? [];
  const there = [
    ...items.flatMap(({ discounts: own }) => (Array.isArray(own) ? own : [])),
    ...ofWhole(source),
  ];
  // One that is not told is in no amount.
  const isElse = there.length > taken.length;
  const isTaxedByStripe = objectOf(source.automatic_tax)?.enabled === true;
  return [...(isElse ? (['discount'] as const) : []), ...(isTaxedByStripe ? (['tax'] as const) : [])];
}

/** What an invoice of Stripe says of the subscription that it bills. */
export interface BilledPeriod {
  readonly subscription: string;
  /** `first` and `next`: of a period that begins; `part`: of a change within one. */
  readonly kind: 'first' | 'next' | 'part';
  /** When the period began, ISO 8601, UTC. */
  readonly periodAt: string;
}

/** `subscription_update` and the like are of a change within a period. https://docs.stripe.com/api/invoices/object */
const KINDS: Readonly<Record<string, BilledPeriod['kind']>> = {
  subscription_create: 'first',
  subscription_cycle: 'next',
};

/** @returns null for an invoice that bills no subscription. */
export function billedPeriodFrom(object: unknown): BilledPeriod | null {
  const invoice = objectOf(object);
  const parent = objectOf(objectOf(invoice?.parent)?.subscription_details);
  const subscription = idOf(parent?.subscription) ?? idOf(invoice?.subscription);
  if (subscription === null) return null;
  const begins = (listOf(invoice?.lines) ?? [])
    .filter((line) => {
      const details = objectOf(objectOf(line.parent)?.subscription_item_details);
      return (details !== null || line.type === 'subscription') && details?.proration !== true;
    })
    .map((line) => timeOf(objectOf(line.period)?.start))
    .filter((at) => at !== null);
  const periodAt = begins.toSorted().at(-1) ?? timeOf(invoice?.period_end) ?? timeOf(invoice?.created);
  if (periodAt === null) return null;
  return { subscription, kind: KINDS[textOf(invoice?.billing_reason) ?? ''] ?? 'part', periodAt };
}
