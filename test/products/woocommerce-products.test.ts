import { openShared, type SharedDatabase } from '../sync/rig.ts';
import { openProducts, type ProductsRig } from './rig.ts';
import { TRADE_MS, trade } from './trade.ts';

let shared: SharedDatabase;
let rig: ProductsRig;
beforeAll(async () => {
  shared = await openShared();
  rig = await openProducts(shared, 'woocommerce');
});
afterAll(async () => {
  await rig.close();
  await shared.close();
});

const woo = (wish: object) => rig.sandbox.act('woocommerce', wish) as Promise<Record<string, { id: number }>>;
const room = (wish: object) => rig.sandbox.act('zoho-inventory', wish);
const sell = (product: number, quantity: number) =>
  woo({ act: 'order', fields: { status: 'processing', line_items: [{ product_id: product, quantity }] } });
const settle = () => rig.world.settle();

it('what both have is one by its SKU, variants are items of their own, and the stock is the store room’s', async () => {
  await rig.world.services.startPreview(rig.world.organisationId, rig.id);
  await rig.world.turns();
  // Nothing was written for it.
  expect(await rig.writes()).toBe(0);
  const preview = await rig.world.services.preview(rig.world.organisationId, rig.id);
  expect(preview?.forecast?.counts).toMatchObject({ matched: 4, right: { create: 2 }, left: { create: 0 } });
  await rig.world.services.apply(rig.world.organisationId, rig.id);
  await rig.world.turns();

  expect(await rig.item('TSH-M')).toMatchObject({
    name: 'T-shirt Lumen – M',
    initial_stock: 12,
    track_inventory: true,
  });
  expect(await rig.item('TSH-L')).toMatchObject({ initial_stock: 7 });
  // Twelve are kept for an order by telephone.
  expect(await rig.count('CAR-LUM')).toBe(248);
  expect(await rig.item('CAR-LUM')).toMatchObject({ initial_stock: 260, rate: 10.42 });
  expect(await rig.item('CAR-LUM')).toMatchObject({ description: 'Carnet de 96 pages, cousu.' });
  expect((await rig.reasons())['Carnet d’hiver (CAR-HIV)']?.fr).toContain('n’est pas publié');
  expect(await rig.item('CAR-HIV')).toBeUndefined();
  const before = await rig.writes();
  await settle();
  expect(await rig.writes()).toBe(before);
});

it('a sale of the shop is not written over, and is counted off once when it reaches the store room', async () => {
  await sell(10, 3);
  await settle();
  expect([await rig.count('AFF-A2'), await rig.free('AFF-A2')]).toEqual([137, 140]);
  await room({ act: 'count', sku: 'AFF-A2', by: -3 });
  const before = await rig.writes();
  await settle();
  expect([await rig.count('AFF-A2'), await rig.free('AFF-A2')]).toEqual([137, 137]);
  expect(await rig.writes()).toBe(before);
});

it('goods that arrive while something is sold are added to what is left', async () => {
  await sell(10, 1);
  await room({ act: 'count', sku: 'AFF-A2', by: 5 });
  await settle();
  expect([await rig.count('AFF-A2'), await rig.free('AFF-A2')]).toEqual([141, 142]);
  await room({ act: 'count', sku: 'AFF-A2', by: -1 });
  await settle();
  expect([await rig.count('AFF-A2'), await rig.free('AFF-A2')]).toEqual([141, 141]);
});

it('stock below zero is carried as it is', async () => {
  await room({ act: 'count', sku: 'LIV-TYP', by: -40 });
  await settle();
  expect([await rig.count('LIV-TYP'), await rig.free('LIV-TYP')]).toEqual([-2, -2]);
});

it('a price is carried without its tax, and only that', async () => {
  await woo({ act: 'product', id: 12, fields: { regular_price: '42.20' } });
  await settle();
  expect(await rig.item('LIV-TYP')).toMatchObject({ rate: 40, name: 'Livre « Composer & imprimer »' });
  await room({ act: 'item', sku: 'LIV-TYP', fields: { rate: 20 } });
  await settle();
  const { products = [] } = await rig.sandbox.state('woocommerce');
  expect(products.find(({ sku }) => sku === 'LIV-TYP')).toMatchObject({ regular_price: '21.10' });
});

it('an item that was made without a tax, and so without a price, has the shop’s once it has a tax', async () => {
  const variation = async () =>
    ((await rig.sandbox.state('woocommerce')).variations ?? []).find(({ sku }) => sku === 'TSH-M');
  const price = (await variation())?.regular_price;
  expect(Number(price)).toBeGreaterThan(0);
  expect(await rig.item('TSH-M')).toMatchObject({ rate: 0, tax_id: '' });
  await room({ act: 'item', sku: 'TSH-M', fields: { tax_id: '48760000000000201' } });
  await settle();
  expect((await variation())?.regular_price).toBe(price);
  expect(Number((await rig.item('TSH-M'))?.rate)).toBeCloseTo(Number(price) / 1.2, 1);
});

it('a SKU that is there twice, or not at all, is told and never guessed', async () => {
  const twin = { regular_price: '5.00', manage_stock: true, stock_quantity: 1 };
  await woo({ act: 'product', fields: { ...twin, name: 'Double un' }, raw: { sku: 'DBL' } });
  await woo({ act: 'product', fields: { ...twin, name: 'Double deux' }, raw: { sku: 'DBL' } });
  await woo({ act: 'product', fields: { ...twin, name: 'Sans référence' } });
  await woo({ act: 'product', fields: { ...twin, name: 'Sans référence aussi' } });
  await settle();
  const reasons = await rig.reasons();
  expect(reasons['Double un (DBL)']?.en).toContain('2 records on this side share SKU “dbl”');
  expect(reasons['Double deux (DBL)']?.en).toContain('give each its own');
  expect(reasons['Sans référence']?.en).toContain('“SKU” is blank');
  expect(reasons['Sans référence aussi']?.en).toContain('“SKU” is blank');
  expect(await rig.item('DBL')).toBeUndefined();
  expect((await rig.items()).filter(({ name }) => String(name).startsWith('Sans'))).toEqual([]);
});

it('a SKU in other letters is the same article', async () => {
  await room({ act: 'item', sku: 'AGENDA', fields: { name: 'Agenda', initial_stock: 6, rate: 10 } });
  await woo({
    act: 'product',
    fields: { name: 'Agenda', sku: 'Agenda', manage_stock: true, stock_quantity: 2 },
  });
  await settle();
  expect(await rig.count('Agenda')).toBe(6);
  expect((await rig.items()).filter(({ name }) => name === 'Agenda')).toHaveLength(1);
});

it('pieces that the shop counts for all variations together are carried once', async () => {
  const shirt = await woo({
    act: 'product',
    fields: { name: 'Sweat', type: 'variable', sku: 'SWEAT', manage_stock: true, stock_quantity: 7 },
  });
  const of = shirt.product?.id;
  const size = (sku: string, option: string, more: object) =>
    woo({
      act: 'variation',
      product: of,
      fields: { sku, regular_price: '45.00', attributes: [{ name: 'Taille', option }], ...more },
    });
  await size('SWEAT-M', 'M', {});
  await size('SWEAT-L', 'L', { manage_stock: true, stock_quantity: -2 });
  await settle();
  expect(await rig.item('SWEAT')).toMatchObject({ initial_stock: 7, track_inventory: true });
  expect(await rig.item('SWEAT-M')).toMatchObject({ track_inventory: false, name: 'Sweat – M' });
  expect(await rig.item('SWEAT-L')).toMatchObject({ initial_stock: -2 });
  await settle();
  expect([await rig.count('SWEAT'), await rig.count('SWEAT-L')]).toEqual([7, -2]);
});

it('parts of a piece go to no shop that counts whole ones, and stop nothing else', async () => {
  await woo({
    act: 'product',
    fields: {
      name: 'Papier au kilo',
      sku: 'PAPIER',
      manage_stock: true,
      stock_quantity: 4,
      regular_price: '3.60',
    },
  });
  await room({
    act: 'item',
    sku: 'PAPIER',
    fields: { name: 'Papier au kilo', initial_stock: 12.5, rate: 3 },
  });
  await room({ act: 'count', sku: 'AFF-A2', by: 1 });
  await settle();
  expect(await rig.count('PAPIER')).toBe(4);
  expect(await rig.count('AFF-A2')).toBe(142);
  expect((await rig.reasons())['Papier au kilo (PAPIER)']?.en).toContain(
    'whole numbers only, and 12.5 is none',
  );
});

it('a name that is too long for the store room is refused there, and nothing is cut', async () => {
  await woo({
    act: 'product',
    id: 10,
    fields: { name: `Affiche ${'très '.repeat(30)}longue`, regular_price: '25.20' },
  });
  await settle();
  expect(await rig.item('AFF-A2')).toMatchObject({ name: 'Affiche « Quais de Saône »', rate: 21 });
  const reasons = Object.entries(await rig.reasons());
  expect(reasons.find(([label]) => label.includes('AFF-A2'))?.[1].en).toContain('takes 100 at most');
});

it(
  'in any mixture of sales, deliveries of goods and looks nothing that was sold is for sale',
  async () => {
    const skus = ['AFF-A2', 'CAR-LUM', 'LIV-TYP'];
    const idOf = (sku: string): number => 10 + skus.indexOf(sku);
    await trade(rig, {
      skus,
      sell: (sku, quantity) => sell(idOf(sku), quantity),
      enter: (sku, count) => woo({ act: 'product', id: idOf(sku), fields: { stock_quantity: count } }),
    });
  },
  TRADE_MS,
);
