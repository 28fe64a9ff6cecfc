import { openShop, type Shop } from './rig.ts';

/** An account in the sandbox's Books that money lies in. */
const BANK = '48760000000000303';
const DOCUMENTS = { refunds: 'refund', account: BANK };

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(DOCUMENTS);
});
afterAll(() => shop.close());
beforeEach(() => shop.set(DOCUMENTS));

let people = 0;
async function ordered(fields: object = {}): Promise<string> {
  people += 1;
  return shop.place({
    status: 'processing',
    set_paid: true,
    payment_method: 'stripe',
    line_items: [{ product_id: 10, quantity: 10 }],
    billing: { first_name: 'Retour', last_name: `Nº ${people}`, email: `retour${people}@exemple.example` },
    ...fields,
  });
}

interface Line {
  readonly id: number;
  readonly total: string;
  readonly total_tax: string;
  readonly taxes: readonly { readonly id: number; readonly total: string }[];
}
async function linesOf(id: string): Promise<Line[]> {
  const { orders = [] } = await shop.sandbox.state('woocommerce');
  return orders.find((row) => String(row.id) === id)?.line_items as Line[];
}

interface Credit {
  readonly total: number;
  readonly left: number;
  readonly paid: readonly number[];
  readonly taxed: readonly (readonly [name: string, minor: number, tax: number])[];
}

/** Credit notes of an order's refunds, in the order in which they were made. */
async function creditsOf(id: string): Promise<Credit[]> {
  const { creditNotes = [] } = await shop.books();
  return creditNotes
    .filter((row) => String(row.reference_number).startsWith(`${shop.reference(id)} refund `))
    .map((row) => ({
      total: Number(row.totalMinor),
      left: Number(row.balanceMinor),
      paid: ((row.refunds ?? []) as { amountMinor: number }[]).map(({ amountMinor }) => amountMinor),
      taxed: (row.lines as { name: string; totalMinor: number; taxMinor: number }[]).map((line) => [
        line.name,
        line.totalMinor,
        line.taxMinor,
      ]),
    }));
}
const bookedOf = async (id: string) =>
  (await shop.booked()).find(({ reference }) => reference === shop.reference(id));

describe('what a shop gives back', () => {
  it('is exactly what was paid where all of it went back: 179.25, though its lines come to 179.26', async () => {
    const id = await ordered({ coupon_lines: [{ code: 'bienvenue25' }] });
    await shop.tell(id, 'order.created');
    const before = await bookedOf(id);
    expect(before).toMatchObject({ total: 17_925, paid: 17_925 });
    const [line] = await linesOf(id);
    await shop.act({
      act: 'refund',
      order: Number(id),
      amount: '179.25',
      line_items: [
        {
          id: line?.id,
          quantity: 10,
          refund_total: '149.38',
          refund_tax: [{ id: 1, refund_total: '29.88' }],
        },
      ],
    });
    await shop.tell(id, 'order.updated', 'order.updated');
    expect(await creditsOf(id)).toMatchObject([{ total: 17_925, left: 0, paid: [17_925] }]);
    expect(await bookedOf(id)).toMatchObject({ ...before, comments: [expect.stringMatching(/Avoir INV-/)] });
  });

  it('by line stands by its line, with its tax', async () => {
    const id = await ordered();
    await shop.tell(id, 'order.created');
    const [line] = await linesOf(id);
    const rate = line?.taxes[0]?.id;
    await shop.act({
      act: 'refund',
      order: Number(id),
      amount: '47.80',
      reason: 'Deux abîmées',
      line_items: [
        {
          id: line?.id,
          quantity: 2,
          refund_total: '39.83',
          refund_tax: [{ id: rate, refund_total: '7.97' }],
        },
      ],
    });
    await shop.tell(id, 'order.updated');
    const [credit] = await creditsOf(id);
    expect(credit).toMatchObject({ total: 4_780, left: 0, paid: [4_780] });
    expect(credit?.taxed).toEqual([[expect.stringContaining('Affiche'), 4_780, 797]]);
  });

  it('as an amount alone takes each tax in proportion, several times, each once', async () => {
    const id = await ordered();
    await shop.tell(id, 'order.created');
    await shop.act({ act: 'refund', order: Number(id), amount: '30.00' });
    await shop.tell(id, 'order.updated');
    await shop.act({ act: 'refund', order: Number(id), amount: '0.01' });
    await shop.accept(id, 'order.updated', 'order.updated');
    await shop.tell(id, 'order.updated');
    expect(await creditsOf(id)).toEqual([
      { total: 3_000, left: 0, paid: [3_000], taxed: [[expect.any(String), 3_000, 500]] },
      { total: 1, left: 0, paid: [1], taxed: [[expect.any(String), 1, 0]] },
    ]);
    expect((await bookedOf(id))?.comments).toHaveLength(2);
  });

  it('costs one look at the taxes, however many refunds there are', async () => {
    const id = await ordered();
    await shop.tell(id, 'order.created');
    for (const amount of ['10.00', '20.00', '30.00'])
      await shop.act({ act: 'refund', order: Number(id), amount });
    const from = shop.calls().length;
    await shop.tell(id, 'order.updated');
    const looks = shop
      .calls()
      .slice(from)
      .filter((call) => call.endsWith('/settings/taxes'));
    expect(looks).toHaveLength(1);
    expect((await creditsOf(id)).map(({ total }) => total)).toEqual([1_000, 2_000, 3_000]);
  });

  it('before the order was booked is taken with it', async () => {
    const id = await ordered();
    await shop.act({ act: 'refund', order: Number(id), amount: '239.00' });
    await shop.tell(id, 'order.updated');
    expect(await bookedOf(id)).toMatchObject({ total: 23_900, paid: 23_900 });
    expect(await creditsOf(id)).toMatchObject([{ total: 23_900, left: 0, paid: [23_900] }]);
  });

  it('of an order that is not paid yet is no longer owed, and the rest is paid later', async () => {
    const id = await ordered({ set_paid: false, payment_method: 'cod' });
    await shop.tell(id, 'order.created');
    await shop.act({ act: 'refund', order: Number(id), amount: '39.00' });
    await shop.tell(id, 'order.updated');
    expect(await creditsOf(id)).toMatchObject([{ total: 3_900, left: 0, paid: [] }]);
    await shop.act({ act: 'change', order: Number(id), fields: { status: 'completed' } });
    await shop.tell(id, 'order.updated');
    expect(await bookedOf(id)).toMatchObject({ total: 23_900, paid: 20_000 });
  });

  it.each(['/creditnotes$', '/refunds$', '/comments$'])(
    'is there once where the answer of %s is lost',
    async (path) => {
      const id = await ordered();
      await shop.tell(id, 'order.created');
      await shop.act({ act: 'refund', order: Number(id), amount: '10.00' });
      await shop.sandbox.fault('zoho-books', { commitThenFail: '500', methods: ['POST'], path, count: 1 });
      await shop.tell(id, 'order.updated');
      await shop.sandbox.fault('zoho-books', null);
      expect(await creditsOf(id)).toMatchObject([{ total: 1_000, left: 0, paid: [1_000] }]);
      expect((await bookedOf(id))?.comments).toHaveLength(1);
    },
  );

  it('stays a comment where it was noted before documents were wished, and the shop is not asked of it again', async () => {
    shop.set({ refunds: 'comment' });
    const id = await ordered();
    await shop.tell(id, 'order.created');
    await shop.act({ act: 'refund', order: Number(id), amount: '10.00' });
    await shop.tell(id, 'order.updated');
    shop.set({ refunds: 'creditNote', account: '' });
    await shop.tell(id, 'order.updated');
    expect(await creditsOf(id)).toEqual([]);
    await shop.act({ act: 'refund', order: Number(id), amount: '5.00' });
    await shop.tell(id, 'order.updated');
    expect(await creditsOf(id)).toMatchObject([{ total: 500, left: 500, paid: [] }]);
  });
});
