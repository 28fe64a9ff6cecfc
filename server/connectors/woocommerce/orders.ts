import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { Order } from '../../core/order/order.ts';
import { failure } from '../../kit/failures.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { PAGE, shopName, type WooCall } from './api.ts';
import { VENDOR } from './failures.ts';
import { orderSchema, type WooOrder } from './order-shape.ts';
import { readOrder } from './read-order.ts';

export interface ChangedOrders {
  /** Oldest change first. */
  readonly orders: readonly WooOrder[];
  /** Epoch milliseconds by the shop's clock. */
  readonly at: number;
}

/** One order that cannot be read takes no other one out of a list. */
function ifReadable(read: () => Order): Order[] {
  try {
    return [read()];
  } catch (thrown) {
    if (asLiaisonError(thrown).kind === 'rejected') return [];
    throw thrown;
  }
}

/** Ages are told by the clock that stamps the orders. */
function clockOf(at: number | null): number {
  if (at !== null) return at;
  throw failure('retry-later', VENDOR, 'An answer came without a date.');
}

export function orderCalls(call: WooCall, http: ConnectorHttp) {
  const asOrder = (order: WooOrder): Order => readOrder(order, shopName(http));
  return {
    /** Null when the shop has none of it (any more). One in its bin is told of as gone. */
    order: (id: string): Promise<Order | null> =>
      ifGone(
        async () => asOrder((await call({ path: `/orders/${encodeURIComponent(id)}` }, orderSchema)).data),
        null,
      ),

    /** The newest first, at most a hundred. */
    async latestOrders(search: string | null): Promise<Order[]> {
      const query = { per_page: PAGE, search: search ?? undefined };
      const { data } = await call({ path: '/orders', query }, z.array(orderSchema));
      return data.flatMap((order) => ifReadable(() => asOrder(order)));
    },

    /** What time the shop has, in epoch milliseconds. */
    time: async (): Promise<number> =>
      clockOf((await call({ path: '/orders', query: { per_page: 1 } }, z.array(orderSchema))).at),

    /**
     * Orders that changed after a moment, a page of them. The bound is exclusive and in whole seconds, and is told
     * without a zone: with one beside `dates_are_gmt` the shop takes it for its own time of day.
     */
    async changedOrders(afterMs: number, page: number): Promise<ChangedOrders> {
      const query = {
        modified_after: new Date(afterMs).toISOString().slice(0, 19),
        dates_are_gmt: 'true',
        orderby: 'modified',
        order: 'asc',
        per_page: PAGE,
        page,
      };
      const { data, at } = await call({ path: '/orders', query }, z.array(orderSchema));
      return { orders: data, at: clockOf(at) };
    },
  };
}
