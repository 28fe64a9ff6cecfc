import { type Money, openMoney } from '../money/rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney({ subscriptions: 'profiles', standing: 'new', settles: 'none' });
});
afterAll(() => money.close());

interface Played {
  readonly subscription: {
    readonly id: string;
    readonly customer: string;
    readonly items: { readonly data: readonly { readonly current_period_end: number }[] };
  };
}

let people = 0;
function subscribed(members: object = {}): Promise<Played> {
  people += 1;
  return money.act<never>({
    act: 'subscribe',
    email: `unique${people}@exemple.example`,
    name: `Unique ${people}`,
    items: [{ name: 'Hébergement', amountMinor: 2_490 }],
    ...members,
  });
}
const acted = (act: string, { subscription }: Played, members: object = {}): Promise<Played> =>
  money.act<never>({ act, subscription: subscription.id, ...members });

const endOf = ({ subscription }: Played): number => subscription.items.data[0]?.current_period_end ?? 0;
const paris = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });
const dayOf = (seconds: number): string => paris.format(new Date(seconds * 1_000));
const due = (at: number) => money.sandbox.act('zoho-books', { act: 'make-due', through: dayOf(at + 86_400) });
const told = async (): Promise<void> => money.play(...(await money.announced()));

/** Stripe renews, and it is told of, before Books has made its invoice of that day; or after. */
async function renewed(before: Played, first: 'Stripe' | 'Books'): Promise<Played> {
  const at = endOf(before);
  if (first === 'Books') await due(at);
  const after = await acted('renew-subscription', before, { at });
  await told();
  if (first === 'Stripe') {
    await due(at);
    await money.replayShelved();
  }
  return after;
}

/** What each invoice comes to and what of it was paid, and whether the recurring one made it. */
async function invoicesOf({ subscription: { customer } }: Played) {
  const { contacts = [] } = await money.books();
  const { customers = [] } = await money.sandbox.state('stripe', 'customers');
  const name = customers.find(({ id }) => id === customer)?.name;
  const own = contacts.filter((row) => row.contact_name === name).map((row) => row.contact_id);
  return (await money.invoices())
    .filter((row) => own.includes(row.customer_id))
    .map((row) => [
      row.totalMinor,
      row.paidMinor,
      row.recurring_invoice_id === undefined ? 'own' : 'recurring',
    ]);
}
const both = (minor: number) => [minor, minor, 'recurring'];

describe.each(['Books', 'Stripe'] as const)('where %s is first on the day of a renewal', (first) => {
  it('a discount of one charge behind a trial is in the first invoice, and in none that follows', async () => {
    let played = await subscribed({ trialDays: 14, coupon: { percentOff: 50, duration: 'once' } });
    await told();
    played = await renewed(played, first);
    played = await renewed(played, first);
    expect(await invoicesOf(played)).toEqual([both(1_245), both(2_490)]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('one that is given in between is in the next invoice alone', async () => {
    let played = await subscribed();
    await told();
    await acted('discount-subscription', played, { coupon: { amountOff: 490, duration: 'once' } });
    await told();
    played = await renewed(played, first);
    played = await renewed(played, first);
    expect(await invoicesOf(played)).toEqual([both(2_490), both(2_000), both(2_490)]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('the discount of a customer, by a promotion code, is in the invoices for as long as they have it', async () => {
    let played = await subscribed();
    await told();
    await acted('discount-customer', played, { coupon: { percentOff: 20, promotionCode: 'promo_1' } });
    await told();
    played = await renewed(played, first);
    await acted('discount-customer', played);
    await told();
    played = await renewed(played, first);
    expect(await invoicesOf(played)).toEqual([both(2_490), both(1_992), both(2_490)]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('one of a customer for a single charge is in one invoice', async () => {
    let played = await subscribed();
    await told();
    await acted('discount-customer', played, { coupon: { percentOff: 50, duration: 'once' } });
    await told();
    played = await renewed(played, first);
    played = await renewed(played, first);
    expect(await invoicesOf(played)).toEqual([both(2_490), both(1_245), both(2_490)]);
    expect(await money.unfinished()).toEqual([]);
  });
});

it('the discount of a customer is not taken where the subscription has its own, nor off another product', async () => {
  let played = await subscribed();
  await told();
  await acted('discount-customer', played, { coupon: { percentOff: 50, products: ['Autre'] } });
  await told();
  played = await renewed(played, 'Books');
  await acted('discount-subscription', played, { coupon: { percentOff: 10 } });
  await acted('discount-customer', played, { coupon: { percentOff: 50 } });
  await told();
  played = await renewed(played, 'Books');
  expect(await invoicesOf(played)).toEqual([both(2_490), both(2_490), both(2_241)]);
  expect(await money.unfinished()).toEqual([]);
});

it('a charge of nothing leaves no invoice to pay, also where the subscription is looked at again on its day', async () => {
  let played = await subscribed();
  await told();
  await acted('discount-subscription', played, { coupon: { percentOff: 100, duration: 'once' } });
  await told();
  played = await renewed(played, 'Stripe');
  await acted('change-subscription', played, { name: 'Hébergement Pro', prorate: 'none' });
  await told();
  played = await renewed(played, 'Stripe');
  expect(await invoicesOf(played)).toEqual([both(2_490), both(2_490)]);
  expect(await money.unfinished()).toEqual([]);
});

it('a price that changes before Books has made the invoice of the period is carried after it', async () => {
  let played = await subscribed();
  await told();
  const at = endOf(played);
  played = await acted('renew-subscription', played, { at });
  await acted('change-subscription', played, { amountMinor: 3_000, prorate: 'none' });
  await told();
  await due(at);
  await money.replayShelved();
  played = await renewed(played, 'Books');
  expect(await invoicesOf(played)).toEqual([both(2_490), both(2_490), both(3_000)]);
  expect(await money.unfinished()).toEqual([]);
});
