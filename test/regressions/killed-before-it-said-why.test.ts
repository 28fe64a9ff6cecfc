import { keys } from '../../server/flows/stripe-payment-to-books/keys.ts';
import { type Money, openMoney } from '../money/rig.ts';

/**
 * That a subscription cannot be a recurring invoice is said once, by a run that is set aside. Killed after it had noted that
 * it was said, and before it was, the run said nothing when it was taken up again.
 */

let money: Money;
beforeAll(async () => {
  money = await openMoney({ subscriptions: 'profiles' });
});
afterAll(() => money.close());

it('a run that was killed between noting why there is no recurring invoice and saying so says it when it is taken up', async () => {
  const items = [
    { name: 'Hébergement', amountMinor: 2_490 },
    { name: 'Domaine', amountMinor: 1_200, interval: 'year' },
  ];
  const { subscription } = await money.act({ act: 'subscribe', email: 'tuee@exemple.example', items });
  const id = String(subscription?.id);
  const events = (await money.announced()).filter(({ type }) => type === 'customer.subscription.created');
  await money.play(...events);
  const { query } = money.rig.database;
  expect(await money.unfinished()).toMatchObject([{ state: 'shelved', error: { field: 'subscription' } }]);
  const noted = await query('select from links where left_id = $1', [keys.said(id)]);
  expect(noted).toHaveLength(1);
  // What is noted stands, and the run is taken up once more: as it is after a kill between the two.
  await money.replayShelved();
  expect(await money.unfinished()).toMatchObject([{ state: 'shelved', error: { field: 'subscription' } }]);

  // Another event of it says nothing more.
  await money.act({ act: 'change-subscription', subscription: id, quantity: 2, prorate: 'none' });
  await money.play(...(await money.announced()));
  expect(await money.unfinished()).toHaveLength(1);
});
