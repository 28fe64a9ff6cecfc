import { openShop, type Shop } from './rig.ts';

const ORDERS = process.env.LIAISON_TEST_SIZE === 'full' ? 500 : 40;

const PAID = { status: 'processing', payment_method: 'stripe' };
const person = (name: string) => ({
  first_name: name,
  last_name: 'Stock',
  email: `${name.toLowerCase()}@exemple.example`,
});
const line = (sku: string, quantity: number, total = '10.00') => ({
  ...{ name: sku, sku, quantity, total, total_tax: '0', taxes: [] },
});
const change = (shop: Shop, id: string, fields: object) =>
  shop.act({ act: 'change', order: Number(id), fields });

describe('stock that documents take', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ documents: 'order-and-invoice' });
  });
  afterAll(() => shop.close());

  it(`ends at the right number when ${ORDERS} orders of one article come at once, most of them told twice`, async () => {
    const { hand } = await shop.stock('AFF-A2');
    const ids: string[] = [];
    for (let at = 0; at < ORDERS; at += 1)
      ids.push(
        await shop.place({
          ...PAID,
          line_items: [{ product_id: 10, quantity: 1 + (at % 3) }],
          billing: person(`Foule${at % 25}`),
        }),
      );
    await Promise.all(
      ids.map((id, at) =>
        shop.accept(id, 'order.created', ...(at % 4 === 0 ? [] : ['order.updated', 'order.updated'])),
      ),
    );
    await shop.rig.settled();
    const sold = ids.reduce((all, _, at) => all + 1 + (at % 3), 0);
    expect((await shop.runs()).filter(({ state }) => state === 'shelved')).toEqual([]);
    expect(await shop.stock('AFF-A2')).toEqual({ hand: hand - sold, free: hand - sold });
    expect(new Set((await shop.entered()).map(({ reference }) => reference)).size).toBe(ORDERS);
    expect(await shop.entered()).toHaveLength(ORDERS);
    expect(await shop.booked()).toHaveLength(ORDERS);
  }, 600_000);

  it('falls below zero, is counted in parts of a piece, and is left alone where nothing is counted', async () => {
    await shop.sandbox.act('zoho-inventory', { act: 'item', sku: 'PAPIER', fields: { initial_stock: 1 } });
    const total = { total: '23.33' };
    const made = (await shop.sandbox.act('woocommerce', {
      act: 'order',
      fields: { ...PAID, billing: person('Kilo') },
      raw: { ...total, line_items: [line('PAPIER', 1), line('PAPIER', 1, '3.33'), line('EMB', 2)] },
    })) as { order: { id: number; line_items: object[] } };
    // A shop sells whole pieces, unless a plugin of it does not.
    const [one, other, gift] = made.order.line_items;
    const line_items = [{ ...one, quantity: 0.75 }, { ...other, quantity: 0.5 }, gift];
    await shop.sandbox.fault('woocommerce', {
      ...{ methods: ['GET'], path: '/orders$', count: 1, status: 200, body: [{ ...made.order, line_items }] },
    });
    const id = String(made.order.id);
    await shop.tell(id, 'order.created');
    expect(await shop.stock('PAPIER')).toEqual({ hand: -0.25, free: -0.25 });
    const booked = (await shop.booked()).find(({ reference }) => reference === shop.reference(id));
    expect(booked).toMatchObject({ total: 2_333, paid: 2_333 });
  });
});

describe('what a refund names', () => {
  const BANK = '48760000000000303';
  /** What each test begins with, whatever the one before has set. */
  const AT_FIRST = {
    ...{ account: BANK, documents: 'invoice', refunds: 'comment', stock: 'documents', restock: true },
  };
  interface Line {
    readonly id: number;
    readonly total: string;
  }
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());
  const refundOf = async (id: string, quantity: number): Promise<void> => {
    const { orders = [] } = await shop.sandbox.state('woocommerce');
    const row = orders.find((one) => String(one.id) === id);
    const [one] = (row?.line_items ?? []) as Line[];
    const line_items = [{ id: one?.id, quantity, refund_total: 20 }];
    await shop.act({ act: 'refund', order: Number(id), amount: '20.00', line_items });
  };
  const creditedOf = async (id: string): Promise<number[]> => {
    const { creditNotes = [] } = await shop.books();
    return creditNotes
      .filter((row) => String(row.reference_number).startsWith(`${shop.reference(id)} refund `))
      .map(({ totalMinor }) => Number(totalMinor));
  };

  it.each([
    ['by the credit note of what was invoiced', {}, 2],
    ['by an adjustment where stock follows the shop', { stock: 'shop' }, 2],
    ['not, where that is switched off', { restock: false }, 0],
    ['nor there where stock follows the shop', { stock: 'shop', restock: false }, 0],
  ])('comes back to the stock once: %s', async (_, settings, back) => {
    shop.set({ ...AT_FIRST, documents: 'order-and-invoice', refunds: 'creditNote', ...settings });
    const { hand } = await shop.stock('AFF-A2');
    const lines = { line_items: [{ product_id: 10, quantity: 5 }] };
    const id = await shop.place({ ...PAID, set_paid: true, ...lines, billing: person('Retour') });
    await shop.tell(id, 'order.created');
    expect((await shop.stock('AFF-A2')).hand).toBe(hand - 5);
    await refundOf(id, 2);
    await shop.tell(id, 'order.updated', 'order.updated');
    expect((await shop.runs()).map(({ state }) => state)).not.toContain('shelved');
    expect((await shop.stock('AFF-A2')).hand).toBe(hand - 5 + back);
  });

  it.each([
    ['by a credit note', { documents: 'order-and-invoice' }],
    ['by an adjustment', { documents: 'invoice', stock: 'shop' }],
  ])('is a line without a piece of it: none comes back %s', async (_, settings) => {
    shop.set({ ...AT_FIRST, refunds: 'creditNote', ...settings });
    const lines = { line_items: [{ product_id: 10, quantity: 5 }] };
    const id = await shop.place({ ...PAID, set_paid: true, ...lines, billing: person('Geste') });
    await shop.tell(id, 'order.created');
    const before = await shop.stock('AFF-A2');
    await refundOf(id, 0);
    await shop.tell(id, 'order.updated');
    expect(await shop.stock('AFF-A2')).toEqual(before);
    expect(await creditedOf(id)).toEqual([2_000]);
  });

  it.each([
    ['by the credit note, beside the amount', { documents: 'order-and-invoice' }, 0],
    ['by the credit note, beside another line', { documents: 'order-and-invoice' }, 1],
    ['by an adjustment', { documents: 'invoice', stock: 'shop' }, 1],
  ])('is pieces that cost nothing, and they come back: %s', async (_, settings, posters) => {
    shop.set({ ...AT_FIRST, refunds: 'creditNote', ...settings });
    const [sold, given] = [90_001, 90_002];
    const line_items = [
      { ...line('AFF-A2', 2, '47.80'), id: sold },
      { ...line('CAR-LUM', 3, '0.00'), id: given },
    ];
    const id = await shop.place(
      { ...PAID, set_paid: true, billing: person('Offert') },
      { total: '47.80', line_items },
    );
    await shop.tell(id, 'order.created');
    const hand = async () => [(await shop.stock('AFF-A2')).hand, (await shop.stock('CAR-LUM')).hand];
    const [left = 0, gifts = 0] = await hand();
    const back = [
      { id: given, quantity: 2, refund_total: 0 },
      ...(posters === 0 ? [] : [{ id: sold, quantity: posters, refund_total: 20 }]),
    ];
    await shop.act({ act: 'refund', order: Number(id), amount: '20.00', line_items: back });
    await shop.tell(id, 'order.updated', 'order.updated');
    expect((await shop.runs()).map(({ state }) => state)).not.toContain('shelved');
    expect(await hand()).toEqual([left + posters, gifts + 2]);
    expect(await creditedOf(id)).toEqual([2_000]);
  });

  it('is an amount alone: no piece comes back, nor of what an invoice took out of nothing', async () => {
    shop.set({ ...AT_FIRST, refunds: 'creditNote' });
    const lines = { line_items: [{ product_id: 10, quantity: 5 }] };
    const before = await shop.place({ ...PAID, set_paid: true, ...lines, billing: person('Avant') });
    await shop.tell(before, 'order.created');
    shop.set({ documents: 'order-and-invoice' });
    const after = await shop.place({ ...PAID, set_paid: true, ...lines, billing: person('Apres') });
    await shop.tell(after, 'order.created');
    const { hand } = await shop.stock('AFF-A2');
    await refundOf(before, 2);
    await shop.act({ act: 'refund', order: Number(after), amount: '7.00' });
    for (const id of [before, after]) await shop.tell(id, 'order.updated');
    expect(await shop.stock('AFF-A2')).toEqual({ hand, free: hand });
  });
});

describe('stock that follows the shop', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ stock: 'shop' });
  });
  afterAll(() => shop.close());

  const steps = async (id: string) =>
    (await shop.sandbox.ledger('zoho-inventory'))
      .filter(({ marker }) => marker === shop.reference(id))
      .map(({ record }) =>
        (record.line_items as { quantity_adjusted: number }[]).map(({ quantity_adjusted: by }) => by),
      );

  it('is moved once for an order, by what changed, and back when it is cancelled', async () => {
    const { hand } = await shop.stock('CAR-LUM');
    const id = await shop.place({
      status: 'on-hold',
      payment_method: 'bacs',
      line_items: [
        { product_id: 11, quantity: 3 },
        { product_id: 11, quantity: 1 },
      ],
      billing: person('Suit'),
    });
    await shop.tell(id, 'order.created', 'order.updated', 'order.updated');
    expect((await shop.stock('CAR-LUM')).hand).toBe(hand - 4);
    await change(shop, id, { line_items: [{ product_id: 11, quantity: 6 }] });
    await shop.tell(id, 'order.updated', 'order.updated');
    expect((await shop.stock('CAR-LUM')).hand).toBe(hand - 6);
    await change(shop, id, { status: 'processing' });
    await shop.tell(id, 'order.updated');
    expect((await shop.stock('CAR-LUM')).hand).toBe(hand - 6);
    await shop.act({ act: 'bin', order: Number(id) });
    await shop.tell(id, 'order.deleted', 'order.updated');
    expect((await shop.stock('CAR-LUM')).hand).toBe(hand);
    expect(await steps(id)).toEqual([[-4], [-2], [6]]);
  });

  it('is moved by what changed, also where lists do not show yet what was moved before', async () => {
    const { hand } = await shop.stock('CAR-LUM');
    const lines = (quantity: number) => ({ line_items: [{ product_id: 11, quantity }] });
    const id = await shop.place({ ...PAID, ...lines(2), billing: person('Vite') });
    await shop.sandbox.fault('zoho-inventory', { lagMs: 600_000 });
    await shop.tell(id, 'order.created');
    await change(shop, id, lines(5));
    await shop.tell(id, 'order.updated');
    await change(shop, id, { status: 'cancelled' });
    await shop.tell(id, 'order.updated');
    await shop.sandbox.fault('zoho-inventory', null);
    expect(await steps(id)).toEqual([[-2], [-3], [5]]);
    expect((await shop.stock('CAR-LUM')).hand).toBe(hand);
  });

  it('is moved by all that stands there: an adjustment that somebody deleted moves nothing', async () => {
    const { hand } = await shop.stock('CAR-LUM');
    const lines = (quantity: number) => ({ line_items: [{ product_id: 11, quantity }] });
    const id = await shop.place({ ...PAID, ...lines(2), billing: person('Efface') });
    await shop.tell(id, 'order.created');
    const { adjustments = [] } = await shop.sandbox.state('zoho-inventory');
    const made = adjustments.find((row) => row.reference_number === shop.reference(id));
    const deleted = { act: 'delete-adjustment', adjustment: made?.inventory_adjustment_id };
    expect(await shop.sandbox.act('zoho-inventory', deleted)).toEqual({ deleted: true });
    expect((await shop.stock('CAR-LUM')).hand).toBe(hand);
    await change(shop, id, lines(3));
    await shop.tell(id, 'order.updated');
    expect((await shop.stock('CAR-LUM')).hand).toBe(hand - 3);
  });

  it('is moved as soon as an order is placed, whatever sales orders wait for', async () => {
    shop.set({ orderWhen: 'fulfilled' });
    const { hand } = await shop.stock('CAR-LUM');
    const id = await shop.place({
      status: 'on-hold',
      payment_method: 'bacs',
      line_items: [{ product_id: 11, quantity: 2 }],
      billing: person('Tot'),
    });
    await shop.tell(id, 'order.created');
    shop.set({ orderWhen: 'placed' });
    expect((await shop.stock('CAR-LUM')).hand).toBe(hand - 2);
  });

  it('is moved once where the answer was lost, and not for carts, test orders, or what is not counted', async () => {
    const { hand } = await shop.stock('LIV-TYP');
    const one = { line_items: [{ product_id: 12, quantity: 1 }] };
    await shop.sandbox.fault('zoho-inventory', {
      ...{ methods: ['POST'], path: '/inventoryadjustments$', count: 1, commitThenFail: 'reset' },
    });
    const lost = await shop.place({ ...PAID, ...one, billing: person('Perdue') });
    await shop.tell(lost, 'order.created');
    await shop.sandbox.fault('zoho-inventory', null);
    await shop.rig.settled();
    expect(await steps(lost)).toEqual([[-1]]);
    const meta_data = [{ id: 1, key: '_wcpay_mode', value: 'test' }];
    const others = [
      await shop.place({ status: 'checkout-draft', ...one }),
      await shop.place({ ...PAID, ...one, meta_data, billing: person('Essai') }),
      await shop.place({ ...PAID, billing: person('Cadeau') }, { line_items: [line('EMB', 2)] }),
    ];
    for (const id of others) await shop.tell(id, 'order.created', 'order.updated');
    for (const id of others) expect(await steps(id)).toEqual([]);
    expect((await shop.stock('LIV-TYP')).hand).toBe(hand - 1);
  });
});

describe('a code that Inventory does not have, where orders wait for it', () => {
  it('holds the order back, says so, and lets it go on by itself once it is there', async () => {
    const shop = await openShop({ documents: 'order-and-invoice', unknownSku: 'wait' });
    const id = await shop.place(
      { ...PAID, billing: person('Attend') },
      { total: '20.00', line_items: [line('BIENTOT', 2), line('', 1)] },
    );
    await shop.tell(id, 'order.created');
    expect((await shop.runs()).at(-1)).toMatchObject({
      state: 'shelved',
      error: { kind: 'rejected', field: 'item_id', waitsFor: 'item BIENTOT' },
    });
    expect([await shop.entered(), await shop.booked()]).toEqual([[], []]);
    await shop.sandbox.act('zoho-inventory', { act: 'item', sku: 'BIENTOT', fields: { initial_stock: 5 } });
    await shop.stillShelved(0);
    expect(await shop.stock('BIENTOT')).toEqual({ hand: 3, free: 3 });
    expect(await shop.entered()).toHaveLength(1);
    await shop.close();
  }, 120_000);
});
