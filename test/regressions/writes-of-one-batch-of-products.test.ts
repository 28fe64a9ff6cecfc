import type { ShopifyClient } from '../../server/connectors/shopify/client.ts';
import { shopify } from '../../server/connectors/shopify/connector.ts';
import { shopifyProducts } from '../../server/connectors/shopify/product-object.ts';
import type { WooCommerceClient } from '../../server/connectors/woocommerce/client.ts';
import { wooCommerce } from '../../server/connectors/woocommerce/connector.ts';
import { wooProducts } from '../../server/connectors/woocommerce/product-object.ts';
import type { ZohoInventoryClient } from '../../server/connectors/zoho-inventory/client.ts';
import { zohoInventory } from '../../server/connectors/zoho-inventory/connector.ts';
import { inventoryItems } from '../../server/connectors/zoho-inventory/item-object.ts';
import type { FieldValues, ObjectOptions, SyncObject } from '../../server/core/sync-object.ts';
import { type OpenSandbox, openSandbox } from '../conformance/sandbox-connection.ts';
import { LOCATION } from '../products/rig.ts';

// A variation’s failure passed for its own whatever it was, a limit or an answer that was lost; and where the second
// write of a change failed, or a later record’s, what was written before it was told of as not written.
let sandbox: OpenSandbox;
let woo: WooCommerceClient;
let inventory: ZohoInventoryClient;
let shop: ShopifyClient;
beforeAll(async () => {
  sandbox = await openSandbox('product-batches', { limitFactor: 1_000_000 });
  woo = (await sandbox.connect(wooCommerce)).client;
  inventory = (await sandbox.connect(zohoInventory)).client;
  shop = (await sandbox.connect(shopify)).client;
});
afterAll(() => sandbox.close());
afterEach(() =>
  Promise.all(['woocommerce', 'zoho-inventory', 'shopify'].map((one) => sandbox.fault(one, null))),
);

async function idsOf<Client>(
  object: SyncObject<Client>,
  client: Client,
  options: ObjectOptions,
  skus: readonly string[],
): Promise<string[]> {
  const found = new Map<string, string>();
  let cursor: FieldValues[string] = null;
  for (let more = true; more; ) {
    const page = await object.changes(client, { cursor, fields: ['sku'], options });
    for (const { id, values } of page.records) found.set(String(values.sku), id);
    [cursor, more] = [page.cursor, page.more];
  }
  return skus.map((sku) => found.get(sku) ?? sku);
}
const patch = (id: string, values: FieldValues) => ({ id, version: null, values, whole: values });

it.each([
  ['a limit', { status: 429, retryAfter: 3 }, 'rate-limited', false],
  ['an answer that is lost', { commitThenFail: 'reset' }, 'retry-later', true],
  ['a refused key', { status: 401 }, 'reconnect', false],
] as const)(
  '%s at a variation is the call’s, and leaves the product before it',
  async (_, fault, kind, mayHave) => {
    const [poster = '', medium = '', large = ''] = await idsOf(wooProducts, woo, {}, [
      'AFF-A2',
      'TSH-M',
      'TSH-L',
    ]);
    await sandbox.fault('woocommerce', { ...fault, path: '/variations/', methods: ['PUT'], count: 1 });
    const price = { regular_price: '31.00 EUR' };
    const outcomes = await wooProducts.update(
      woo,
      [medium, poster, large].map((id) => patch(id, price)),
      {},
    );
    expect(outcomes).toMatchObject([
      { ok: false, ofCall: true, error: { kind } },
      { ok: true, id: poster, values: price },
      { ok: false, ofCall: true, error: { kind, details: { mayHaveHappened: false } } },
    ]);
    const [first] = outcomes;
    expect(first?.ok === false && first.error.details.mayHaveHappened === true).toBe(mayHave);
  },
);

it('an item’s price that was written before its stock was refused is told of as written', async () => {
  const options = { count: 'free', place: 'all', prices: 'same' };
  const [poster = '', notebook = ''] = await idsOf(inventoryItems, inventory, options, ['AFF-A2', 'CAR-LUM']);
  await sandbox.fault('zoho-inventory', {
    status: 429,
    path: '/inventoryadjustments',
    methods: ['POST'],
    count: 1,
  });
  const values = { rate: '41.00 EUR', stock: 99 };
  const outcomes = await inventoryItems.update(
    inventory,
    [poster, notebook].map((id) => patch(id, values)),
    options,
  );
  expect(outcomes).toMatchObject([
    {
      ok: true,
      id: poster,
      values: { rate: '41.00 EUR' },
      unwritten: { fields: ['stock'], error: { kind: 'rate-limited' } },
    },
    { ok: false, ofCall: true, error: { kind: 'rate-limited' } },
  ]);
});

it('what was made before a limit is told of, and what was not sent as well', async () => {
  const limit = { status: 429, path: '/items$', methods: ['POST'], count: 1 };
  /** The limit is met right after the first item was made. */
  const limited: ZohoInventoryClient = {
    ...inventory,
    async createItem(item) {
      const made = await inventory.createItem(item);
      await sandbox.fault('zoho-inventory', limit);
      return made;
    },
  };
  const options = { count: 'free', place: 'all', prices: 'same' };
  const drafts = ['a', 'b', 'c'].map((marker) => ({
    marker,
    values: { sku: `LOT-${marker}`, name: `Lot ${marker}` },
  }));
  expect(await inventoryItems.create(limited, drafts, options)).toMatchObject([
    { ok: true },
    { ok: false, ofCall: true, error: { kind: 'rate-limited' } },
    { ok: false, ofCall: true, error: { kind: 'rate-limited', details: { mayHaveHappened: false } } },
  ]);
  const after = await inventoryItems.create(inventory, drafts, options);
  expect(after).toMatchObject([{ ok: false, error: { kind: 'rejected' } }, { ok: true }, { ok: true }]);
});

it('a product’s price that was written before its title was not is told of as written', async () => {
  const options = { location: LOCATION };
  const [poster = ''] = await idsOf(shopifyProducts, shop, options, ['AFF-A2']);
  const values = { price: '42.00 EUR', title: 'x'.repeat(300) };
  const [outcome] = await shopifyProducts.update(shop, [patch(poster, values)], options);
  expect(outcome).toMatchObject({
    ok: true,
    id: poster,
    values: { price: '42.00 EUR' },
    unwritten: { fields: ['title'], error: { kind: 'rejected' } },
  });
});
