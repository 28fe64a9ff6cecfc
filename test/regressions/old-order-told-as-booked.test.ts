import { randomUUID } from 'node:crypto';
import { insertReceiver } from '../../server/store/receivers.ts';
import { ORGANISATION } from '../engine/rig.ts';
import { openShop, type Shop } from '../orders/rig.ts';
import { woo } from '../orders/shops.ts';

/**
 * An edit of an order that was paid long ago was told of as a payment that was booked just now, and so was one that a
 * person had recorded.
 */

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const [MADE, CHANGED] = woo.topics;
const told = async () => {
  const rows = await shop.rig.database.query<{ reference: string }>(
    `select data->>'reference' as reference from dispatches where fact = 'payment.booked' order by seq`,
  );
  return rows.map(({ reference }) => reference);
};

it('what was paid, or recorded by a person, before is told of by no later change; what is recorded now is, once', async () => {
  const { database } = shop.rig;
  const order = (first: string, pays: 'at-once' | 'on-delivery' = 'at-once') =>
    shop.order({ first, last: 'Ancien', email: `${first}@exemple.example`, quantity: 1, pays });
  const old = await order('ulysse');
  await shop.tell(old, MADE);
  const unpaid = await order('vera', 'on-delivery');
  await shop.tell(unpaid, MADE);

  const receiver = { id: randomUUID(), organisationId: ORGANISATION.id, integrations: null };
  await insertReceiver(
    database,
    { ...receiver, url: 'https://hooks.example.com/', description: '', facts: ['payment.booked'] },
    50,
  );
  await shop.tell(old, CHANGED, CHANGED);
  expect(await told()).toEqual([]);

  await shop.payByHand(shop.reference(unpaid));
  await shop.deed(unpaid, { is: 'goods-went' });
  await shop.tell(unpaid, CHANGED);
  expect(await told()).toEqual([]);

  const now = await order('wanda');
  await shop.tell(now, MADE, CHANGED);
  expect(await told()).toEqual([shop.reference(now)]);
});
