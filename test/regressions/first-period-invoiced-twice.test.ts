import { type Money, openMoney } from '../money/rig.ts';

interface Played {
  readonly subscription: {
    readonly id: string;
    readonly items: {
      readonly data: readonly { readonly id: string; readonly current_period_end: number }[];
    };
  };
}

const paris = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });

let money: Money;
beforeAll(async () => {
  money = await openMoney({ subscriptions: 'profiles' });
});
afterAll(() => money.close());

it('a period whose payment got an invoice of its own is not invoiced once more by a recurring invoice that is made on the same day', async () => {
  const items = [
    { name: 'Hébergement', amountMinor: 2_490 },
    { name: 'Domaine', amountMinor: 1_200, interval: 'year' },
  ];
  const begun = await money.act<never>({ act: 'subscribe', email: 'deux-rythmes@exemple.example', items });
  await money.play(...(await money.announced()));
  const { subscription } = begun as Played;
  const item = subscription.items.data[1]?.id;
  await money.act({ act: 'remove-item', subscription: subscription.id, item, prorate: 'none' });
  await money.play(...(await money.announced()));

  const { recurringInvoices = [] } = await money.books();
  const own = recurringInvoices.filter((row) => row.reference_number === subscription.id);
  const next = paris.format(new Date((subscription.items.data[0]?.current_period_end ?? 0) * 1_000));
  expect(own.map((row) => row.start_date)).toEqual([next]);
  const ofProfile = (await money.invoices()).filter((row) => row.recurring_invoice_id !== undefined);
  expect(ofProfile).toEqual([]);
});
