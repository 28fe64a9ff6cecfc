import { inRange, matches, readOperations } from './listing.ts';
import type { Value } from './parameters.ts';
import { type SubscriptionRow, stripeTables } from './rows.ts';

/** https://docs.stripe.com/api/subscriptions. Canceled ones are listed only when the status asks for them. */
export const subscriptionOperations = readOperations<SubscriptionRow>({
  path: '/v1/subscriptions',
  noun: 'subscription',
  table: (desk) => stripeTables(desk).subscriptions,
  filters: {
    automatic_tax: 'unsimulated',
    collection_method: 'text',
    current_period_end: 'range',
    current_period_start: 'range',
    customer: 'text',
    customer_account: 'text',
    plan: 'text',
    price: 'text',
    status: 'text',
    test_clock: 'unsimulated',
  },
  keeps(subscription, values) {
    const items = subscription.items.data;
    const price = values.price ?? values.plan;
    return (
      matches(subscription, values, ['collection_method', 'customer', 'customer_account']) &&
      statusFits(subscription.status, values.status) &&
      (price === undefined || items.some((item) => item.price.id === price)) &&
      items.some(
        (item) =>
          inRange(item.current_period_start, values.current_period_start) &&
          inRange(item.current_period_end, values.current_period_end),
      )
    );
  },
});

function statusFits(status: string, wanted: Value | undefined): boolean {
  if (wanted === 'all') return true;
  if (wanted === 'ended') return status === 'canceled' || status === 'incomplete_expired';
  return wanted === undefined ? status !== 'canceled' : status === wanted;
}
