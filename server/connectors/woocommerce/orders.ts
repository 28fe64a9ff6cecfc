import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { RecentOrders } from '../../core/order/offer.ts';
import type { Order, OrderRefund } from '../../core/order/order.ts';
import { failure } from '../../kit/failures.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { PAGE, shopName, type WooCall } from './api.ts';
import { VENDOR } from './failures.ts';
import {
  BINNED_FIELDS,
  binnedSchema,
  changedSchema,
  orderSchema,
  refundSchema,
  type WooOrder,
} from './order-shape.ts';
import { readOrder } from './read-order.ts';
import { readRefund } from './read-refund.ts';

export interface ChangedOrder {
  readonly id: number;
  readonly date_modified_gmt: string;
  /** Absent: it is in the bin. */
  readonly status?: string;
}

export interface ChangedOrders {
  /** Oldest change first. */
  readonly orders: readonly ChangedOrder[];
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

/** Bounds a look back: a shop of more orders tells that there are more. */
const MOST_RECENT_PAGES = 10;

export function orderCalls(call: WooCall, http: ConnectorHttp) {
  const time = async (): Promise<number> =>
    clockOf((await call({ path: '/orders', query: { per_page: 1 } }, z.array(orderSchema))).at);
  const asOrder = (order: WooOrder): Order => readOrder(order, shopName(http));
  /** Those that stand in the bin: `any` status is any but this one. */
  const IN_BIN = { status: 'trash', _fields: BINNED_FIELDS };

  return {
    /**
     * Null when the shop has none of it (any more). One in its bin is told of as gone: the shop's own description of an
     * order knows no such state, so that it goes by the list in which the order stands.
     */
    async order(id: string): Promise<Order | null> {
      if (!/^\d{1,18}$/.test(id)) return null;
      const listed = { path: '/orders', query: { include: id } };
      const [standing] = (await call(listed, z.array(orderSchema))).data;
      if (standing !== undefined) return asOrder(standing);
      const bin = { path: '/orders', query: { include: id, ...IN_BIN } };
      const [binned] = (await call(bin, z.array(binnedSchema))).data;
      if (binned !== undefined) return asOrder(binned);
      // In no list: states of a plugin that is off now, and what was deleted for good.
      return ifGone(async () => asOrder((await call({ path: `/orders/${id}` }, orderSchema)).data), null);
    },

    /** What went back of an order, with what it was for; at most a hundred refunds. */
    async refundsOf({ id, currency }: Pick<Order, 'id' | 'currency'>): Promise<OrderRefund[]> {
      const listed = { path: `/orders/${encodeURIComponent(id)}/refunds`, query: { per_page: PAGE } };
      const { data } = await call(listed, z.array(refundSchema));
      return data.map((refund) => readRefund(refund, currency));
    },

    /** The newest first, at most a hundred. */
    async latestOrders(search: string | null): Promise<Order[]> {
      const query = { per_page: PAGE, search: search ?? undefined };
      const { data } = await call({ path: '/orders', query }, z.array(orderSchema));
      return data.flatMap((order) => ifReadable(() => asOrder(order)));
    },

    /** What time the shop has, in epoch milliseconds. */
    time,

    /** Those that changed in so long a time, the latest change first. */
    async recentOrders(withinMs: number): Promise<RecentOrders> {
      const since = (await time()) - withinMs;
      const orders = new Map<string, Order>();
      for (let page = 1; page <= MOST_RECENT_PAGES; page += 1) {
        const query = { ...changedAfter(since, page), order: 'desc' };
        const { data } = await call({ path: '/orders', query }, z.array(orderSchema));
        // What changes meanwhile pushes others onto the next page, where they are the same.
        for (const order of data.flatMap((one) => ifReadable(() => asOrder(one))))
          orders.set(order.id, order);
        if (data.length < PAGE) return { orders: [...orders.values()], more: false };
      }
      return { orders: [...orders.values()], more: true };
    },

    /**
     * Orders that changed after a moment, a page of them. The bound is exclusive and in whole seconds, and is told
     * without a zone: with one beside `dates_are_gmt` the shop takes it for its own time of day.
     */
    async changedOrders(afterMs: number, page: number): Promise<ChangedOrders> {
      const query = changedAfter(afterMs, page);
      const { data, at } = await call({ path: '/orders', query }, z.array(orderSchema));
      return { orders: data, at: clockOf(at) };
    },

    /** The same of those in the bin, which stand in no other list. */
    async binnedOrders(afterMs: number, page: number): Promise<ChangedOrders> {
      const query = { ...changedAfter(afterMs, page), status: 'trash', _fields: 'id,date_modified_gmt' };
      const { data, at } = await call({ path: '/orders', query }, z.array(changedSchema));
      return { orders: data, at: clockOf(at) };
    },
  };
}

const changedAfter = (afterMs: number, page: number) => ({
  modified_after: new Date(afterMs).toISOString().slice(0, 19),
  dates_are_gmt: 'true',
  orderby: 'modified',
  order: 'asc',
  per_page: PAGE,
  page,
});
