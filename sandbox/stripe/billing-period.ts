import type Stripe from 'stripe';

interface Rhythm {
  readonly interval: Stripe.Price.Recurring.Interval;
  readonly every: number;
}

/**
 * When the period that begins at a moment ends, in seconds: a month that is too short ends on its last day. The day of the month
 * is the anchor's. https://docs.stripe.com/billing/subscriptions/billing-cycle
 */
export function periodEnd(start: number, rhythm: Rhythm | undefined, anchor = start): number {
  const { interval, every } = rhythm ?? { interval: 'month', every: 1 };
  if (interval === 'day') return start + every * 86_400;
  if (interval === 'week') return start + every * 7 * 86_400;
  const from = new Date(start * 1_000);
  const months = from.getUTCMonth() + every * (interval === 'year' ? 12 : 1);
  const last = new Date(Date.UTC(from.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const day = Math.min(new Date(anchor * 1_000).getUTCDate(), last);
  const time = (start * 1_000) % 86_400_000;
  return (Date.UTC(from.getUTCFullYear(), months, day) + time) / 1_000;
}
