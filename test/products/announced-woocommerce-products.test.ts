import { openShared, type SharedDatabase } from '../sync/rig.ts';
import { openProducts, type ProductsRig } from './rig.ts';

let shared: SharedDatabase;
let rig: ProductsRig;
beforeAll(async () => {
  shared = await openShared();
  rig = await openProducts(shared, 'woocommerce');
  await rig.world.previewAndApply(rig.id);
  await rig.world.settle();
});
afterAll(async () => {
  await rig.close();
  await shared.close();
});
beforeEach(() => void rig.called());

type Made = Record<string, { id: number }>;
const woo = (wish: object) => rig.sandbox.act('woocommerce', wish) as Promise<Made>;
const edit = (id: number, fields: object) => woo({ act: 'product', id, fields });
const updated = (id: number, members: object = {}) => ({
  topic: 'product.updated',
  body: { id, ...members },
});
const lookedAt = () => rig.called().length;

async function sell(many: number, kind: string): Promise<number[]> {
  const ids: number[] = [];
  for (let at = 0; at < many; at += 1) {
    const fields = {
      name: `${kind} ${at}`,
      sku: `${kind}-${at}`,
      regular_price: '12.00',
      manage_stock: false,
    };
    ids.push((await woo({ act: 'product', fields })).product?.id ?? 0);
  }
  await rig.world.settle();
  return ids;
}

it('a product that is edited in the shop stands in the store room with its announcement, not at the next look', async () => {
  await edit(12, { regular_price: '52.75' });
  await rig.hear(updated(12));
  expect(await rig.item('LIV-TYP')).toMatchObject({ rate: 50 });
});

it('what a delivery says of a product is not believed', async () => {
  await rig.hear(updated(12, { name: 'Faux', regular_price: '1.00', sku: 'FAUX' }));
  expect(await rig.item('LIV-TYP')).toMatchObject({ rate: 50 });
  expect(await rig.item('FAUX')).toBeUndefined();
});

it('an edit costs as many calls in a shop of hundreds as in a small one', async () => {
  await edit(12, { regular_price: '63.30' });
  await rig.hear(updated(12));
  const few = rig.called();
  expect(await rig.item('LIV-TYP')).toMatchObject({ rate: 60 });
  await sell(230, 'NOMBRE');
  rig.called();
  await edit(12, { regular_price: '42.20' });
  await rig.hear(updated(12));
  expect(await rig.item('LIV-TYP')).toMatchObject({ rate: 40 });
  expect(rig.called()).toEqual(few);
  expect(few.length).toBeLessThanOrEqual(8);
}, 120_000);

it('five hundred that are announced at once are read in lots of a hundred', async () => {
  const ids = await sell(500, 'RAFALE');
  rig.called();
  for (const id of ids.slice(0, 3)) await edit(id, { name: `Autre ${id}` });
  await rig.hear(...ids.map((id) => updated(id)), ...ids.map((id) => updated(id)));
  expect(await rig.item('RAFALE-2')).toMatchObject({ name: `Autre ${ids[2]}` });
  expect(await rig.item('RAFALE-3')).toMatchObject({ name: 'RAFALE 3' });
  // Five lots, the currency with each, and what belongs to the three that were edited.
  expect(lookedAt()).toBeLessThanOrEqual(30);
}, 180_000);

it('doubled, out of order and about nothing that is sold: harmless, and without a write', async () => {
  await edit(12, { regular_price: '52.75' });
  const told = [updated(12), updated(12), { topic: 'product.created', body: { id: 12 } }];
  await rig.hear(...told);
  expect(await rig.item('LIV-TYP')).toMatchObject({ rate: 50 });
  const before = await rig.writes();
  await rig.hear(...told.toReversed());
  // An order that is thrown away is told of as a product, by its own number.
  await rig.hear({ topic: 'product.deleted', body: { id: 999_999 } }, updated(999_998));
  expect(await rig.writes()).toBe(before);
});

it('a lost delivery is found by the look', async () => {
  await edit(12, { regular_price: '63.30' });
  await rig.world.turns();
  expect(await rig.item('LIV-TYP')).toMatchObject({ rate: 50 });
  await rig.world.settle();
  expect(await rig.item('LIV-TYP')).toMatchObject({ rate: 60 });
});

it('a new product stands there with its announcement, and one that is thrown away is no longer kept equal', async () => {
  const fields = { name: 'Nouveau', sku: 'NOUVEAU', regular_price: '12.00' };
  const id = (await woo({ act: 'product', fields })).product?.id ?? 0;
  await rig.hear({ topic: 'product.created', body: { id } });
  expect(await rig.item('NOUVEAU')).toMatchObject({ name: 'Nouveau' });
  await woo({ act: 'delete-product', product: id });
  await rig.hear({ topic: 'product.deleted', body: { id } });
  const [row] = await rig.world.database.query<{ deleted: boolean }>(
    `select deleted from sync_records where organisation_id = $1 and integration = $2 and side = 'left' and record_id = $3`,
    [rig.world.organisationId, rig.id, String(id)],
  );
  expect(row?.deleted ?? true).toBe(true);
});

it('a variation is read with its product, whichever of the two is named', async () => {
  const { variations = [] } = await rig.sandbox.state('woocommerce', 'variations');
  const [row] = variations.filter(({ sku }) => sku === 'TSH-M');
  const before = await rig.item('TSH-M');
  const variation = Number(row?.id);
  await rig.hear(updated(variation, { parent_id: Number(row?.product), type: 'variation' }));
  await rig.hear(updated(Number(row?.product)));
  expect(await rig.item('TSH-M')).toEqual(before);
  expect(lookedAt()).toBeGreaterThan(0);
});

it('what Liaison writes to the shop is told of, and comes to no write and no look at everything', async () => {
  await rig.sandbox.act('zoho-inventory', { act: 'count', sku: 'AFF-A2', by: 7 });
  await rig.world.settle();
  const before = await rig.writes();
  rig.called();
  await rig.hear(updated(10), updated(10));
  expect(await rig.writes()).toBe(before);
  expect(lookedAt()).toBeLessThanOrEqual(2);
});

it('changes that were announced are no gaps, of a variation under its product either', async () => {
  const { variations = [] } = await rig.sandbox.state('woocommerce', 'variations');
  const product = Number(variations.find(({ sku }) => sku === 'TSH-M')?.product);
  const fields = { sku: 'TSH-XL', regular_price: '24.00', attributes: [{ name: 'Taille', option: 'XL' }] };
  const { variation } = await woo({ act: 'variation', product, fields });
  await rig.hear(updated(product));
  expect(await rig.item('TSH-XL')).toBeDefined();
  const found = () =>
    rig.world.database.query(
      `select record_id from sync_hints where organisation_id = $1 and integration = $2 and kind = 'found' and record_id = $3`,
      [rig.world.organisationId, rig.id, `${product}/${variation?.id}`],
    );
  expect(await found()).toEqual([]);
  // The look was quicker than the announcement.
  await woo({ act: 'variation', product, fields: { ...fields, sku: 'TSH-XXL' } });
  await rig.world.settle();
  await rig.hear(updated(product));
  expect(await found()).toEqual([]);
});
