import { openShop, type Shop } from './rig.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop({ documents: 'order-and-invoice' });
});
afterAll(() => shop.close());

const person = (first: string) => ({
  first_name: first,
  last_name: 'Marchand',
  email: `${first.toLowerCase()}@exemple.example`,
});
const PAID = { status: 'processing', payment_method: 'stripe' };
const TRANSFER = { status: 'on-hold', payment_method: 'bacs' };
const posters = (quantity: number) => ({ line_items: [{ product_id: 10, quantity }] });

const enteredOf = async (order: string) =>
  (await shop.entered()).filter(({ reference }) => reference === shop.reference(order));
const bookedOf = async (order: string) =>
  (await shop.booked()).filter(({ reference }) => reference === shop.reference(order));
const lastRun = async () => (await shop.runs()).at(-1);
const change = (order: string, fields: object) => shop.act({ act: 'change', order: Number(order), fields });

describe('an order that was paid', () => {
  it('is a sales order and its invoice to the cent, and takes its pieces out of the stock once', async () => {
    const { hand, free } = await shop.stock('AFF-A2');
    const id = await shop.place({
      ...PAID,
      ...posters(10),
      coupon_lines: [{ code: 'bienvenue25' }],
      billing: person('Ada'),
    });
    await shop.tell(id, 'order.created', 'order.updated', 'order.updated');
    expect(await enteredOf(id)).toMatchObject([
      {
        number: shop.reference(id),
        status: 'confirmed',
        customer: 'Ada Marchand',
        total: 17_925,
        lines: [
          { sku: 'AFF-A2', quantity: 4, rate: 17.92 },
          { sku: 'AFF-A2', quantity: 6, rate: 17.93 },
        ],
      },
    ]);
    expect(await bookedOf(id)).toMatchObject([
      { status: 'sent', customer: 'Ada Marchand', total: 17_925, paid: 17_925 },
    ]);
    expect(await shop.stock('AFF-A2')).toEqual({ hand: hand - 10, free: free - 10 });
  });

  it('has what the shop ships or charges beside, and an unknown code or none, as lines of text', async () => {
    const id = await shop.place(
      { ...PAID, billing: person('Bea') },
      {
        total: '31.85',
        line_items: [
          { name: 'Inconnu', quantity: 1, sku: 'PAS-LA', total: '10.00', total_tax: '0', taxes: [] },
          { name: 'Sans code', quantity: 2, sku: '', total: '8.00', total_tax: '0', taxes: [] },
          { name: 'Autre sans code', quantity: 1, sku: '', total: '1.35', total_tax: '0', taxes: [] },
          { name: 'Carnet', quantity: 1, sku: 'CAR-LUM', total: '12.50', total_tax: '0', taxes: [] },
        ],
      },
    );
    const { hand } = await shop.stock('CAR-LUM');
    await shop.tell(id, 'order.created');
    const [entered] = await enteredOf(id);
    expect(entered?.total).toBe(3_185);
    expect(entered?.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      [null, 1],
      [null, 2],
      [null, 1],
      ['CAR-LUM', 1],
    ]);
    expect((await shop.stock('CAR-LUM')).hand).toBe(hand - 1);
  });

  it('is entered with its invoice, and takes its pieces once, though sales orders were to wait for longer', async () => {
    shop.set({ orderWhen: 'fulfilled' });
    const { hand, free } = await shop.stock('AFF-A2');
    const id = await shop.place({ ...PAID, ...posters(2), billing: person('Bob') });
    await shop.tell(id, 'order.created', 'order.updated');
    shop.set({ orderWhen: 'placed' });
    expect(await enteredOf(id)).toMatchObject([{ status: 'confirmed', total: 4_780 }]);
    expect(await bookedOf(id)).toMatchObject([{ total: 4_780, paid: 4_780 }]);
    expect(await shop.stock('AFF-A2')).toEqual({ hand: hand - 2, free: free - 2 });
  });

  it('costs nothing: its goods are kept for the customer, and nothing is invoiced', async () => {
    const { hand, free } = await shop.stock('CAR-LUM');
    const line = { name: 'Carnet', quantity: 3, sku: 'CAR-LUM', total: '0.00', total_tax: '0', taxes: [] };
    const id = await shop.place({ ...PAID, billing: person('Cem') }, { total: '0.00', line_items: [line] });
    await shop.tell(id, 'order.created', 'order.updated');
    expect(await enteredOf(id)).toMatchObject([{ status: 'confirmed', total: 0 }]);
    expect(await bookedOf(id)).toEqual([]);
    expect(await shop.stock('CAR-LUM')).toEqual({ hand, free: free - 3 });
  });
});

it('costs eleven calls of a customer and articles that are known, two when it is told again, and none of its documents twice', async () => {
  const order = async () => {
    const from = shop.calls().length;
    const lines = [10, 11].map((product_id) => ({ product_id, quantity: 1 }));
    const id = await shop.place({ ...PAID, line_items: lines, billing: person('Uma') });
    await shop.tell(id, 'order.created');
    return { id, calls: shop.calls().slice(from) };
  };
  await order();
  const { id, calls } = await order();
  expect(calls.map((call) => call.replaceAll(/\d{9,}/g, '{id}'))).toEqual([
    'GET /wp-json/wc/v3/orders',
    'GET /books/v3/invoices',
    'GET /books/v3/settings/taxes',
    // Both articles in one.
    'GET /inventory/v1/itemdetails',
    'GET /books/v3/contacts',
    'POST /inventory/v1/salesorders',
    'POST /inventory/v1/salesorders/{id}/status/confirmed',
    'POST /books/v3/invoices',
    'POST /books/v3/invoices/{id}/status/sent',
    'POST /books/v3/customerpayments',
    'GET /crm/v8/Contacts/{id}',
  ]);
  const from = shop.calls().length;
  await shop.tell(id, 'order.updated');
  expect(shop.calls().slice(from)).toHaveLength(2);
});

it('asks for no taxes where the shop charged none', async () => {
  const from = shop.calls().length;
  const line = { name: 'Don', quantity: 1, sku: '', total: '5.00', total_tax: '0', taxes: [] };
  const id = await shop.place({ ...PAID, billing: person('Uma') }, { total: '5.00', line_items: [line] });
  await shop.tell(id, 'order.created');
  expect(await bookedOf(id)).toMatchObject([{ total: 500, tax: 0, paid: 500 }]);
  expect(shop.calls().slice(from)).not.toContain('GET /books/v3/settings/taxes');
});

describe('an order whose money is awaited', () => {
  it('keeps its pieces from being sold, and takes them when it is paid', async () => {
    const { hand, free } = await shop.stock('AFF-A2');
    const id = await shop.place({ ...TRANSFER, ...posters(2), billing: person('Dia') });
    await shop.tell(id, 'order.created');
    expect(await shop.stock('AFF-A2')).toEqual({ hand, free: free - 2 });
    expect(await bookedOf(id)).toEqual([]);
    expect((await lastRun())?.summary?.en).toContain('sales order');
    await shop.tell(id, 'order.updated');
    expect(await lastRun()).toMatchObject({ state: 'skipped' });

    await change(id, { status: 'processing' });
    await shop.tell(id, 'order.updated', 'order.updated');
    expect(await bookedOf(id)).toMatchObject([{ total: 4_780, paid: 4_780 }]);
    expect(await enteredOf(id)).toHaveLength(1);
    expect(await shop.stock('AFF-A2')).toEqual({ hand: hand - 2, free: free - 2 });
  });

  it('is cancelled: its sales order is voided and its pieces are free; and it is entered anew when it comes back', async () => {
    const { hand, free } = await shop.stock('AFF-A2');
    const id = await shop.place({ ...TRANSFER, ...posters(5), billing: person('Eli') });
    await shop.tell(id, 'order.created');
    await change(id, { status: 'cancelled' });
    await shop.tell(id, 'order.updated', 'order.updated');
    expect((await enteredOf(id)).map(({ status }) => status)).toEqual(['void']);
    expect(await shop.stock('AFF-A2')).toEqual({ hand, free });

    // Nobody has placed it again yet.
    await change(id, { status: 'pending' });
    await shop.tell(id, 'order.updated');
    expect((await enteredOf(id)).map(({ status }) => status)).toEqual(['void']);
    await change(id, { status: 'processing' });
    await shop.tell(id, 'order.updated', 'order.updated');
    expect((await enteredOf(id)).map(({ status }) => status)).toEqual(['void', 'confirmed']);
    expect(await bookedOf(id)).toMatchObject([{ total: 11_950, paid: 11_950 }]);
    expect(await shop.stock('AFF-A2')).toEqual({ hand: hand - 5, free: free - 5 });
  });

  it('is edited: its sales order is brought to it, once', async () => {
    const { free } = await shop.stock('AFF-A2');
    const id = await shop.place({ ...TRANSFER, ...posters(1), billing: person('Flo') });
    await shop.tell(id, 'order.created');
    await change(id, posters(4));
    await shop.tell(id, 'order.updated', 'order.updated');
    expect(await enteredOf(id)).toMatchObject([{ total: 9_560, lines: [{ quantity: 4 }] }]);
    expect((await shop.stock('AFF-A2')).free).toBe(free - 4);
    const changes = (await shop.sandbox.ledger('zoho-inventory')).filter(
      ({ action, marker, object }) =>
        object === 'salesorder' && action === 'update' && marker === shop.reference(id),
    );
    // Confirmed once, changed once.
    expect(changes).toHaveLength(2);
  });
});

describe('what a person does in Zoho', () => {
  it('an invoice made of the sales order is the order’s: it is paid, and no other is made', async () => {
    const id = await shop.place({ ...TRANSFER, ...posters(3), billing: person('Gil') });
    await shop.tell(id, 'order.created');
    const { hand } = await shop.stock('AFF-A2');
    await shop.invoiceByHand(shop.reference(id));
    await change(id, { status: 'processing' });
    await shop.tell(id, 'order.updated', 'order.updated');
    const { invoices = [] } = await shop.sandbox.state('zoho-books');
    const own = invoices.filter(({ notes }) => notes === `À la main ${shop.reference(id)}`);
    expect(own).toMatchObject([{ set: 'sent', totalMinor: 7_170, paidMinor: 7_170 }]);
    expect(await bookedOf(id)).toEqual([]);
    expect((await shop.stock('AFF-A2')).hand).toBe(hand - 3);
  });

  it('an invoice that was made before without a sales order is the order’s, and no sales order is made beside it', async () => {
    const id = await shop.place({ ...PAID, ...posters(2), billing: person('Lou') });
    await shop.invoiceOfText(shop.reference(id), 47.8);
    const { hand, free } = await shop.stock('AFF-A2');
    await shop.tell(id, 'order.created', 'order.updated');
    expect(await enteredOf(id)).toEqual([]);
    expect(await bookedOf(id)).toMatchObject([{ total: 4_780, paid: 4_780 }]);
    expect(await shop.stock('AFF-A2')).toEqual({ hand, free });
  });

  it('a sales order that was deleted is made again, one that was voided is not', async () => {
    const deleted = await shop.place({ ...TRANSFER, ...posters(1), billing: person('Hal') });
    const voided = await shop.place({ ...TRANSFER, ...posters(1), billing: person('Ida') });
    for (const id of [deleted, voided]) await shop.tell(id, 'order.created');
    await shop.salesOrderByHand(shop.reference(deleted), 'delete');
    await shop.salesOrderByHand(shop.reference(voided), 'void');
    for (const id of [deleted, voided]) {
      await change(id, { status: 'processing' });
      await shop.tell(id, 'order.updated', 'order.updated');
    }
    expect((await enteredOf(deleted)).map(({ status }) => status)).toEqual(['confirmed']);
    expect((await enteredOf(voided)).map(({ status }) => status)).toEqual(['void']);
    for (const id of [deleted, voided]) expect(await bookedOf(id)).toMatchObject([{ paid: 2_390 }]);
  });

  it('a sales order that was voided before its invoice is due is said to be, and the CRM is left alone', async () => {
    const id = await shop.place({ ...TRANSFER, ...posters(1), billing: person('Mia') });
    await shop.tell(id, 'order.created');
    await shop.salesOrderByHand(shop.reference(id), 'void');
    const from = shop.calls().length;
    await shop.tell(id, 'order.updated');
    const { state, summary } = (await lastRun()) ?? {};
    expect(state).toBe('skipped');
    expect(summary?.en).toContain('was voided in Zoho Inventory: it is not made again');
    expect(summary?.fr).toContain('annulée dans Zoho Inventory\u00a0: elle n’est pas refaite');
    expect(shop.calls().slice(from).join()).not.toContain('/crm/');
  });

  it('an item with another code by now is not taken for the one that had it', async () => {
    await shop.sandbox.act('zoho-inventory', { act: 'item', sku: 'MOVE', fields: { initial_stock: 10 } });
    const line = { name: 'M', quantity: 1, sku: 'MOVE', total: '5.00', total_tax: '0', taxes: [] };
    const order = async (name: string) => {
      const id = await shop.place({ ...PAID, billing: person(name) }, { total: '5.00', line_items: [line] });
      await shop.tell(id, 'order.created');
    };
    await order('Jan');
    await shop.sandbox.act('zoho-inventory', { act: 'item', sku: 'MOVE', fields: { sku: 'OLD' } });
    await shop.sandbox.act('zoho-inventory', {
      act: 'item',
      sku: 'MOVE',
      fields: { name: 'Neuf', initial_stock: 20 },
    });
    await order('Kim');
    expect([await shop.stock('OLD'), await shop.stock('MOVE')]).toMatchObject([{ hand: 9 }, { hand: 19 }]);
  });
});

describe('an answer that was lost', () => {
  it.each(['/salesorders$', '/invoices$', '/status/confirmed$'])(
    'of %s leaves one sales order and one invoice, and the stock taken once',
    async (path) => {
      const { hand } = await shop.stock('LIV-TYP');
      const vendor = path === '/invoices$' ? 'zoho-books' : 'zoho-inventory';
      await shop.sandbox.fault(vendor, { methods: ['POST'], path, count: 1, commitThenFail: 'reset' });
      const name = `Perte${path.length}`;
      const id = await shop.place({
        ...PAID,
        line_items: [{ product_id: 12, quantity: 1 }],
        billing: person(name),
      });
      await shop.tell(id, 'order.created');
      await shop.sandbox.fault(vendor, null);
      await shop.rig.settled();
      expect(await enteredOf(id)).toMatchObject([{ status: 'confirmed', total: 3_400 }]);
      expect(await bookedOf(id)).toMatchObject([{ total: 3_400, paid: 3_400 }]);
      expect((await shop.stock('LIV-TYP')).hand).toBe(hand - 1);
    },
  );
});
