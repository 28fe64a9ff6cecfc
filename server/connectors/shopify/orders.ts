import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { RecentOrders } from '../../core/order/offer.ts';
import type { ListedOrder, Order, OrderRefund } from '../../core/order/order.ts';
import { failure } from '../../kit/failures.ts';
import { orderAmount } from '../../kit/order-amount.ts';
import { byToken, eachOf } from '../../kit/pages.ts';
import { orderGid } from './addresses.ts';
import { type ShopifyCall, shopName } from './api.ts';
import {
  CHANGED,
  GIVEN_BACK,
  LINES,
  LISTED,
  MORE_GIVEN_BACK,
  MORE_LINES,
  ORDER,
  REFUNDED_LINES,
} from './documents.ts';
import { VENDOR } from './failures.ts';
import { fitting } from './fitting.ts';
import {
  givenBackSchema,
  type ListedShopifyOrder,
  listedSchema,
  moreGivenBackSchema,
  moreLinesSchema,
  orderSchema,
  pageInfo,
  type ShopifyOrder,
  type ShopifyRefund,
} from './order-shape.ts';
import { currencyOf, readListed } from './read-listed.ts';
import { readOrder, reducedLines, type Units, unexplained } from './read-order.ts';
import { readRefund } from './read-refund.ts';
import { changedSince, searched } from './search.ts';

/** Orders in one page of a list: some points each, of the thousand that a query may cost. */
export const PAGE = 40;
/** In a page of which only who changed is asked. */
const CHANGED_PAGE = 200;
/** Bounds a look back: a shop of more orders tells that there are more. */
const MOST_RECENT_PAGES = 20;
/** An order may have five hundred lines, and a page a few of them only. */
const MOST_LINE_PAGES = 100;

const listSchema = z.object({ orders: z.object({ nodes: z.array(listedSchema), pageInfo }) });
const changedSchema = z.object({
  orders: z.object({ nodes: z.array(z.object({ id: z.string(), updatedAt: z.string() })), pageInfo }),
});

interface Listed<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: z.output<typeof pageInfo>;
}

/**
 * All that a list holds whose first page came with what it belongs to.
 *
 * @param more asks for the page that comes next; what is gone meanwhile has no more.
 */
async function allOf<Node>(
  begun: Listed<Node>,
  most: number,
  more: (page: { first: number; after: string }) => Promise<Listed<Node> | undefined>,
): Promise<Node[]> {
  const all: Node[] = [];
  const page = async (after: string | null) => {
    const found = after === null ? begun : await fitting(most, (first) => more({ first, after }));
    return {
      items: found?.nodes ?? [],
      next: found?.pageInfo.hasNextPage ? byToken(found.pageInfo.endCursor) : null,
    };
  };
  const beyond = () => failure('rejected', VENDOR, 'The lines of an order do not end.');
  for await (const node of eachOf(page, { most: MOST_LINE_PAGES, beyond })) all.push(node);
  return all;
}

export interface ChangedOrders {
  /** Oldest change first. */
  readonly orders: readonly { readonly id: string; readonly updatedAt: string }[];
  /** Epoch milliseconds by the shop's clock. */
  readonly at: number;
  /** Where the next page begins; null: it was the last. */
  readonly next: string | null;
}

/** @param now what time Shopify has, in epoch milliseconds. */
export function orderCalls(call: ShopifyCall, http: ConnectorHttp, now: () => Promise<number>) {
  const asListed = (order: ListedShopifyOrder): ListedOrder => readListed(order, shopName(http));

  /** One order that cannot be read takes no other one out of a list. */
  function ifReadable(order: ListedShopifyOrder): ListedOrder[] {
    try {
      return [asListed(order)];
    } catch (thrown) {
      if (asLiaisonError(thrown).kind === 'rejected') return [];
      throw thrown;
    }
  }

  async function withAllLines(order: ShopifyOrder): Promise<ShopifyOrder> {
    const { id, lineItems } = order;
    const nodes = await allOf(lineItems, LINES, async (page) => {
      const { data } = await call(MORE_LINES, { id, ...page }, moreLinesSchema);
      return data.order?.lineItems;
    });
    return { ...order, lineItems: { ...lineItems, nodes } };
  }

  async function withAllOfIt(refund: ShopifyRefund): Promise<ShopifyRefund> {
    const { id, refundLineItems } = refund;
    const nodes = await allOf(refundLineItems, REFUNDED_LINES, async (page) => {
      const { data } = await call(MORE_GIVEN_BACK, { id, ...page }, moreGivenBackSchema);
      return data.refund?.refundLineItems;
    });
    return { ...refund, refundLineItems: { ...refundLineItems, nodes } };
  }

  async function givenBack(id: string) {
    const { data } = await fitting(REFUNDED_LINES, (first) =>
      call(GIVEN_BACK, { id, first }, givenBackSchema),
    );
    if (data.order === null) return null;
    const refunds: ShopifyRefund[] = [];
    for (const refund of data.order.refunds) refunds.push(await withAllOfIt(refund));
    return { ...data.order, refunds };
  }

  /** How many units of each line were charged: what went without money going back had been taken away before. */
  async function chargedUnits(order: ShopifyOrder): Promise<Units> {
    const paidBack = new Map<string, number>();
    for (const { totalRefundedSet, refundLineItems } of (await givenBack(order.id))?.refunds ?? []) {
      if (orderAmount(totalRefundedSet, currencyOf(order)) === 0) continue;
      for (const { quantity, lineItem } of refundLineItems.nodes)
        paidBack.set(lineItem.id, (paidBack.get(lineItem.id) ?? 0) + quantity);
    }
    return new Map(
      reducedLines(order).map(({ id, quantity, currentQuantity }) => [
        id,
        Math.min(quantity, currentQuantity + (paidBack.get(id) ?? 0)),
      ]),
    );
  }

  return {
    /** Null when the shop has none of it (any more), or none that it shows. */
    async order(id: string): Promise<Order | null> {
      if (!/^\d{1,20}$/.test(id)) return null;
      const { data } = await fitting(LINES, (first) =>
        call(ORDER, { id: orderGid(id), first }, z.object({ order: orderSchema.nullable() })),
      );
      if (data.order === null) return null;
      const found = await withAllLines(data.order);
      const asOrdered = readOrder(found, shopName(http));
      if (unexplained(asOrdered) === 0 || reducedLines(found).length === 0) return asOrdered;
      const asCharged = readOrder(found, shopName(http), await chargedUnits(found));
      return unexplained(asCharged) < unexplained(asOrdered) ? asCharged : asOrdered;
    },

    /** What went back of an order, with what it was for; at most forty refunds. */
    async refundsOf({ id, currency }: Pick<Order, 'id' | 'currency'>): Promise<OrderRefund[]> {
      const found = await givenBack(orderGid(id));
      if (found === null) return [];
      const { refunds, taxesIncluded } = found;
      return refunds
        .map((refund) => readRefund(refund, { currency, taxesIncluded }))
        .filter(({ minor }) => minor > 0);
    },

    /** The newest first, a page of them. */
    async latestOrders(search: string | null): Promise<ListedOrder[]> {
      const asked = { query: searched(search), sortKey: 'PROCESSED_AT' };
      const { data } = await fitting(PAGE, (first) => call(LISTED, { ...asked, first }, listSchema));
      return data.orders.nodes.flatMap(ifReadable);
    },

    /** Those that changed in so long a time, the latest change first. */
    async recentOrders(withinMs: number): Promise<RecentOrders> {
      const at = await now();
      const asked = { query: changedSince(at - withinMs), sortKey: 'UPDATED_AT' };
      const orders = new Map<string, ListedOrder>();
      let after: string | null = null;
      for (let page = 1; page <= MOST_RECENT_PAGES; page += 1) {
        const begin: string | null = after;
        const { data } = await fitting(PAGE, (first) =>
          call(LISTED, { ...asked, first, after: begin }, listSchema),
        );
        for (const order of data.orders.nodes.flatMap(ifReadable)) orders.set(order.id, order);
        const next: z.output<typeof pageInfo> = data.orders.pageInfo;
        if (!next.hasNextPage || !next.endCursor) return { orders: [...orders.values()], more: false };
        after = next.endCursor;
      }
      return { orders: [...orders.values()], more: true };
    },

    /**
     * Orders that changed at a moment or later, a page of them.
     *
     * @param after where the page begins, as the one before said; null: at the first.
     */
    async changedOrders(fromMs: number, after: string | null): Promise<ChangedOrders> {
      const asked = { after, query: changedSince(fromMs) };
      const { data, at } = await fitting(CHANGED_PAGE, (first) =>
        call(CHANGED, { ...asked, first }, changedSchema),
      );
      const { nodes, pageInfo: page } = data.orders;
      return { orders: nodes, at, next: page.hasNextPage ? (page.endCursor ?? null) : null };
    },
  };
}
