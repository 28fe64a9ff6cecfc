import fc from 'fast-check';
import { again } from './events.ts';
import { type Money, openMoney, type StripeEvent } from './rig.ts';

const RUNS = process.env.LIAISON_TEST_SIZE === 'full' ? 150 : 6;

let money: Money;
beforeAll(async () => {
  money = await openMoney({ subscriptions: 'profiles' });
});
afterAll(() => money.close());
beforeEach(() => money.set({ subscriptions: 'profiles', standing: 'new', settles: 'none' }));

interface Held {
  readonly id: string;
  readonly current_period_start: number;
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

interface Shelved {
  readonly kind: string;
  readonly field?: string;
  readonly waitsFor?: string;
}

describe('what stands in the way is told, and nothing is guessed', () => {
  /** What waits on the shelf, emptied for the next one. */
  async function shelved(): Promise<(string | undefined)[]> {
    const rows = await money.unfinished();
    await money.rig.database.query(`update runs set state = 'skipped' where state = 'shelved'`);
    return rows.map(({ error }) => (error as Shelved | null)?.field);
  }

  it('a payment that comes before Books made its invoice waits, and settles it then', async () => {
    let played = await subscribed();
    await told();
    played = await acted('renew-subscription', played, { at: endOf(played) });
    await told();
    expect((await money.unfinished()).map(({ error }) => (error as Shelved).field)).toContain('invoice');
    expect(await invoicesOf(played)).toEqual([[2_490, 2_490, 'recurring']]);
    const day = dayOf(played.subscription.items.data[0]?.current_period_start ?? 0);
    await money.sandbox.act('zoho-books', { act: 'make-due', through: day });
    await money.replayShelved();
    expect(await invoicesOf(played)).toEqual([
      [2_490, 2_490, 'recurring'],
      [2_490, 2_490, 'recurring'],
    ]);
    expect(await shelved()).toEqual([]);
  });

  it('a part that Stripe puts on the next invoice makes another amount: both are said, and the invoice stays open', async () => {
    let played = await subscribed();
    await told();
    const at = Math.round((Date.now() / 1_000 + endOf(played)) / 2);
    played = await acted('change-subscription', played, { amountMinor: 4_990, prorate: 'create', at });
    await told();
    played = await renewed(played);
    await told();
    expect(await invoicesOf(played)).toEqual([
      [2_490, 2_490, 'recurring'],
      [4_990, 0, 'recurring'],
    ]);
    expect(new Set(await shelved())).toEqual(new Set(['amount']));
  });

  it('items of two intervals are no recurring invoice: that is said once, and payments have an invoice each', async () => {
    const played = await subscribed({
      items: [
        { name: 'Hébergement', amountMinor: 2_490 },
        { name: 'Domaine', amountMinor: 1_200, interval: 'year' },
      ],
    });
    await told();
    await acted('change-subscription', played, { quantity: 2, prorate: 'none' });
    await told();
    expect(await profilesOf(played)).toEqual([]);
    expect(await invoicesOf(played)).toEqual([[3_690, 3_690, 'own']]);
    expect(await shelved()).toEqual(['subscription']);
  });

  it('a currency that Books lacks is waited for', async () => {
    const played = await subscribed({ currency: 'sek' });
    await told();
    expect(await profilesOf(played)).toEqual([]);
    await money.sandbox.act('zoho-books', { act: 'add-currency', code: 'SEK' });
    await money.replayShelved();
    expect(await profileOf(played)).toMatchObject({ totalMinor: 2_490 });
    expect(await invoicesOf(played)).toEqual([[2_490, 2_490, 'recurring']]);
    expect(await shelved()).toEqual([]);
  });

  it('an invoice of it that somebody paid by hand sets the payment aside', async () => {
    const played = await subscribed();
    const events = await money.announced();
    await money.play(...events.filter(({ type }) => type.startsWith('customer.subscription.')));
    const invoice = (await money.invoices()).find((row) => row.reference_number === played.subscription.id);
    await money.inBooks('POST', `/invoices/${invoice?.invoice_id}/status/sent`);
    await money.inBooks('POST', '/customerpayments', {
      customer_id: invoice?.customer_id,
      payment_mode: 'cash',
      amount: 24.9,
      date: invoice?.date,
      invoices: [{ invoice_id: invoice?.invoice_id, amount_applied: 24.9 }],
    });
    await money.play(...events);
    expect(await invoicesOf(played)).toEqual([[2_490, 2_490, 'recurring']]);
    expect(new Set(await shelved())).toEqual(new Set(['invoice']));
  });
});

describe('what people do in Books with a recurring invoice is theirs', () => {
  it('deleted, it is not made again, and payments have an invoice each', async () => {
    let played = await subscribed();
    await told();
    const { recurring_invoice_id: profile } = await profileOf(played);
    await money.sandbox.act('zoho-books', { act: 'delete-profile', profile });
    played = await acted('change-subscription', played, { amountMinor: 3_000, prorate: 'none' });
    await told();
    played = await renewed(played);
    await told();
    expect(await profilesOf(played)).toEqual([]);
    expect(await invoicesOf(played)).toEqual([
      [2_490, 2_490, 'recurring'],
      [3_000, 3_000, 'own'],
    ]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('stopped, it stays so, and payments have an invoice each', async () => {
    let played = await subscribed();
    await told();
    const { recurring_invoice_id: id } = await profileOf(played);
    await money.inBooks('POST', `/recurringinvoices/${id}/status/stop`);
    played = await renewed(played);
    await told();
    expect(await profileOf(played)).toMatchObject({ status: 'stopped' });
    expect(await invoicesOf(played)).toEqual([
      [2_490, 2_490, 'recurring'],
      [2_490, 2_490, 'own'],
    ]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('renamed, it keeps its name until something changes at Stripe', async () => {
    let played = await subscribed();
    await told();
    const { recurring_invoice_id: id, customer_id, lines } = await profileOf(played);
    const line_items = (lines as { name: string; rate: number }[]).map(({ name, rate }) => ({ name, rate }));
    const renamed = { recurrence_name: 'Notre nom', customer_id, recurrence_frequency: 'months', line_items };
    await money.inBooks('PUT', `/recurringinvoices/${id}`, renamed);
    played = await renewed(played);
    await told();
    expect(await profileOf(played)).toMatchObject({ recurrence_name: 'Notre nom' });
    await acted('change-subscription', played, { quantity: 2, prorate: 'none' });
    await told();
    expect((await profileOf(played)).recurrence_name).toContain(played.subscription.id);
  });

  it('an invoice that was voided is not this payment’s: it gets one of its own', async () => {
    let played = await subscribed();
    await told();
    const at = endOf(played);
    await money.sandbox.act('zoho-books', { act: 'make-due', through: dayOf(at + 86_400) });
    const child = (await money.invoices()).findLast((row) => row.reference_number === played.subscription.id);
    await money.sandbox.act('zoho-books', { act: 'void-invoice', invoice: child?.invoice_id });
    played = await acted('renew-subscription', played, { at });
    await told();
    expect(await invoicesOf(played)).toEqual([
      [2_490, 2_490, 'recurring'],
      [2_490, 0, 'recurring'],
      [2_490, 2_490, 'own'],
    ]);
    expect(await money.unfinished()).toEqual([]);
  });
});

describe('subscriptions of other kinds', () => {
  it('several items, with taxes on top and included: the invoice comes to what Stripe charges', async () => {
    let played = await subscribed({
      items: [
        { name: 'Siège', amountMinor: 999, quantity: 3, taxPercent: 20 },
        { name: 'Livre', amountMinor: 1_055, taxPercent: 5.5, inclusive: true },
      ],
    });
    await told();
    const [first] = await invoicesOf(played);
    expect(first).toEqual([2_997 + 599 + 1_055, 2_997 + 599 + 1_055, 'recurring']);
    const gone = played.subscription.items.data[1]?.id;
    played = await acted('remove-item', played, { item: gone, prorate: 'none' });
    await told();
    played = await renewed(played);
    await told();
    expect((await invoicesOf(played)).slice(1)).toEqual([[3_596, 3_596, 'recurring']]);
    expect(await money.unfinished()).toEqual([]);
  });

  it.each([
    ['jpy', 'day', 10],
    ['usd', 'week', 2],
    ['eur', 'month', 3],
    ['chf', 'year', 1],
  ])('in %s, every %s', async (currency, interval, every) => {
    let played = await subscribed({
      currency,
      items: [{ name: 'Suivi', amountMinor: 5_000, interval, every }],
    });
    await told();
    played = await renewed(played);
    await told();
    expect(await profileOf(played)).toMatchObject({
      recurrence_frequency: `${interval}s`,
      repeat_every: every,
    });
    expect(await invoicesOf(played)).toEqual([
      [5_000, 5_000, 'recurring'],
      [5_000, 5_000, 'recurring'],
    ]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('of somebody without an e-mail address', async () => {
    people += 1;
    const played = await subscribed({ email: undefined, name: `Sans adresse ${people}` });
    await told();
    expect(await invoicesOf(played)).toEqual([[2_490, 2_490, 'recurring']]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('with names longer than Books takes: fitted, and still found again', async () => {
    const name = 'Hébergement et suivi de tous les sites '.repeat(8).trim();
    let played = await subscribed({
      name: 'Longue Maison '.repeat(12).trim(),
      items: [{ name, amountMinor: 2_490 }],
    });
    await told();
    const profile = await profileOf(played);
    expect([...String(profile.recurrence_name)].length).toBeLessThanOrEqual(100);
    expect(profile.recurrence_name).toContain(`(${played.subscription.id})`);
    played = await acted('change-subscription', played, { quantity: 2, prorate: 'none' });
    await told();
    expect(await profileOf(played)).toMatchObject({ totalMinor: 4_980 });
    expect(await money.unfinished()).toEqual([]);
  });

  it('begun while it was not wished, it is left alone, and its payments have an invoice each', async () => {
    money.set({ subscriptions: 'invoices' });
    let played = await subscribed();
    await told();
    money.set({ subscriptions: 'profiles' });
    played = await acted('change-subscription', played, { quantity: 2, prorate: 'none' });
    await told();
    played = await renewed(played);
    await told();
    expect(await profilesOf(played)).toEqual([]);
    expect(await invoicesOf(played)).toEqual([
      [2_490, 2_490, 'own'],
      [4_980, 4_980, 'own'],
    ]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('begun before and wished as well, it begins with its next period', async () => {
    money.set({ subscriptions: 'invoices' });
    let played = await subscribed();
    await told();
    money.set({ subscriptions: 'profiles', standing: 'all' });
    played = await acted('change-subscription', played, { quantity: 2, prorate: 'none' });
    await told();
    expect(await profileOf(played)).toMatchObject({ start_date: dayOf(endOf(played)) });
    played = await renewed(played);
    await told();
    expect(await invoicesOf(played)).toEqual([
      [2_490, 2_490, 'own'],
      [4_980, 4_980, 'recurring'],
    ]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('not wished any more, it is stopped with what is told next, and its payments have an invoice each', async () => {
    let played = await subscribed();
    await told();
    money.set({ subscriptions: 'invoices' });
    const at = endOf(played);
    played = await acted('renew-subscription', played, { at });
    await told();
    expect(await profileOf(played)).toMatchObject({ status: 'stopped' });
    expect(await invoicesOf(played)).toEqual([
      [2_490, 2_490, 'recurring'],
      [2_490, 2_490, 'own'],
    ]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('told of days after it began, it begins with its next period, and the first payment has an invoice of its own', async () => {
    const played = await subscribed({ at: Math.floor(Date.now() / 1_000) - 3 * 86_400 });
    await told();
    expect(await profileOf(played)).toMatchObject({ start_date: dayOf(endOf(played)) });
    expect(await invoicesOf(played)).toEqual([[2_490, 2_490, 'own']]);
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

const ACTS = [
  'dearer',
  'part',
  'more',
  'pause',
  'resume',
  'cancel',
  'keep',
  'end',
  'renew',
  'renew',
  'renew',
] as const;
const story = fc.record({
  members: fc.constantFrom(
    {},
    { trialDays: 10 },
    { currency: 'jpy' },
    { items: [{ name: 'Semaine', amountMinor: 700, quantity: 2, interval: 'week', taxPercent: 20 }] },
  ),
  acts: fc.array(fc.constantFrom(...ACTS), { minLength: 2, maxLength: 6 }),
  /** Whether Books has its day before Stripe, or after. */
  isEarly: fc.boolean(),
  /** After how many acts what happened is told: at once, or late. */
  every: fc.integer({ min: 1, max: 4 }),
  shuffle: fc.integer(),
  lost: fc.constantFrom(null, '/recurringinvoices', '/customerpayments', '/invoices', '/status/stop'),
});
type Story = typeof story extends fc.Arbitrary<infer One> ? One : never;

/** In some order that a number says, each of some twice. */
function stirred(events: readonly StripeEvent[], seed: number): StripeEvent[] {
  let drawn = (Math.abs(seed) % 2_147_483_646) + 1;
  const next = (): number => {
    drawn = (drawn * 48_271) % 2_147_483_647;
    return drawn;
  };
  return events
    .flatMap((event) => (next() % 3 === 0 ? [event, again(event)] : [event]))
    .map((event) => ({ event, place: next() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ event }) => event);
}

async function acting(before: Played, act: Story['acts'][number], isEarly: boolean): Promise<Played> {
  const { status } = before.subscription as unknown as { status: string };
  if (status === 'canceled') return before;
  const [item] = before.subscription.items.data as unknown as {
    quantity: number;
    price: { unit_amount: number };
  }[];
  const amountMinor = (item?.price.unit_amount ?? 0) + 100;
  const { current_period_start: start = 0, current_period_end: end = 0 } =
    before.subscription.items.data[0] ?? {};
  if (act === 'dearer') return acted('change-subscription', before, { amountMinor, prorate: 'none' });
  if (act === 'part')
    return acted('change-subscription', before, {
      ...{ amountMinor, prorate: 'invoice', at: Math.round((start + end) / 2) },
    });
  if (act === 'more')
    return acted('change-subscription', before, { quantity: (item?.quantity ?? 1) + 1, prorate: 'none' });
  if (act === 'pause' || act === 'resume' || act === 'keep') return acted(`${act}-subscription`, before);
  if (act === 'cancel' || act === 'end')
    return acted('cancel-subscription', before, { atEnd: act === 'cancel' });
  if (isEarly) await money.sandbox.act('zoho-books', { act: 'make-due', through: dayOf(end + 86_400) });
  return acted('renew-subscription', before, { at: end });
}

it('whatever becomes of subscriptions, and in whatever order it is told, each payment is booked once, to the unit', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ members, acts, isEarly, every, shuffle, lost }) => {
      if (lost !== null)
        await money.sandbox.fault('zoho-books', {
          ...{ commitThenFail: '500', methods: ['POST', 'PUT'], path: `${lost}$`, count: 2 },
        });
      let played = await subscribed(members);
      for (const [index, act] of acts.entries()) {
        if (index % every === 0)
          await money.playTogether(...stirred(await money.announced(), shuffle + index));
        played = await acting(played, act, isEarly);
      }
      await money.playTogether(...stirred(await money.announced(), shuffle));
      const last = played.subscription.items.data[0]?.current_period_start ?? 0;
      await money.sandbox.act('zoho-books', { act: 'make-due', through: dayOf(last + 86_400) });
      await money.sandbox.fault('zoho-books', null);
      await money.replayShelved();

      const left = await money.rig.database.query<{ error: Shelved | null }>(
        `update runs set state = 'skipped' where state not in ('done', 'skipped') returning error`,
      );
      // Who changes a price and tells of it after Books made its invoice is told of both amounts; nothing else is in the way.
      expect(left.map(({ error }) => error?.field).filter((field) => field !== 'amount')).toEqual([]);
      const { customer } = played.subscription as unknown as { customer: string };
      const { payment_intents: intents = [] } = (await money.sandbox.state('stripe')) as Record<
        string,
        Record<string, unknown>[]
      >;
      const { payments = [] } = await money.books();
      for (const { id, amount } of intents.filter((one) => one.customer === customer)) {
        const booked = payments.filter((row) => row.reference_number === id);
        expect(booked.length).toBeLessThanOrEqual(1);
        if (left.length === 0) expect(booked.map((row) => row.amountMinor)).toEqual([amount]);
        for (const { amountMinor } of booked) expect(amountMinor).toBe(amount);
      }
      expect((await profilesOf(played)).length).toBeLessThanOrEqual(1);
      for (const [total, paid] of await invoicesOf(played)) expect([0, total]).toContain(paid);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 3_600_000);
