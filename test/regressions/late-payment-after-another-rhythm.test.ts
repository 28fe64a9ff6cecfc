import { type Money, openMoney } from '../money/rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney({ subscriptions: 'profiles' });
});
afterAll(() => money.close());

it('a payment that is told after its subscription went from months to years settles the invoice that was made of its month', async () => {
  const { subscription } = await money.act<never>({
    act: 'subscribe',
    email: 'annuelle@exemple.example',
    items: [{ name: 'Hébergement', amountMinor: 2_490 }],
  });
  const { id, items } = subscription as { id: string; items: { data: { id: string }[] } };
  const begun = await money.announced();
  const isOfMoney = ({ type }: { type: string }): boolean => !type.startsWith('customer.subscription.');
  await money.play(...begun.filter((event) => !isOfMoney(event)));
  const item = { name: 'Hébergement à l’année', amountMinor: 24_900, interval: 'year' };
  await money.act({ act: 'add-item', subscription: id, item, prorate: 'none' });
  await money.act({ act: 'remove-item', subscription: id, item: items.data[0]?.id, prorate: 'none' });
  await money.play(...(await money.announced()));
  await money.play(...begun.filter(isOfMoney));

  expect(await money.unfinished()).toEqual([]);
  const { recurringInvoices = [] } = await money.books();
  const profile = recurringInvoices.find((row) => row.reference_number === id);
  expect(profile).toMatchObject({ recurrence_frequency: 'years', totalMinor: 24_900 });
  const own = (await money.invoices()).filter((row) => row.customer_id === profile?.customer_id);
  expect(own.map((row) => [row.recurring_invoice_id, row.totalMinor, row.paidMinor])).toEqual([
    [profile?.recurring_invoice_id, 2_490, 2_490],
  ]);
});
