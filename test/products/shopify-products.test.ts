import { watchCauses } from '../../server/alerts/watch-causes.ts';
import { openShared, type SharedDatabase } from '../sync/rig.ts';
import { openProducts, type ProductsRig } from './rig.ts';
import { TRADE_MS, trade } from './trade.ts';

let shared: SharedDatabase;
let rig: ProductsRig;
beforeAll(async () => {
  shared = await openShared();
  rig = await openProducts(shared, 'shopify');
});
afterAll(async () => {
  await rig.close();
  await shared.close();
});

const room = (wish: object) => rig.sandbox.act('zoho-inventory', wish);
const sell = (sku: string, quantity: number) =>
  rig.sandbox.act('shopify', { act: 'order', lines: [{ sku, quantity }] });
const settle = () => rig.world.settle();

it('each variant is an item of its own, and the stock at the chosen location is the store room’s', async () => {
  await rig.world.previewAndApply(rig.id);
  expect(await rig.item('CAD-A3')).toMatchObject({ name: 'Cadre Lumen – A3', initial_stock: 9 });
  expect(await rig.item('CAD-A2')).toMatchObject({ initial_stock: 4 });
  expect(await rig.count('CAR-LUM')).toBe(248);
  const before = await rig.writes();
  await settle();
  expect(await rig.writes()).toBe(before);
});

it('a sale is counted off once, and goods that arrive meanwhile are added to what is left', async () => {
  await sell('AFF-A2', 2);
  await room({ act: 'count', sku: 'AFF-A2', by: 10 });
  await settle();
  expect([await rig.count('AFF-A2'), await rig.free('AFF-A2')]).toEqual([148, 150]);
  await room({ act: 'count', sku: 'AFF-A2', by: -2 });
  await settle();
  expect([await rig.count('AFF-A2'), await rig.free('AFF-A2')]).toEqual([148, 148]);
});

it('stock below zero is carried as it is', async () => {
  await room({ act: 'count', sku: 'LIV-TYP', by: -41 });
  await settle();
  expect([await rig.count('LIV-TYP'), await rig.free('LIV-TYP')]).toEqual([-3, -3]);
});

it(
  'in any mixture of sales, deliveries of goods and looks nothing that was sold is for sale',
  async () => {
    await trade(rig, {
      skus: ['AFF-A2', 'CAR-LUM', 'LIV-TYP'],
      sell,
      enter: (sku, to) => rig.sandbox.act('shopify', { act: 'count', sku, to }),
    });
    // As many posters as before.
    await room({ act: 'count', sku: 'AFF-A2', by: 148 - Number(await rig.free('AFF-A2')) });
    await settle();
  },
  TRADE_MS,
);

it('stock that stays apart is told of once it is no sale under way, and not any more when it agrees', async () => {
  const { database, organisationId } = rig.world;
  const flows = new Map();
  const watch = () => watchCauses({ database, flows, syncs: new Map(), connectors: new Map() });
  const alerts = () =>
    database.query<{ sentence: { en: string }; closed: boolean }>(
      `select sentence, closed_at is not null as closed from alerts where organisation_id = $1 and cause = $2`,
      [organisationId, `stock ${rig.id}`],
    );
  await sell('CAD-A3', 1);
  await settle();
  await watch();
  expect(await alerts()).toEqual([]);
  await database.query(
    `update sync_links set stock_differs_since = stock_differs_since - interval '1 hour' where organisation_id = $1`,
    [organisationId],
  );
  await watch();
  await watch();
  const [told, ...more] = await alerts();
  expect(more).toEqual([]);
  expect(told).toMatchObject({ closed: false });
  expect(told?.sentence.en).toContain('(Cadre Lumen – A3 (CAD-A3))');
  await room({ act: 'count', sku: 'CAD-A3', by: -1 });
  await settle();
  await watch();
  expect(await alerts()).toMatchObject([{ closed: true }]);
});

it('where the shop is the master, one adjustment moves what it sold, once', async () => {
  const { rules } = (await rig.world.services.get(rig.world.organisationId, rig.id))?.settings ?? {};
  const fields = rules?.fields.map((row) =>
    row.kind === 'stock' ? { ...row, direction: 'to-right', master: 'left' } : row,
  );
  await rig.choose({ rules: { ...rules, fields } });
  const before = ((await rig.sandbox.state('zoho-inventory')).adjustments ?? []).length;
  await sell('AFF-A2', 3);
  await settle();
  await settle();
  expect([await rig.count('AFF-A2'), await rig.free('AFF-A2')]).toEqual([145, 145]);
  const { adjustments = [] } = await rig.sandbox.state('zoho-inventory');
  expect(adjustments.slice(before)).toMatchObject([
    { reference_number: 'AFF-A2: 148 → 145', lines: [{ quantity_adjusted: -3 }] },
  ]);
});

it('stands still, and says what to change, while orders of the shop are taken from the stock as well', async () => {
  const { database, organisationId } = rig.world;
  const account = { connector: 'shopify', account: 'atelier-lumen.myshopify.com' };
  await database.query(
    `insert into integrations (organisation_id, id, flow, name, enabled, settings) values ($1, 'o', 'orders', 'Ventes', true, $2)`,
    [organisationId, JSON.stringify({ documents: 'order-and-invoice' })],
  );
  await database.query(
    `insert into integration_roles (organisation_id, integration, role, connector, account_id) values ($1, 'o', 'shop', $2, $3)`,
    [organisationId, account.connector, account.account],
  );
  await sell('AFF-A2', 1);
  await settle();
  const { phase, pause } = await rig.phase();
  expect([phase, pause?.code]).toEqual(['paused', 'contradiction']);
  expect(pause?.fr).toContain('«\u00a0Ventes\u00a0» déduit aussi chaque commande');
  // Nothing was moved.
  expect(await rig.free('AFF-A2')).toBe(145);
  await database.query(`update integrations set settings = '{}' where organisation_id = $1 and id = 'o'`, [
    organisationId,
  ]);
  await rig.world.services.resume(organisationId, rig.id, 'look');
  await settle();
  expect([(await rig.phase()).phase, await rig.free('AFF-A2')]).toEqual(['live', 144]);
});
