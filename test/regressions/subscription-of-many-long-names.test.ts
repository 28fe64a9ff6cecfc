import { hash } from 'node:crypto';
import { type Money, openMoney } from '../money/rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney({ subscriptions: 'profiles' });
});
afterAll(() => money.close());

/** Words that do not come again: what is stored of them cannot be made small. */
const nameOf = (nth: number): string =>
  ['a', 'b', 'c']
    .map((part) => hash('sha512', `${part} ${nth}`, 'base64'))
    .join(' ')
    .slice(0, 190);

it('a subscription of twenty items with long names becomes one recurring invoice, and its payment settles what that makes', async () => {
  const items = Array.from({ length: 20 }, (_, nth) => ({ name: nameOf(nth), amountMinor: 100 + nth }));
  const email = 'vingt@exemple.example';
  const { subscription } = await money.act<never>({ act: 'subscribe', email, items });
  const { id } = subscription as { id: string };
  await money.play(...(await money.announced()));

  expect(await money.unfinished()).toEqual([]);
  const { recurringInvoices = [] } = await money.books();
  const [profile, ...others] = recurringInvoices.filter((row) => row.reference_number === id);
  expect(others).toEqual([]);
  const own = (await money.invoices()).filter((row) => row.customer_id === profile?.customer_id);
  expect(own.map((row) => [row.recurring_invoice_id, row.totalMinor, row.paidMinor])).toEqual([
    [profile?.recurring_invoice_id, 2_190, 2_190],
  ]);
});
