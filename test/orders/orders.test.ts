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
  it('is a contact, an invoice of exactly what was paid, and its payment (10 × 23.90 with tax, 25 % off)', async () => {
    const id = await shop.place({
      ...PAID,
      ...posters(10),
      coupon_lines: [{ code: 'bienvenue25' }],
      billing: person('Ada', 'Lovelace', 'ada@exemple.example'),
    });
    await shop.tell(id, 'order.created');
    expect(await only(id)).toMatchObject({
      status: 'sent',
      customer: 'Ada Lovelace',
      currency: 'EUR',
      total: 17_925,
      paid: 17_925,
      tax: 2_988,
      adjustment: -1,
      lines: [{ name: '10 × Affiche « Quais de Saône » (AFF-A2)', rate: 179.26, quantity: 1 }],
    });
    expect(await shop.people()).toMatchObject([
      { First_Name: 'Ada', Last_Name: 'Lovelace', Email: 'ada@exemple.example' },
    ]);
    expect(await lastRun()).toMatchObject({ state: 'done', label: `#${id} Ada Lovelace` });
  });

  it('is one of each, however often and in whatever order it is told', async () => {
    const id = await shop.place({
      ...PAID,
      ...posters(1),
      billing: person('Zoé', 'Petit', 'zoe@exemple.example'),
    });
    await shop.tell(id, 'order.updated', 'order.created', 'order.updated');
    await shop.accept(id, 'order.created', 'order.updated');
    await shop.rig.settled();
    expect(await only(id)).toMatchObject({ total: 2_390, paid: 2_390, comments: [] });
    expect((await shop.people()).filter(({ Email }) => Email === 'zoe@exemple.example')).toHaveLength(1);
  });

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

  it('in a currency without decimals is counted in it', async () => {
    const id = await shop.place(
      { ...PAID, currency: 'JPY', billing: person('Aiko', 'Tanaka', 'aiko@exemple.example') },
      {
        total: '1800',
        line_items: [{ name: 'Poster', quantity: 2, sku: 'P', total: '1800', total_tax: '0', taxes: [] }],
      },
    );
    await shop.tell(id, 'order.created');
    expect(await only(id)).toMatchObject({ currency: 'JPY', total: 1_800, paid: 1_800 });
  });

  it('in a currency that Books lacks waits on the shelf, and says what to do', async () => {
    const id = await shop.place(
      { ...PAID, currency: 'MXN', billing: person('Ana', 'Ruiz', 'ana@exemple.example') },
      {
        total: '10.00',
        line_items: [{ name: 'P', quantity: 1, sku: '', total: '10.00', total_tax: '0', taxes: [] }],
      },
    );
    await shop.tell(id, 'order.created');
    expect(await lastRun()).toMatchObject({
      state: 'shelved',
      error: { kind: 'rejected', field: 'currency' },
    });
    expect(await bookedOf(id)).toEqual([]);
  });
});

describe('whoever orders', () => {
  const at = async (email: string) => (await shop.people()).filter(({ Email }) => Email === email);

  it('again as a guest, in other capitals and without accents, is the same contact and customer', async () => {
    const first = await shop.place({
      ...PAID,
      ...posters(1),
      billing: person('Éloïse', 'Le Goff', 'eloise@exemple.example'),
    });
    const again = await shop.place({
      ...PAID,
      ...posters(2),
      billing: person('ELOISE', 'LE GOFF', 'Eloise@exemple.example'),
    });
    await shop.tell(first, 'order.created');
    await shop.tell(again, 'order.created');
    expect(await at('eloise@exemple.example')).toHaveLength(1);
    expect(await at('Eloise@exemple.example')).toHaveLength(0);
    expect([(await only(first))?.customer, (await only(again))?.customer]).toEqual([
      'Éloïse Le Goff',
      'Éloïse Le Goff',
    ]);
  });

  it('shares an address with somebody else is another contact and another customer', async () => {
    const one = await shop.place({
      ...PAID,
      ...posters(1),
      billing: person('Paul', 'Roy', 'famille@exemple.example'),
    });
    const other = await shop.place({
      ...PAID,
      ...posters(1),
      billing: person('Marie', 'Roy', 'famille@exemple.example'),
    });
    await shop.tell(one, 'order.created');
    await shop.tell(other, 'order.created');
    expect((await at('famille@exemple.example')).map(({ First_Name }) => First_Name).sort()).toEqual([
      'Marie',
      'Paul',
    ]);
    expect([(await only(one))?.customer, (await only(other))?.customer]).toEqual(['Paul Roy', 'Marie Roy']);
  });

  it('left only a phone number is known by it, however it is written, and two with different names are two', async () => {
    const by = (phone: string, first = '', last = '') => ({
      ...PAID,
      ...posters(1),
      billing: { ...person(first, last, ''), phone },
    });
    const nameless = [await shop.place(by('+33612345678')), await shop.place(by('06 12 34 56 78'))];
    const named = [
      await shop.place(by('+33 7 00 00 01 23', 'Rémi', 'Laval')),
      await shop.place(by('0700000123', 'REMI', 'LAVAL')),
      await shop.place(by('+33700000123', 'Odile', 'Laval')),
    ];
    for (const id of [...nameless, ...named]) await shop.tell(id, 'order.created');
    const customers = async (ids: readonly string[]) =>
      Promise.all(ids.map(async (id) => (await only(id))?.customer));
    expect(await customers(nameless)).toEqual(['+33612345678', '+33612345678']);
    expect(await customers(named)).toEqual(['Rémi Laval', 'Rémi Laval', 'Odile Laval']);
    const people = (await shop.people()).filter(({ Phone }) => Phone);
    expect(
      people.map(({ Last_Name, First_Name }) => `${First_Name ?? ''} ${Last_Name}`.trim()).sort(),
    ).toEqual(['+33612345678', 'Odile Laval', 'Rémi Laval']);
  });

  it('is only a customer of the shop is that one, and not the next', async () => {
    const ids = [];
    for (const customer of [7, 8, 7])
      ids.push(await shop.place({ ...PAID, ...posters(1), customer_id: customer }));
    for (const id of ids) await shop.tell(id, 'order.created');
    const [one, other, again] = await Promise.all(ids.map(async (id) => (await only(id))?.customer));
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('gave nothing is somebody at the counter, once, and no contact', async () => {
    const ids = [await shop.place({ ...PAID, ...posters(1) }), await shop.place({ ...PAID, ...posters(2) })];
    const before = (await shop.people()).length;
    for (const id of ids) await shop.tell(id, 'order.created');
    expect(await Promise.all(ids.map(async (id) => (await only(id))?.customer))).toEqual([
      'Client de passage',
      'Client de passage',
    ]);
    expect(await shop.people()).toHaveLength(before);
  });

  it('orders for a company is invoiced as the company', async () => {
    const billing = { ...person('Nina', 'Faure', 'nina@faure.example'), company: 'Faure & Fils' };
    const id = await shop.place({ ...PAID, ...posters(1), billing });
    await shop.tell(id, 'order.created');
    expect((await only(id))?.customer).toBe('Faure & Fils');
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
    ['cancelled', {}],
    ['on-hold', {}],
    ['processing', { meta_data: [{ id: 1, key: '_wcpay_mode', value: 'test' }] }],
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

  it('was deleted for good before its delivery came: nothing to do', async () => {
    const id = await shop.place({ ...PAID, ...posters(1) });
    await shop.act({ act: 'delete', order: Number(id) });
    await shop.tell(id, 'order.created');
    expect(await lastRun()).toMatchObject({ state: 'skipped' });
  });

  it('paid on delivery is an invoice at first, and a payment when the money came', async () => {
    const id = await shop.place({
      ...posters(1),
      status: 'processing',
      payment_method: 'cod',
      billing: person('Cod', 'Brun', 'cod@exemple.example'),
    });
    await shop.tell(id, 'order.created');
    expect(await only(id)).toMatchObject({ status: 'sent', total: 2_390, paid: 0 });
    await shop.act({ act: 'change', order: Number(id), fields: { status: 'completed' } });
    await shop.tell(id, 'order.updated');
    expect(await only(id)).toMatchObject({ total: 2_390, paid: 2_390 });
  });

  it('that costs nothing keeps its contact and makes no invoice', async () => {
    const id = await shop.place({ ...PAID, billing: person('Gra', 'Tuit', 'gratuit@exemple.example') });
    await shop.tell(id, 'order.created');
    expect(await bookedOf(id)).toEqual([]);
    expect((await shop.people()).filter(({ Email }) => Email === 'gratuit@exemple.example')).toHaveLength(1);
  });
});

describe('what the shop changes after the invoice was sent', () => {
  it('is noted on it once, each refund by itself, and the invoice stays as it is', async () => {
    const id = await shop.place({
      ...PAID,
      ...posters(4),
      billing: person('Rosa', 'Vert', 'rosa@exemple.example'),
    });
    await shop.tell(id, 'order.created');
    await shop.act({ act: 'refund', order: Number(id), amount: '30.00', reason: 'Abîmé' });
    await shop.act({ act: 'refund', order: Number(id), amount: '10.00' });
    await shop.tell(id, 'order.updated', 'order.updated');
    const { comments = [], ...invoice } = (await only(id)) ?? {};
    expect(invoice).toMatchObject({ total: 9_560, paid: 9_560 });
    expect(comments).toEqual([
      expect.stringMatching(/^La boutique a remboursé 30,00 € au client : Abîmé \(refund \d+\)\.$/),
      expect.stringMatching(/^La boutique a remboursé 10,00 € au client \(refund \d+\)\.$/),
    ]);
  });

  it('before it was booked is taken with it: invoice, payment and refund', async () => {
    const id = await shop.place({
      ...PAID,
      ...posters(1),
      billing: person('Max', 'Bleu', 'max@exemple.example'),
    });
    await shop.act({ act: 'refund', order: Number(id), amount: '23.90' });
    await shop.tell(id, 'order.updated');
    expect(await only(id)).toMatchObject({
      total: 2_390,
      paid: 2_390,
      comments: [expect.stringContaining('23,90 €')],
    });
  });

  it('by an edit is noted with both amounts, and a cancellation too', async () => {
    const id = await shop.place({
      ...posters(1),
      status: 'processing',
      payment_method: 'cod',
      billing: person('Ed', 'It', 'edit@exemple.example'),
    });
    await shop.tell(id, 'order.created');
    await shop.act({ act: 'change', order: Number(id), fields: posters(2) });
    await shop.tell(id, 'order.updated', 'order.updated');
    await shop.act({ act: 'bin', order: Number(id) });
    await shop.tell(id, 'order.deleted');
    const invoice = await only(id);
    expect(invoice).toMatchObject({ total: 2_390, paid: 0 });
    expect(invoice?.comments).toEqual([
      expect.stringContaining('47,80 € dans la boutique, au lieu de 23,90 €'),
      expect.stringContaining('annulée'),
    ]);
  });
});

describe('an invoice that somebody voided in Books', () => {
  it('is not made again, whatever becomes of the order', async () => {
    const billing = person('Ann', 'Ulée', 'annulee@exemple.example');
    const id = await shop.place({ ...posters(1), status: 'processing', payment_method: 'cod', billing });
    await shop.tell(id, 'order.created');
    await shop.voidInvoice(shop.reference(id));
    await shop.act({ act: 'change', order: Number(id), fields: { status: 'completed' } });
    await shop.tell(id, 'order.updated');
    expect(await only(id)).toMatchObject({ status: 'void', paid: 0 });
    expect((await lastRun())?.summary?.en).toContain('voided in Zoho Books');
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
