import { openShop, type Shop } from './rig.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const ordered = (currency: string, total: string, name: string) =>
  shop.place(
    {
      status: 'processing',
      payment_method: 'stripe',
      currency,
      billing: { first_name: name, last_name: 'Ruiz', email: `${name}@exemple.example` },
    },
    {
      total,
      line_items: [{ name: 'P', quantity: 1, sku: '', total, total_tax: '0', taxes: [] }],
    },
  );

it('orders in a currency that Books lacks wait, say so, and go on by themselves once somebody adds it', async () => {
  const pesos = [await ordered('MXN', '10.00', 'ana'), await ordered('MXN', '12.50', 'eva')];
  const rand = await ordered('ZAR', '99.90', 'leo');
  for (const id of [...pesos, rand]) await shop.tell(id, 'order.created');
  expect((await shop.runs()).map(({ state }) => state)).toEqual(['shelved', 'shelved', 'shelved']);
  expect((await shop.runs())[0]?.error).toMatchObject({ kind: 'rejected', field: 'currency' });
  expect(await shop.booked()).toEqual([]);

  await shop.addCurrency('MXN');
  await shop.stillShelved(1);
  const booked = async () =>
    (await shop.booked()).map(({ currency, total, paid }) => `${currency} ${total} ${paid}`).sort();
  expect(await booked()).toEqual(['MXN 1000 1000', 'MXN 1250 1250']);
  // The other one waits on, and was not tried in between: its alert stays one.
  expect((await shop.runs()).at(-1)).toMatchObject({ state: 'shelved', error: { waitsFor: 'currency ZAR' } });
  await shop.addCurrency('ZAR');
  await shop.stillShelved(0);
  expect(await booked()).toEqual(['MXN 1000 1000', 'MXN 1250 1250', 'ZAR 9990 9990']);
}, 120_000);
