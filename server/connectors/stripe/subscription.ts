import { currencyCode } from '../../core/movement.ts';
import type { OrderLine } from '../../core/order/order.ts';
import type {
  Beside,
  Rhythm,
  Subscription,
  SubscriptionItem,
  SubscriptionState,
  Untold,
} from '../../core/subscription/subscription.ts';
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
 * items. With its customer and its latest invoice where these were expanded: what an item is called stands on the invoice.
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
    items: read.filter((one): one is SubscriptionItem => typeof one === 'object'),
    untold: untold ?? (listIsCut(source.items) ? 'amounts' : null),
    beside: besideOf(source, items),
    createdAt,
    anchorAt: timeOf(source.billing_cycle_anchor) ?? periodAt,
    periodAt,
    nextAt,
    endsAt: timeOf(source.cancel_at) ?? (source.cancel_at_period_end === true ? nextAt : null),
  };
}

/** A subscription has twenty items at most, which fit in the list that it carries. */
const listIsCut = (items: unknown): boolean => objectOf(items)?.has_more === true;

function itemFrom(item: Loose, subscription: Loose, usual: readonly Rate[]): SubscriptionItem | Untold {
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
  const line: OrderLine = {
    kind: 'product',
    name: nameOf(item, price, subscription),
    sku: null,
    quantity: String(quantity),
    ...taxed(minor, own.length > 0 ? own : usual),
  };
  return { line, rhythm };
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

function besideOf(source: Loose, items: readonly Loose[]): Beside[] {
  const has = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
  const isReduced =
    has(source.discounts) || objectOf(source.discount) !== null || items.some((item) => has(item.discounts));
  const isTaxedByStripe = objectOf(source.automatic_tax)?.enabled === true;
  return [...(isReduced ? (['discount'] as const) : []), ...(isTaxedByStripe ? (['tax'] as const) : [])];
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
