import type { ZohoInventoryClient } from '../../server/connectors/zoho-inventory/client.ts';
import { zohoInventory } from '../../server/connectors/zoho-inventory/connector.ts';
import { inventoryItems } from '../../server/connectors/zoho-inventory/item-object.ts';
import { type Connected, type OpenSandbox, openSandbox } from '../conformance/sandbox-connection.ts';

// For each item that was made taxes and places were asked for, and for each that was changed the day, and the item again.
let sandbox: OpenSandbox;
let inventory: Connected<ZohoInventoryClient>;
beforeAll(async () => {
  sandbox = await openSandbox('inventory-calls', {
    only: ['zoho-inventory', 'zoho-books', 'zoho-accounts'],
    limitFactor: 1_000,
  });
  inventory = await sandbox.connect(zohoInventory);
});
afterAll(() => sandbox.close());

/** Calls of some work, by method and place: of one of many the place alone. */
async function callsOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = inventory.exchanges.length;
  await work();
  const counted: Record<string, number> = {};
  for (const { method, url } of inventory.exchanges.slice(before)) {
    const place = new URL(url).pathname.replace(/^.*\/inventory\/v1/, '').replace(/\/\d+$/, '/{id}');
    counted[`${method} ${place}`] = (counted[`${method} ${place}`] ?? 0) + 1;
  }
  return counted;
}

const OPTIONS = { count: 'free', place: 'all', prices: 'with-tax', tax: '48760000000000201' };
const COUNT = inventoryItems.batch.create;
const many = [...Array(COUNT).keys()];
const ids: string[] = [];

it('items are made by a call each, and one more for all taxes and one for all places', async () => {
  const drafts = many.map((at) => ({
    marker: `m${at}`,
    values: { sku: `ROND-${at}`, name: `Rond ${at}`, rate: '12.00 EUR', stock: 5 },
  }));
  const calls = await callsOf(async () => {
    for (const outcome of await inventoryItems.create(inventory.client, drafts, OPTIONS))
      if (outcome.ok) ids.push(outcome.id);
  });
  expect(calls).toEqual({ 'GET /settings/taxes': 1, 'GET /locations': 1, 'POST /items': COUNT });
  expect(ids).toHaveLength(COUNT);
});

it('prices and counts are changed by a call each, with one read before, one after, and the day once', async () => {
  const patches = ids.map((id) => {
    const values = { rate: '24.00 EUR', stock: 4 };
    return { id, version: null, values, whole: values };
  });
  let stored: unknown[] = [];
  const calls = await callsOf(async () => {
    const outcomes = await inventoryItems.update(inventory.client, patches, OPTIONS);
    stored = outcomes.map((one) => (one.ok ? one.values : one.error));
  });
  expect(stored).toEqual(many.map(() => ({ rate: '24.00 EUR', stock: 4 })));
  expect(calls).toEqual({
    'GET /itemdetails': 2,
    'PUT /items/{id}': COUNT,
    'GET /organizations': 1,
    'POST /inventoryadjustments': COUNT,
  });
});

it('what is as wanted already costs the one read', async () => {
  const patches = ids.map((id) => ({ id, version: null, values: { stock: 4 }, whole: { stock: 4 } }));
  const calls = await callsOf(() => inventoryItems.update(inventory.client, patches, OPTIONS));
  expect(calls).toEqual({ 'GET /itemdetails': 1 });
});
