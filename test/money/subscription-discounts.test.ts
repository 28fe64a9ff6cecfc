import { again } from './events.ts';
import { type Money, openMoney, type StripeEvent } from './rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney({ subscriptions: 'profiles', standing: 'new', settles: 'none' });
});
afterAll(() => money.close());

interface Played {
  readonly subscription: {
    readonly id: string;
    readonly customer: string;
    readonly items: {
      readonly data: readonly { readonly id: string; readonly current_period_end: number }[];
    };
  };
}
type Row = Readonly<Record<string, unknown>>;

let people = 0;
function subscribed(members: object = {}): Promise<Played> {
  people += 1;
  return money.act<never>({
    act: 'subscribe',
    email: `remise${people}@exemple.example`,
    name: `Remisé ${people}`,
    items: [{ name: 'Hébergement', amountMinor: 2_490 }],
    ...members,
  });
}
const acted = (act: string, { subscription }: Played, members: object = {}): Promise<Played> =>
  money.act<never>({ act, subscription: subscription.id, ...members });

const endOf = ({ subscription }: Played): number => subscription.items.data[0]?.current_period_end ?? 0;
const paris = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });
const dayOf = (seconds: number): string => paris.format(new Date(seconds * 1_000));
const due = (through: number) =>
  money.sandbox.act('zoho-books', { act: 'make-due', through: dayOf(through + 86_400) });

async function renewed(before: Played): Promise<Played> {
  const at = endOf(before);
  await due(at);
  return acted('renew-subscription', before, { at });
}

type Order = (events: StripeEvent[]) => StripeEvent[];
async function told(how: Order = (events) => events): Promise<void> {
  await money.play(...how(await money.announced()));
}
const EACH_WAY: readonly (readonly [string, Order])[] = [
  ['as they came', (events) => events],
  ['turned round', (events) => events.toReversed()],
  ['each twice', (events) => events.flatMap((event) => [event, again(event)])],
];

async function profileOf({ subscription: { id } }: Played): Promise<Row> {
  const { recurringInvoices = [] } = await money.books();
  const own = recurringInvoices.filter((row) => row.reference_number === id);
  expect(own).toHaveLength(1);
  return own[0] ?? {};
}

/** What each invoice of the subscriber comes to and what of it was paid, and whether the recurring one made it. */
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
const own = (minor: number) => [minor, minor, 'own'];

/** What Stripe charged, oldest first: the judge. */
async function chargedOf({ subscription: { customer } }: Played): Promise<unknown[]> {
  const { payment_intents: intents = [] } = await money.sandbox.state('stripe', 'payment_intents');
  return intents.filter((one) => one.customer === customer).map(({ amount }) => amount);
}

describe('a discount that stays is in the recurring invoice, to the cent', () => {
  it.each(EACH_WAY)('of so many per cent, begun and renewed, told %s', async (_, how) => {
    let played = await subscribed({ coupon: { percentOff: 15 } });
    await told(how);
    played = await renewed(played);
    await told(how);
    // 15 % of 24.90 are 3.735, which Stripe rounds to 3.74.
    expect(await chargedOf(played)).toEqual([2_116, 2_116]);
    expect(await invoicesOf(played)).toEqual([both(2_116), both(2_116)]);
    expect(await money.unfinished()).toEqual([]);
  });

  it.each([
    ['eur', { amountOff: 500 }, 1_990],
    ['usd', { amountOff: 333, currency: 'usd' }, 2_157],
    ['jpy', { amountOff: 490 }, 2_000],
    ['eur', { percentOff: 33.33 }, 1_660],
  ])('in %s, of %j', async (currency, coupon, left) => {
    let played = await subscribed({ currency, coupon });
    await told();
    played = await renewed(played);
    await told();
    expect(await chargedOf(played)).toEqual([left, left]);
    expect(await invoicesOf(played)).toEqual([both(left), both(left)]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('of several, over several items with taxes on top and included, one of them for one product alone', async () => {
    let played = await subscribed({
      items: [
        { name: 'Siège', amountMinor: 999, quantity: 3, taxPercent: 20 },
        { name: 'Livre', amountMinor: 1_055, taxPercent: 5.5, inclusive: true },
      ],
      coupon: { percentOff: 10, products: ['Siège'] },
    });
    const book = played.subscription.items.data[1]?.id;
    await told();
    played = await acted('discount-subscription', played, { coupon: { amountOff: 700 } });
    played = await acted('discount-subscription', played, { item: book, coupon: { percentOff: 50 } });
    await told();
    played = await renewed(played);
    await told();
    const [first, second] = await chargedOf(played);
    expect(Number(second)).toBeLessThan(Number(first) - 700);
    expect(await invoicesOf(played)).toEqual([both(Number(first)), both(Number(second))]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('added later, it is in the invoices from then on; taken away later, in none that follows', async () => {
    let played = await subscribed();
    await told();
    played = await acted('discount-subscription', played, { coupon: { percentOff: 20 } });
    await told();
    played = await renewed(played);
    await told();
    played = await acted('undiscount-subscription', played);
    await told();
    played = await renewed(played);
    await told();
    expect(await invoicesOf(played)).toEqual([both(2_490), both(1_992), both(2_490)]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('after a trial, and begun while nobody listened, it is there as well', async () => {
    let played = await subscribed({ trialDays: 14, coupon: { percentOff: 20 } });
    await told();
    played = await renewed(played);
    await told();
    expect(await invoicesOf(played)).toEqual([both(1_992)]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('of all that it costs: there is no recurring invoice, and it comes with what is charged again', async () => {
    let played = await subscribed({ coupon: { percentOff: 100 } });
    await told();
    expect(await invoicesOf(played)).toEqual([]);
    played = await acted('undiscount-subscription', played);
    await told();
    played = await renewed(played);
    await told();
    expect((await invoicesOf(played)).at(-1)).toEqual(both(2_490));
    expect(await money.unfinished()).toEqual([]);
  });
});

describe('a discount that ends', () => {
  it.each(EACH_WAY)(
    'after three months is in three invoices and not in the fourth, told %s',
    async (_, how) => {
      let played = await subscribed({ coupon: { percentOff: 50, duration: 'repeating', months: 3 } });
      await told(how);
      for (const _month of [1, 2, 3, 4]) {
        played = await renewed(played);
        await told(how);
      }
      const expected = [1_245, 1_245, 1_245, 2_490, 2_490];
      expect(await chargedOf(played)).toEqual(expected);
      expect(await invoicesOf(played)).toEqual(expected.map(both));
      expect(await money.unfinished()).toEqual([]);
    },
  );

  it('where Books is later than Stripe, the new amount waits until the last reduced invoice is made, and goes on by itself', async () => {
    let played = await subscribed({ coupon: { amountOff: 490, duration: 'repeating', months: 2 } });
    await told();
    const at = endOf(played);
    played = await acted('renew-subscription', played, { at });
    await told();
    expect((await profileOf(played)).totalMinor).toBe(2_000);
    const waiting = (await money.runs()).filter(({ state }) => state === 'shelved');
    expect(waiting.length).toBeGreaterThan(0);
    await due(at);
    await money.replayShelved();
    played = await renewed(played);
    await told();
    expect(await invoicesOf(played)).toEqual([both(2_000), both(2_000), both(2_490)]);
    expect(await money.unfinished()).toEqual([]);
  });

  it.each([
    { percentOff: 50, duration: 'once' },
    { amountOff: 1_000, duration: 'once' },
    { percentOff: 50, duration: 'repeating', months: 1 },
  ])(
    'with the first charge (%j): that one is booked by Stripe’s invoice, the whole price recurs',
    async (coupon) => {
      let played = await subscribed({ coupon });
      await told();
      expect(await profileOf(played)).toMatchObject({ totalMinor: 2_490, start_date: dayOf(endOf(played)) });
      played = await renewed(played);
      await told();
      const [first = 0, second] = await chargedOf(played);
      expect(second).toBe(2_490);
      expect(await invoicesOf(played)).toEqual([own(Number(first)), both(2_490)]);
      const said = (await money.runs()).map(({ summary }) => summary?.en ?? '').join('\n');
      expect(said).toContain('booked by the invoice that Stripe issued');
      expect(await money.unfinished()).toEqual([]);
    },
  );
});
