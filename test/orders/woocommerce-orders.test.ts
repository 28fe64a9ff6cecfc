import { openShop, type Shop } from './rig.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const person = (first: string, last: string, email: string) => ({
  first_name: first,
  last_name: last,
  email,
});
const PAID = { status: 'processing', payment_method: 'stripe', payment_method_title: 'Carte bancaire' };
const posters = (quantity: number) => ({ line_items: [{ product_id: 10, quantity }] });

const bookedOf = async (order: string) =>
  (await shop.booked()).filter(({ reference }) => reference === shop.reference(order));
const only = async (order: string) => {
  const found = await bookedOf(order);
  expect(found).toHaveLength(1);
  return found[0];
};
const lastRun = async () => (await shop.runs()).at(-1);

describe('an order that was paid', () => {
  it('has its fees, a fee that takes off, its shipping and a tax that Books does not know', async () => {
    const taxed = { total_tax: '0.00', taxes: [] };
    const id = await shop.place(
      { ...PAID, billing: person('Jo', 'Blanc', 'jo@exemple.example') },
      {
        total: '66.03',
        line_items: [{ name: 'Box', quantity: 1, sku: '', total: '45.00', ...taxed }],
        fee_lines: [
          { name: 'Expedite First Box', total: '10.00', ...taxed },
          { name: 'Referral Discount', total: '-5.00', ...taxed },
          {
            name: '$14.70 fee',
            total: '14.70',
            total_tax: '1.33',
            taxes: [
              { id: 3, total: '0.588' },
              { id: 2, total: '0.735' },
            ],
          },
        ],
        shipping_lines: [{ method_title: 'Free', total: '0.00', ...taxed }],
      },
    );
    await shop.tell(id, 'order.created');
    const invoice = await only(id);
    expect(invoice).toMatchObject({ total: 6_603, paid: 6_603, adjustment: 0 });
    expect(invoice?.lines.map(({ name, rate }) => [name, rate])).toEqual([
      ['Box', 45],
      ['Expedite First Box', 10],
      ['Referral Discount', -5],
      ['$14.70 fee', 14.7],
      ['Taxe', 1.33],
    ]);
  });

  it('is what was paid also where the shop itemises something else, and says so in a line', async () => {
    const id = await shop.place(
      { ...PAID, ...posters(5), billing: person('Luc', 'Noir', 'luc@exemple.example') },
      { total: '100.00' },
    );
    await shop.tell(id, 'order.updated');
    expect(await only(id)).toMatchObject({
      total: 10_000,
      paid: 10_000,
      lines: [
        { rate: 23.9, quantity: 5 },
        { name: 'Non détaillé par la boutique', rate: -19.5 },
      ],
    });
  });
});

describe('an order that is not there yet, or not any more', () => {
  it('makes nothing as a cart, nor of an empty address, and one invoice once it is real', async () => {
    const cart = await shop.place({ status: 'checkout-draft', ...posters(1) });
    await shop.tell(cart, 'order.updated', 'order.updated', 'order.updated');
    expect(await bookedOf(cart)).toEqual([]);
    await shop.act({
      act: 'change',
      order: Number(cart),
      fields: { status: 'pending', billing: person('Tom', 'Gris', 'tom@exemple.example') },
    });
    await shop.tell(cart, 'order.updated');
    expect(await bookedOf(cart)).toEqual([]);
    await shop.act({ act: 'change', order: Number(cart), fields: { status: 'processing' } });
    // What is delivered is older than the order: its body says that it is pending.
    await shop.tell(cart, 'order.updated');
    expect(await only(cart)).toMatchObject({ total: 2_390, paid: 2_390 });
  });

  it.each([
    ['failed', {}],
    ['pending', {}],
  ])('makes nothing while it is %s %j', async (status, more) => {
    const id = await shop.place({
      ...posters(1),
      status,
      ...more,
      billing: person('Rien', 'Du Tout', 'rien@exemple.example'),
    });
    await shop.tell(id, 'order.created', 'order.updated');
    expect(await bookedOf(id)).toEqual([]);
    expect((await shop.people()).filter(({ Email }) => Email === 'rien@exemple.example')).toEqual([]);
    expect(await lastRun()).toMatchObject({ state: 'skipped' });
  });

  it('makes nothing when it was thrown away before, and its invoice once it is taken out of the bin', async () => {
    const id = await shop.place({
      ...PAID,
      ...posters(1),
      billing: person('Cor', 'Beille', 'cb@exemple.example'),
    });
    await shop.act({ act: 'bin', order: Number(id) });
    await shop.tell(id, 'order.created', 'order.deleted');
    expect(await bookedOf(id)).toEqual([]);
    expect(await lastRun()).toMatchObject({ state: 'skipped' });
    await shop.act({ act: 'change', order: Number(id), fields: { status: 'processing' } });
    await shop.tell(id, 'order.updated');
    expect(await only(id)).toMatchObject({ total: 2_390, paid: 2_390 });
  });
});

describe('a draft that Books counts otherwise', () => {
  it('is not sent: it waits until somebody corrected it', async () => {
    await shop.sandbox.fault('zoho-books', {
      methods: ['POST'],
      path: '/invoices$',
      count: 1,
      status: 201,
      body: {
        code: 0,
        message: '',
        invoice: { invoice_id: '1', customer_id: '1', status: 'draft', total: 99, balance: 99 },
      },
    });
    const id = await shop.place({
      ...PAID,
      ...posters(1),
      billing: person('Faux', 'Total', 'faux@exemple.example'),
    });
    await shop.tell(id, 'order.created');
    expect(await lastRun()).toMatchObject({ state: 'shelved', error: { kind: 'rejected', field: 'amount' } });
  });
});
