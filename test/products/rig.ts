import { shopify } from '../../server/connectors/shopify/connector.ts';
import { wooCommerce } from '../../server/connectors/woocommerce/connector.ts';
import { zohoInventory } from '../../server/connectors/zoho-inventory/connector.ts';
import type { Connector, ConnectorHttp } from '../../server/core/connector.ts';
import type { Sentence } from '../../server/core/sentence.ts';
import type { OpenOptions } from '../../server/engine/ports.ts';
import { hint } from '../../server/engine/sync/hint.ts';
import { products } from '../../server/flows/products/flow.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';
import { openPeopleWorld } from '../sync/people-world.ts';
import type { SharedDatabase } from '../sync/rig.ts';

export const LOCATION = 'gid://shopify/Location/71000000001';

type Row = Record<string, unknown>;

/** The real engine and connectors over a sandbox of its own: one shop beside the store room. */
export async function openProducts(shared: SharedDatabase, shop: 'woocommerce' | 'shopify') {
  const vendors = [shop, 'zoho-inventory', 'zoho-books', 'zoho-accounts'];
  const sandbox = await openSandbox(`products-${shop}`, { only: vendors, limitFactor: 1_000_000 });
  // The sandbox sets no limits here; ours would only make the tests wait.
  const declared = [shop === 'shopify' ? shopify : wooCommerce, zohoInventory] as unknown as Connector[];
  const connectors = declared.map((one) => ({ ...one, budgets: [] }));
  const ways: Record<string, (options: OpenOptions) => ConnectorHttp> = {};
  const accounts: Record<string, string> = {};
  let calls: string[] = [];
  for (const connector of connectors) {
    const way = await sandbox.way(connector);
    ways[connector.id] = (options) =>
      way.open({
        ...options,
        onExchange(exchange) {
          calls.push(`${connector.id} ${exchange.method}`);
          options.onExchange?.(exchange);
        },
      });
    accounts[connector.id] = way.account.id;
  }
  const world = await openPeopleWorld(shared, products, connectors, ways);
  const { organisationId: organisation, database } = world;
  await world.connect('zoho-inventory', accounts['zoho-inventory']);
  const left = await world.connect(shop, accounts[shop]);
  const id = await world.make('Boutique', { left });

  async function choose(settings: object): Promise<void> {
    await database.query(
      'update integrations set settings = settings || $3::jsonb where organisation_id = $1 and id = $2',
      [organisation, id, JSON.stringify(settings)],
    );
  }
  if (shop === 'shopify') await choose({ options: { left: { location: LOCATION } } });

  const [shopConnector] = declared;

  const items = async () => ((await sandbox.state('zoho-inventory')).items ?? []) as Row[];
  return {
    sandbox,
    world,
    id,
    left,
    choose,
    items,
    async item(sku: string): Promise<Row | undefined> {
      return (await items()).find((one) => one.sku === sku);
    },
    /** What was called since it was asked the last time. */
    called(): readonly string[] {
      const made = calls;
      calls = [];
      return made;
    },
    /** Deliveries of the shop, as the door reads them and the engine takes them, and then what comes of them at once. */
    async hear(...deliveries: readonly { readonly topic: string; readonly body: object }[]): Promise<void> {
      const events = deliveries.flatMap(({ topic, body }) => {
        const header = shop === 'shopify' ? 'x-shopify-topic' : 'x-wc-webhook-topic';
        const read = shopConnector?.webhooks?.read(body as Record<string, unknown>, { [header]: topic });
        if (read == null) throw new Error(`${topic} is not read`);
        return read;
      });
      const account = accounts[shop] ?? '';
      const rows = events.map((event) => ({
        ...{ organisationId: organisation, account, connector: shop, connectionId: left },
        ...{ topic: event.topic, recordId: event.recordId },
      }));
      await hint(database, world.world, rows);
      await world.turns();
    },
    /** What Inventory can sell, as the connector reads it. */
    async free(sku: string): Promise<number | null> {
      const http = ways['zoho-inventory']?.({ onExchange: () => {}, signal: AbortSignal.timeout(20_000) });
      if (http === undefined) throw new Error('Inventory is not open');
      const client = zohoInventory.client(http);
      // Lists may be told to come late.
      const found = (await items()).find((one) => one.sku === sku);
      const [item] = await client.itemsById([String(found?.item_id)]);
      return item?.free == null ? null : Number(item.free);
    },
    /** What the shop counts. */
    async count(sku: string): Promise<number | null> {
      const state = await sandbox.state(shop);
      if (shop === 'shopify') {
        const row = (state.variants ?? []).find((one) => one.sku === sku);
        const levels = (row?.levels ?? {}) as Record<string, { available: number }>;
        return Object.values(levels)[0]?.available ?? null;
      }
      const row = [...(state.products ?? []), ...(state.variations ?? [])].find((one) => one.sku === sku);
      return (row?.stock_quantity ?? null) as number | null;
    },
    /** Why a record is left alone, or set aside; by its label. */
    async reasons(): Promise<Record<string, Sentence>> {
      const rows = await database.query<{ label: string; reason: Sentence }>(
        `select label, coalesce(excluded, error->'sentence') as reason from sync_records
         where organisation_id = $1 and integration = $2 and not deleted and coalesce(excluded, error->'sentence') is not null`,
        [organisation, id],
      );
      return Object.fromEntries(rows.map(({ label, reason }) => [label, reason]));
    },
    /** How many writes there were at both sides. */
    async writes(): Promise<number> {
      const lines = [...(await sandbox.ledger(shop)), ...(await sandbox.ledger('zoho-inventory'))];
      return lines.filter(({ object }) =>
        ['product', 'variation', 'item', 'inventory adjustment'].includes(object),
      ).length;
    },
    async phase(): Promise<{ phase: string; pause: (Sentence & { code: string }) | null }> {
      const [row] = await database.query<{ phase: string; pause: (Sentence & { code: string }) | null }>(
        'select phase, pause from syncs where organisation_id = $1 and integration = $2',
        [organisation, id],
      );
      if (row === undefined) throw new Error('the sync was never begun');
      return row;
    },
    async close(): Promise<void> {
      await world.close();
      await sandbox.close();
    },
  };
}

export type ProductsRig = Awaited<ReturnType<typeof openProducts>>;
