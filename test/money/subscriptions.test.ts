import { again } from './events.ts';
import { type Money, openMoney, type StripeEvent } from './rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney({ subscriptions: 'profiles' });
});
afterAll(() => money.close());
beforeEach(() => money.set({ subscriptions: 'profiles', standing: 'new', settles: 'none' }));

interface Held {
  readonly id: string;
  readonly current_period_end: number;
}
interface Played {
  readonly subscription: { readonly id: string; readonly items: { readonly data: readonly Held[] } };
  readonly intent?: { readonly id: string } | null;
}

let people = 0;
/** Somebody subscribes; a month of hosting, where nothing else is said. */
async function subscribed(members: object = {}): Promise<Played> {
  people += 1;
  return money.act<never>({
    act: 'subscribe',
    email: `abonne${people}@exemple.example`,
    name: `Abonné ${people}`,
    items: [{ name: 'Hébergement', amountMinor: 2_490 }],
    ...members,
  });
}
const acted = (act: string, { subscription }: Played, members: object = {}): Promise<Played> =>
  money.act<never>({ act, subscription: subscription.id, ...members });

const endOf = ({ subscription }: Played): number => subscription.items.data[0]?.current_period_end ?? 0;
const dayOf = (seconds: number): string => paris.format(new Date(seconds * 1_000));
const paris = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** The period is over: Books makes its invoice that day, Stripe begins the next period. */
async function renewed(before: Played, members: object = {}): Promise<Played> {
  const at = endOf(before);
  await money.sandbox.act('zoho-books', { act: 'make-due', through: dayOf(at + 86_400) });
  return acted('renew-subscription', before, { at, ...members });
}

async function told(how: (events: StripeEvent[]) => StripeEvent[] = (events) => events): Promise<void> {
  await money.play(...how(await money.announced()));
}

/** Recurring invoices of a subscription. */
async function profilesOf({ subscription: { id } }: Played) {
  const { recurringInvoices = [] } = await money.books();
  return recurringInvoices.filter((row) => row.reference_number === id);
}
async function profileOf(played: Played) {
  const rows = await profilesOf(played);
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
}

/** All invoices of its subscriber: what each comes to, what of it was paid, and whether the recurring one made it. */
async function invoicesOf(played: Played) {
  const { contacts = [] } = await money.books();
  const { customer } = played.subscription as unknown as { customer: string };
  const { customers = [] } = (await money.sandbox.state('stripe')) as Record<
    string,
    Record<string, unknown>[]
  >;
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

const EACH_WAY = [
  ['as they came', (events: StripeEvent[]) => events],
  ['turned round', (events: StripeEvent[]) => events.toReversed()],
  ['each twice', (events: StripeEvent[]) => events.flatMap((event) => [event, again(event)])],
] as const;

describe('a subscription becomes a recurring invoice, and its payments settle what that makes', () => {
  it.each(EACH_WAY)(
    'begun, renewed twice, told %s: one profile, one invoice a month, each paid',
    async (_, how) => {
      let played = await subscribed();
      await told(how);
      for (const _month of [1, 2]) {
        played = await renewed(played);
        await told(how);
      }
      expect(await profileOf(played)).toMatchObject({
        recurrence_frequency: 'months',
        repeat_every: 1,
        start_date: dayOf(Date.now() / 1_000),
        end_date: '',
        totalMinor: 2_490,
      });
      expect(await invoicesOf(played)).toEqual([
        [2_490, 2_490, 'recurring'],
        [2_490, 2_490, 'recurring'],
        [2_490, 2_490, 'recurring'],
      ]);
      expect(await money.unfinished()).toEqual([]);
    },
  );

  it('a price and a quantity that change are in the invoices to come', async () => {
    let played = await subscribed();
    await told();
    played = await acted('change-subscription', played, { amountMinor: 3_000, prorate: 'none' });
    await told();
    played = await acted('change-subscription', played, { quantity: 3, prorate: 'none' });
    await told();
    played = await renewed(played);
    await told();
    expect(await invoicesOf(played)).toEqual([
      [2_490, 2_490, 'recurring'],
      [9_000, 9_000, 'recurring'],
    ]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('a trial costs nothing: the first invoice is of its end', async () => {
    let played = await subscribed({ trialDays: 14 });
    await told();
    expect(await profileOf(played)).toMatchObject({ start_date: dayOf(endOf(played)) });
    expect(await invoicesOf(played)).toEqual([]);
    played = await renewed(played);
    await told();
    expect(await invoicesOf(played)).toEqual([[2_490, 2_490, 'recurring']]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('paused it makes none; resumed it goes on with its next day', async () => {
    let played = await subscribed();
    await told();
    played = await acted('pause-subscription', played);
    await told();
    expect(await profileOf(played)).toMatchObject({ status: 'stopped' });
    played = await renewed(played);
    await told();
    played = await acted('resume-subscription', played);
    await told();
    expect(await profileOf(played)).toMatchObject({ status: 'active' });
    expect(await invoicesOf(played)).toEqual([[2_490, 2_490, 'recurring']]);
  });

  it('to be cancelled at its end it makes no invoice of a day after it; kept after all it does', async () => {
    let played = await subscribed();
    await told();
    played = await acted('cancel-subscription', played);
    await told();
    expect(await profileOf(played)).toMatchObject({ end_date: dayOf(endOf(played) - 86_400) });
    played = await acted('keep-subscription', played);
    await told();
    expect(await profileOf(played)).toMatchObject({ end_date: '' });
    played = await acted('cancel-subscription', played);
    await told();
    played = await renewed(played);
    await told();
    expect(await profileOf(played)).toMatchObject({ status: 'expired' });
    expect(await invoicesOf(played)).toEqual([[2_490, 2_490, 'recurring']]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('cancelled at once it is stopped', async () => {
    let played = await subscribed();
    await told();
    played = await acted('cancel-subscription', played, { atEnd: false });
    await told();
    expect(await profileOf(played)).toMatchObject({ status: 'stopped' });
    expect(await money.unfinished()).toEqual([]);
  });

  it('a part of a period that is invoiced at once is an invoice of its own, as Stripe counted it', async () => {
    const begun = await subscribed();
    await told();
    const at = Math.round((Date.now() / 1_000 + endOf(begun)) / 2);
    const played = await acted('change-subscription', begun, { amountMinor: 4_990, prorate: 'invoice', at });
    await told();
    const [first, part] = await invoicesOf(played);
    expect(first).toEqual([2_490, 2_490, 'recurring']);
    expect(part?.[2]).toBe('own');
    expect(part?.[0]).toBeGreaterThan(1_200);
    expect(part?.[0]).toBe(part?.[1]);
    expect(await money.unfinished()).toEqual([]);
  });
});

describe('where Books answers badly', () => {
  it('a recurring invoice whose answer was lost is found by its name, and not made twice', async () => {
    const played = await subscribed();
    const events = await money.announced();
    await money.sandbox.fault('zoho-books', {
      commitThenFail: '500',
      methods: ['POST'],
      path: '/recurringinvoices$',
      count: 1,
    });
    await money.play(...events);
    await money.sandbox.fault('zoho-books', null);
    expect(await profileOf(played)).toMatchObject({ status: 'active', totalMinor: 2_490 });
    expect(await invoicesOf(played)).toEqual([[2_490, 2_490, 'recurring']]);
    expect(await money.unfinished()).toEqual([]);
  });
});

describe('as the other choice each invoice that Stripe issues becomes one', () => {
  it.each(EACH_WAY)('begun, changed, renewed and cancelled, told %s', async (_, how) => {
    money.set({ subscriptions: 'invoices' });
    let played = await subscribed();
    await told(how);
    const at = Math.round((Date.now() / 1_000 + endOf(played)) / 2);
    played = await acted('change-subscription', played, { quantity: 2, prorate: 'invoice', at });
    await told(how);
    played = await renewed(played);
    await told(how);
    played = await acted('cancel-subscription', played);
    await told(how);
    played = await renewed(played);
    await told(how);
    expect(await profilesOf(played)).toEqual([]);
    const own = await invoicesOf(played);
    expect(own).toHaveLength(3);
    expect([own[0], own[2]]).toEqual([
      [2_490, 2_490, 'own'],
      [4_980, 4_980, 'own'],
    ]);
    expect(own[1]?.[0]).toBe(own[1]?.[1]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('a trial’s zero invoice is nothing to book', async () => {
    money.set({ subscriptions: 'invoices' });
    const played = await subscribed({ trialDays: 14 });
    await told();
    expect(await invoicesOf(played)).toEqual([]);
    expect(await money.unfinished()).toEqual([]);
  });
});
