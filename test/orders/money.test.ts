import { apart, check, told } from '../money/checked.ts';
import { openShop, type Shop } from './rig.ts';

/** A shop's orders beside the books, as an accountant sees them. */

const PAID = {
  status: 'processing',
  payment_method: 'stripe',
  payment_method_title: 'Carte bancaire',
  line_items: [{ product_id: 10, quantity: 1 }],
};

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
  // It is on since before the shop of the sandbox had its first order.
  await shop.rig.database.query(`update integration_changes set at = at - interval '90 days'`);
});
afterAll(() => shop.close());

const inBooks = (wish: object): Promise<unknown> => shop.sandbox.act('zoho-books', wish);
const ordered = async (email: string, more: object = {}): Promise<string> => {
  const id = await shop.place({ ...PAID, billing: { first_name: 'Ada', last_name: email, email }, ...more });
  await shop.tell(id, 'order.created');
  return id;
};

/** Differences of one order. */
async function of(order: string): Promise<string[]> {
  const account = await check(shop);
  const found = account.result?.differences.filter(({ movement }) => movement?.recordId === order) ?? [];
  return found.map(({ reason, minor }) => `${reason} ${minor}`);
}

it('says what is not booked, then 0.00 once every order is', async () => {
  const before = await check(shop);
  const waiting = before.result?.differences ?? [];
  expect(new Set(waiting.map(({ reason }) => reason))).toEqual(new Set(['not-booked']));
  for (const { movement } of waiting) await shop.tell(movement?.recordId ?? '', 'order.updated');
  await ordered('a@exemple.example');
  const after = await check(shop);
  expect(told(after)).toEqual([]);
  expect(apart(after)).toEqual({ EUR: 0 });
});

it('an order that waits for its money is no difference, and one that is taken back is said in words', async () => {
  const held = await ordered('b@exemple.example', { status: 'on-hold', payment_method: 'bacs' });
  expect(await of(held)).toEqual([]);
  const back = await ordered('c@exemple.example');
  await shop.act({ act: 'refund', order: Number(back), amount: '10.00' });
  await shop.rig.database.query(`update runs set finished_at = finished_at - interval '1 hour'`);
  expect(await of(back)).toEqual(['refund-not-carried -1000']);
  await shop.tell(back, 'order.updated');
  expect(await of(back)).toEqual([]);
  const { result } = await check(shop);
  expect(result?.days.reduce((sum, { notedMinor }) => sum + notedMinor, 0)).toBeLessThanOrEqual(-1_000);
});

it('names an order whose payment was edited, and one whose payment was deleted', async () => {
  const order = await ordered('d@exemple.example');
  const payment = async (): Promise<string> => {
    const { payments = [] } = await shop.sandbox.state('zoho-books');
    return String(payments.find((row) => row.reference_number === shop.reference(order))?.payment_id);
  };
  await inBooks({ act: 'edit-payment', payment: await payment(), amountMinor: 2_000 });
  expect(await of(order)).toEqual(['edited 390']);
  await inBooks({ act: 'delete-payment', payment: await payment() });
  expect(await of(order)).toEqual(['deleted 2390']);
});
