import { type Money, openMoney } from '../money/rig.ts';

interface Played {
  readonly subscription: {
    readonly id: string;
    readonly items: { readonly data: readonly { readonly current_period_end: number }[] };
  };
}

const paris = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });
const dayOf = (seconds: number): string => paris.format(new Date(seconds * 1_000));
const endOf = ({ subscription }: Played): number => subscription.items.data[0]?.current_period_end ?? 0;

let money: Money;
beforeAll(async () => {
  money = await openMoney({ subscriptions: 'profiles' });
});
afterAll(() => money.close());

it('a period whose payment got an invoice of its own while the recurring one was stopped is not invoiced again once it is resumed', async () => {
  const items = [{ name: 'Hébergement', amountMinor: 2_490 }];
  const begun = await money.act<Played & Record<string, never>>({
    ...{ act: 'subscribe', email: 'suspendue@exemple.example', items },
  });
  const { id } = begun.subscription;
  await money.play(...(await money.announced()));
  const end = endOf(begun);
  // The next period begins and is paid; before Books comes to its day, and before the payment is told, it is paused.
  const next = await money.act<Played & Record<string, never>>({
    ...{ act: 'renew-subscription', subscription: id, at: end },
  });
  const renewal = await money.announced();
  await money.act({ act: 'pause-subscription', subscription: id, at: end });
  await money.play(...(await money.announced()));
  await money.play(...renewal);
  await money.act({ act: 'resume-subscription', subscription: id, at: end });
  await money.play(...(await money.announced()));
  await money.sandbox.act('zoho-books', { act: 'make-due', through: dayOf(end + 86_400) });

  expect(await money.unfinished()).toEqual([]);
  const { recurringInvoices = [] } = await money.books();
  const profile = recurringInvoices.find((row) => row.reference_number === id);
  expect(profile).toMatchObject({ status: 'active', next_invoice_date: dayOf(endOf(next)) });
  const own = (await money.invoices()).filter((row) => row.customer_id === profile?.customer_id);
  expect(own.map((row) => [row.recurring_invoice_id !== undefined, row.totalMinor, row.paidMinor])).toEqual([
    [true, 2_490, 2_490],
    [false, 2_490, 2_490],
  ]);
});
