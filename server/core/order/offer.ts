import type { BeginningOffer } from '../beginning.ts';
import type { RoleAccount } from '../flow.ts';
import type { ListedOrder, Order, OrderRefund } from './order.ts';

export type { ChangedSince } from '../beginning.ts';

/** How a shop's orders are read. Events of its topics name the order by `recordId`. */
export interface OrdersOffer<Client> extends BeginningOffer<Client> {
  /** As it stands now; null when the shop has none of it (any more). */
  order(client: Client, id: string): Promise<Order | null>;
  /** The newest, at most a hundred. @param search only those in which the text stands; null: all. */
  latest(client: Client, search: string | null): Promise<readonly ListedOrder[]>;
  /** Those that changed in so long a time, in milliseconds, the latest change first; `more`: there are more than were read. */
  recent(client: Client, withinMs: number): Promise<RecentOrders>;
  /** Its refunds with their days and lines. Absent: an order tells all there is to know of them. */
  refunds?(client: Client, order: Order): Promise<readonly OrderRefund[]>;
}

export interface RecentOrders {
  readonly orders: readonly ListedOrder[];
  readonly more: boolean;
}

/** The same, of one account. */
export interface BoundOrders {
  order(id: string): Promise<Order | null>;
  latest(search: string | null): Promise<readonly ListedOrder[]>;
  recent(withinMs: number): Promise<RecentOrders>;
  refunds(order: Order): Promise<readonly OrderRefund[]>;
}

/** The orders that an account offers. @throws when its connector offers none: a flow asked for no such role. */
export function ordersOf({ connector, client }: RoleAccount): BoundOrders {
  const offer = connector.offers?.orders;
  if (offer === undefined) throw new Error(`${connector.id} offers no orders`);
  return {
    order: (id) => offer.order(client, id),
    latest: (search) => offer.latest(client, search),
    recent: (withinMs) => offer.recent(client, withinMs),
    refunds: async (order) => (await offer.refunds?.(client, order)) ?? order.refunds,
  };
}
