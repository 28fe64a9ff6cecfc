import { company } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { announceLeaving } from './notify.ts';
import { endAccess } from './oauth.ts';
import { denied, orderView } from './order-view.ts';
import { keyedPage, listPage, type PageWish } from './pages.ts';
import { type OrderRow, shopTables } from './rows.ts';
import { searching } from './search.ts';
import { CURRENCY, type Shop } from './shop.ts';
import { soldOf } from './sold.ts';
import { createWebhook, deleteWebhook, type WebhookWish, webhookView } from './webhooks.ts';

/** Without `read_all_orders`, which few are given: https://shopify.dev/docs/api/usage/access-scopes#orders-permissions */
const SHOWN_MS = 60 * 86_400_000;
const ORDER = /^gid:\/\/shopify\/Order\/(\d+)$/;

interface OrdersWish extends PageWish {
  readonly query?: string | null;
  readonly reverse?: boolean;
  readonly sortKey?: string;
}

/** What is asked and changed of one shop. @param desk of the shop. @param platform of Shopify itself. */
export function rootOf(desk: VendorDesk, shop: Shop, scopes: readonly string[], platform: VendorDesk) {
  const { orders, webhooks, rules } = shopTables(desk);
  const sight = { scopes, withheld: rules.get('persons')?.withheld === true };
  const isShown = ({ createdAt }: OrderRow): boolean =>
    desk.clock().getTime() - Date.parse(createdAt) < SHOWN_MS;
  const demand = (scope: string, field: string): void => {
    // Who may write may read.
    if (!scopes.includes(scope) && !scopes.includes(scope.replace('read_', 'write_')))
      throw denied(`Access denied for ${field} field. Required access: \`${scope}\` access scope.`);
  };
  return {
    shop: () => ({
      id: 'gid://shopify/Shop/548380009',
      name: shop.name,
      myshopifyDomain: shop.domain,
      currencyCode: CURRENCY,
      ianaTimezone: company.timeZone,
    }),

    order({ id }: { id: string }) {
      demand('read_orders', 'order');
      const row = orders.get(ORDER.exec(id)?.[1] ?? '');
      return row && isShown(row) ? orderView(row, sight) : null;
    },

    refund({ id }: { id: string }) {
      demand('read_orders', 'refund');
      const views = orders
        .all()
        .filter(isShown)
        .flatMap((row) => orderView(row, sight).refunds());
      return views.find((one) => one.id === id) ?? null;
    },

    orders(wish: OrdersWish) {
      demand('read_orders', 'orders');
      const { reverse = false, sortKey, query } = wish;
      const lag = desk.lagMs();
      const now = desk.clock().getTime();
      const keyOf = (row: OrderRow): string =>
        `${sortKey === 'UPDATED_AT' ? row.updatedAt : sortKey === 'ID' ? '' : row.createdAt} ${row.id}`;
      const found = orders
        .all()
        .filter((row) => isShown(row) && now - Date.parse(row.updatedAt) >= lag)
        .filter(searching(query))
        .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1) * (reverse ? -1 : 1));
      const page = keyedPage(found, wish, keyOf, reverse);
      return { ...page, nodes: page.nodes.map((row) => orderView(row, sight)) };
    },

    webhookSubscriptions: (wish: PageWish & { uri?: string | null; topics?: readonly string[] | null }) =>
      listPage(
        webhooks
          .all()
          .filter(({ uri, topic }) => (wish.uri ?? uri) === uri && (wish.topics?.includes(topic) ?? true))
          .map(webhookView),
        wish,
      ),

    webhookSubscriptionCreate: (wish: WebhookWish) => createWebhook(desk, wish),
    webhookSubscriptionDelete: ({ id }: { id: string }) => deleteWebhook(desk, id),

    ...soldOf(desk, demand),

    appUninstall() {
      announceLeaving(desk);
      for (const { id } of webhooks.all()) webhooks.delete(String(id));
      endAccess(platform, shop.key);
      desk.wrote({
        operation: 'appUninstall',
        object: 'installation',
        id: shop.domain,
        action: 'delete',
        marker: null,
        record: { shop: shop.domain },
      });
      return { app: { id: 'gid://shopify/App/1', title: 'Liaison' }, userErrors: [] };
    },
  };
}
