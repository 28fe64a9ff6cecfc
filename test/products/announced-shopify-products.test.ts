import { openShared, type SharedDatabase } from '../sync/rig.ts';
import { openProducts, type ProductsRig } from './rig.ts';

let shared: SharedDatabase;
let rig: ProductsRig;
beforeAll(async () => {
  shared = await openShared();
  rig = await openProducts(shared, 'shopify');
  await rig.world.previewAndApply(rig.id);
  await rig.world.settle();
});
afterAll(async () => {
  await rig.close();
  await shared.close();
});
beforeEach(() => void rig.called());

const shop = (wish: object) => rig.sandbox.act('shopify', wish);

async function variantOf(sku: string): Promise<Record<string, unknown>> {
  const { variants = [] } = await rig.sandbox.state('shopify', 'variants');
  return variants.find((one) => one.sku === sku) ?? {};
}
const gid = (product: unknown): string => `gid://shopify/Product/${product}`;
const updated = async (sku: string, members: object = {}) => {
  const { product } = await variantOf(sku);
  return {
    topic: 'products/update',
    body: { id: Number(product), admin_graphql_api_id: gid(product), ...members },
  };
};
const counted = async (sku: string) => ({
  topic: 'inventory_levels/update',
  body: { inventory_item_id: Number((await variantOf(sku)).item), location_id: 71_000_000_001 },
});

it('a product that is edited in the shop stands in the store room with its announcement, whatever it says', async () => {
  await shop({ act: 'product', sku: 'AFF-A2', title: 'Affiche Lumière' });
  await rig.hear(await updated('AFF-A2', { title: 'Faux' }));
  expect(await rig.item('AFF-A2')).toMatchObject({ name: 'Affiche Lumière' });
});

it('an edit of one product is a few calls that name it, and no look at everything', async () => {
  await shop({ act: 'product', sku: 'AFF-A2', title: 'Affiche Aurore' });
  await rig.hear(await updated('AFF-A2'));
  expect(await rig.item('AFF-A2')).toMatchObject({ name: 'Affiche Aurore' });
  const calls = rig.called();
  // Its variants' names, these, their other halves, and the write with what it is held against.
  expect(calls.filter((call) => call.startsWith('shopify'))).toHaveLength(2);
  expect(calls.length).toBeLessThanOrEqual(8);
});

it('all variants of a product are read with it', async () => {
  const { variants = [] } = await rig.sandbox.state('shopify', 'variants');
  const several = variants.filter(
    ({ product }) => variants.filter((one) => one.product === product).length > 1,
  );
  expect(several.length).toBeGreaterThan(1);
  const [first, second] = several as { sku: string }[];
  await shop({ act: 'product', sku: first?.sku, title: 'Tricot' });
  await rig.hear(await updated(second?.sku ?? ''));
  for (const { sku } of several as { sku: string }[])
    expect((await rig.item(sku))?.name).toMatch(/^Tricot – /);
});

it('pieces that are counted anew in the shop are seen with their announcement, and not written over', async () => {
  const count = (await rig.count('CAR-LUM')) ?? 0;
  await shop({ act: 'count', sku: 'CAR-LUM', to: count - 4 });
  await rig.hear(await counted('CAR-LUM'), await counted('CAR-LUM'));
  const [row] = await rig.world.database.query<{ available: number }>(
    `select (field_values->>'available')::int as available from sync_records
     where organisation_id = $1 and integration = $2 and side = 'left' and label like '%(CAR-LUM)'`,
    [rig.world.organisationId, rig.id],
  );
  expect(row?.available).toBe(count - 4);
  expect(await rig.count('CAR-LUM')).toBe(count - 4);
});

it('one that is deleted is gone with its announcement; what was never sold here is nothing', async () => {
  const told = await updated('LIV-TYP');
  await shop({ act: 'delete-product', sku: 'LIV-TYP' });
  const before = await rig.writes();
  await rig.hear({ topic: 'products/delete', body: { id: told.body.id } }, told, {
    topic: 'inventory_levels/update',
    body: { inventory_item_id: 999 },
  });
  expect((await rig.writes()) - before).toBeLessThanOrEqual(1);
  const rows = await rig.world.database.query(
    `select 1 from sync_records where organisation_id = $1 and integration = $2 and side = 'left'
       and not deleted and record_id like $3`,
    [rig.world.organisationId, rig.id, `${told.body.id}/%`],
  );
  expect(rows).toEqual([]);
});

it('what Liaison writes to the shop is told of, and comes to a reading without a write', async () => {
  await rig.sandbox.act('zoho-inventory', { act: 'count', sku: 'AFF-A2', by: 9 });
  await rig.world.settle();
  const before = await rig.writes();
  await rig.hear(await updated('AFF-A2'), await counted('AFF-A2'));
  expect(await rig.writes()).toBe(before);
});
