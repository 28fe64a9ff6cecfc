import { openShop, type Shop } from '../orders/rig.ts';
import { shopifyShop } from '../orders/shops.ts';

// An edit that takes goods out of an order that was paid is told of by no refund with money: they came back to no stock.
let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ stock: 'shop' }, shopifyShop);
});
afterAll(() => shop.close());

const [MADE, CHANGED] = shopifyShop.topics;

it.each([
  ['come back to a stock that follows the shop, with those that were refunded, once', true, 3],
  ['stay out where nothing is to come back', false, 0],
])('goods that were edited out of a paid order %s', async (_, restock, back) => {
  shop.set({ restock });
  const { hand } = await shop.stock('AFF-A2');
  const id = await shop.order({ first: 'Édith', last: 'Moins', email: 'edith@exemple.example', quantity: 5 });
  await shop.tell(id, MADE);
  expect((await shop.stock('AFF-A2')).hand).toBe(hand - 5);
  const { orders = [] } = await shop.sandbox.state('shopify');
  const row = orders.find((one) => String(one.id) === id);
  const [line] = (row?.lines ?? []) as { readonly id: number }[];
  const lineId = String(line?.id);
  const order = Number(id);
  await shop.sandbox.act('shopify', { act: 'edit', order, take: { [lineId]: 2 } });
  await shop.tell(id, CHANGED, CHANGED);
  expect((await shop.stock('AFF-A2')).hand).toBe(hand - 5 + Math.min(back, 2));
  await shop.sandbox.act('shopify', { act: 'refund', order, amount: '23.90', units: { [lineId]: 1 } });
  await shop.tell(id, CHANGED, CHANGED);
  expect((await shop.stock('AFF-A2')).hand).toBe(hand - 5 + back);
});
