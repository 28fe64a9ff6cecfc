import { again } from './events.ts';
import { type Money, openMoney } from './rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney({ settles: 'named' });
});
afterAll(() => money.close());
beforeEach(() => money.set({ settles: 'named', refunds: 'comment' }));

interface Sent {
  readonly id: string;
  readonly number: string;
  readonly email: string;
}

let people = 0;
/** An invoice that Books sent to somebody new. */
async function sent(amount: number, { code = 'EUR', status = 'sent', email = '' } = {}): Promise<Sent> {
  people += 1;
  const own = email || `envoi${people}@exemple.example`;
  const { currencies } = await money.inBooks<{
    currencies: { currency_code: string; currency_id: string }[];
  }>('GET', '/settings/currencies');
  const { contact } = await money.inBooks('POST', '/contacts', {
    contact_name: `Client envoi ${people}`,
    currency_id: currencies.find((one) => one.currency_code === code)?.currency_id,
    contact_persons: [{ first_name: 'Client', last_name: 'Envoi', email: own, is_primary_contact: true }],
  });
  const { invoice } = await money.inBooks('POST', '/invoices', {
    customer_id: contact?.contact_id,
    line_items: [{ name: 'Prestation', rate: amount, quantity: 1 }],
  });
  if (status !== 'draft') await money.inBooks('POST', `/invoices/${invoice?.invoice_id}/status/${status}`);
  return { id: String(invoice?.invoice_id), number: String(invoice?.invoice_number), email: own };
}

interface Paid {
  readonly intent: { readonly id: string };
  readonly charge: { readonly id: string };
}
const pay = (amountMinor: number, more: object): Promise<Paid> =>
  money.act<Paid>({ act: 'pay', amountMinor, currency: 'eur', ...more });

/** What stands in Books of a payment: what it pays of which invoice, and what is left of it, in minor units. */
async function bookedOf({ intent }: Paid) {
  const { payments = [], invoices = [] } = await money.books();
  const numbers = new Map(invoices.map((row) => [row.invoice_id, String(row.invoice_number)]));
  return payments
    .filter((row) => row.reference_number === intent.id)
    .map((row) => {
      const applied = row.applied as { invoice_id: string; minor: number }[];
      return {
        pays: applied.map(({ invoice_id, minor }) => [numbers.get(invoice_id), minor]),
        amount: row.amountMinor,
      };
    });
}
const invoicesOf = async ({ intent }: Paid) =>
  (await money.invoices()).filter(({ reference_number: reference }) => reference === intent.id);
const lastRun = async () => (await money.runs()).at(-1);

async function told(): Promise<void> {
  const events = await money.announced();
  await money.playTogether(...events, ...events.map(again));
}

describe('a payment that names an invoice that Books sent', () => {
  it.each([
    ['in its metadata', (number: string) => ({ metadata: { invoice_number: number } })],
    ['in its description', (number: string) => ({ description: `Payment for ${number}` })],
  ])('%s settles it, once, and gets no other one', async (_where, naming) => {
    const { number, email } = await sent(120);
    const made = await pay(12_000, { email, ...naming(number) });
    await told();
    expect(await bookedOf(made)).toEqual([{ pays: [[number, 12_000]], amount: 12_000 }]);
    expect(await invoicesOf(made)).toEqual([]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('in parts leaves the rest due; what is more than due is the customer’s credit', async () => {
    const { number, email } = await sent(120);
    const naming = { email, metadata: { invoice: number } };
    const parts = [await pay(5_000, naming), await pay(5_000, naming)];
    await told();
    const last = await pay(5_000, naming);
    await told();
    expect(await Promise.all([...parts, last].map(bookedOf))).toEqual([
      [{ pays: [[number, 5_000]], amount: 5_000 }],
      [{ pays: [[number, 5_000]], amount: 5_000 }],
      [{ pays: [[number, 2_000]], amount: 5_000 }],
    ]);
    const summaries = (await money.runs()).map(({ summary }) => summary?.fr ?? '');
    expect(summaries.filter((text) => text.includes('30,00 € de plus que le dû'))).not.toEqual([]);
  });

  it('is recorded once though the answer is lost and lists lag behind', async () => {
    const { number, email } = await sent(80);
    const made = await pay(3_000, { email, metadata: { invoice: number } });
    await money.sandbox.fault('zoho-books', {
      commitThenFail: '500',
      methods: ['POST'],
      path: '/customerpayments$',
      count: 1,
    });
    await told();
    await money.sandbox.fault('zoho-books', { lagMs: 600_000 });
    await told();
    await money.sandbox.fault('zoho-books', null);
    expect(await bookedOf(made)).toEqual([{ pays: [[number, 3_000]], amount: 3_000 }]);
  });

  it('and goes back is credited on it, which stays as it was sent', async () => {
    money.set({ refunds: 'creditNote' });
    const { number, email, id } = await sent(60);
    const made = await pay(6_000, { email, metadata: { invoice: number } });
    await told();
    await money.act({ act: 'refund', charge: made.charge.id, amountMinor: 2_000 });
    await told();
    const [note] = (await money.creditNotes()).filter((row) =>
      String(row.creditnote_number).startsWith(`${number}-`),
    );
    expect(note).toMatchObject({ totalMinor: 2_000, balanceMinor: 2_000 });
    const invoice = (await money.invoices()).find(({ invoice_id }) => invoice_id === id);
    expect(invoice).toMatchObject({ totalMinor: 6_000, paidMinor: 6_000, creditsMinor: 0 });
  });
});

it('what goes back of a payment that left the customer credit is credited only where no credit is left', async () => {
  money.set({ refunds: 'creditNote' });
  const { number, email, id } = await sent(20);
  const made = await pay(5_000, { email, metadata: { invoice: number } });
  await told();
  const notes = async () =>
    (await money.creditNotes())
      .filter((row) => String(row.creditnote_number).startsWith(`${number}-`))
      .map((row) => row.totalMinor);
  const refund = async (amountMinor: number) => {
    await money.act({ act: 'refund', charge: made.charge.id, amountMinor });
    await told();
  };
  await refund(3_000);
  expect(await notes()).toEqual([]);
  const { comments = [], payments = [] } = await money.books();
  const said = comments.filter((row) => row.invoice_id === id).map((row) => String(row.description));
  expect(said.filter((text) => text.includes('comporte un crédit du client'))).toHaveLength(1);
  // Whoever keeps the books gives the credit back there.
  const payment = payments.find((row) => row.reference_number === made.intent.id)?.payment_id;
  await money.inBooks('POST', `/customerpayments/${payment}/refunds`, {
    date: '2026-11-25',
    amount: 30,
    from_account_id: '48760000000000305',
  });
  await refund(1_500);
  expect(await notes()).toEqual([1_500]);
  expect(await money.unfinished()).toEqual([]);
});

describe('a payment that cannot settle what it names', () => {
  it.each([
    ['was voided', { status: 'void' }, 'annulée'],
    ['was not sent', { status: 'draft' }, 'pas encore été envoyée'],
    ['is in another currency', { code: 'USD' }, 'autre devise'],
  ])('because it %s waits until somebody says what it is', async (_why, wish, words) => {
    const { number, email } = await sent(50, wish);
    const made = await pay(5_000, { email, metadata: { invoice: number } });
    await money.play(...(await money.announced()));
    expect(await lastRun()).toMatchObject({ state: 'shelved', error: { field: 'invoice' } });
    expect(await bookedOf(made)).toEqual([]);
    const [error] = await money.rig.database.query<{ error: { sentence: { fr: string } } }>(
      `select error from runs where state = 'shelved'`,
    );
    expect(error?.error.sentence.fr).toContain(words);
    await money.act({ act: 'note', intent: made.intent.id, metadata: { invoice: 'none' } });
    await money.replayShelved();
    expect(await invoicesOf(made)).toHaveLength(1);
    expect(await money.unfinished()).toEqual([]);
  });

  it('because it is paid already, or of somebody else, is not booked on a guess', async () => {
    const { number, email } = await sent(50);
    await pay(5_000, { email, metadata: { invoice: number } });
    await told();
    const twice = await pay(5_000, { email, metadata: { invoice: number } });
    const other = await sent(70);
    const stranger = await pay(7_000, {
      email: 'inconnu@exemple.example',
      metadata: { invoice: other.number },
    });
    await money.play(...(await money.announced()));
    expect([await bookedOf(twice), await bookedOf(stranger)]).toEqual([[], []]);
    // Somebody looked: neither of them pays the invoice.
    await money.act({ act: 'note', intent: twice.intent.id, metadata: { invoice_number: 'none' } });
    await money.act({ act: 'note', intent: stranger.intent.id, metadata: { invoice: 'none' } });
    await money.replayShelved();
    expect([await invoicesOf(twice), await invoicesOf(stranger)].map(({ length }) => length)).toEqual([1, 1]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('because Books does not have it waits, and settles the right one once it is named', async () => {
    const { number, email } = await sent(90);
    const made = await pay(9_000, { email, metadata: { invoice: 'INV-NULLE-PART' } });
    await money.play(...(await money.announced()));
    expect(await lastRun()).toMatchObject({ state: 'shelved', error: { field: 'invoice' } });
    await money.act({ act: 'note', intent: made.intent.id, metadata: { invoice: number } });
    await money.replayShelved();
    expect(await bookedOf(made)).toEqual([{ pays: [[number, 9_000]], amount: 9_000 }]);
  });
});

describe('of two payments that name one invoice', () => {
  /** Who paid nothing of it is asked, says `none`, and gets an invoice of its own. */
  async function answered(loser: Paid): Promise<void> {
    expect(await bookedOf(loser)).toEqual([]);
    await money.act({ act: 'note', intent: loser.intent.id, metadata: { invoice_number: 'none' } });
    await money.replayShelved();
    const [own, ...more] = await invoicesOf(loser);
    expect(more).toEqual([]);
    expect(await bookedOf(loser)).toEqual([{ pays: [[own?.invoice_number, 5_000]], amount: 5_000 }]);
    expect(await money.unfinished()).toEqual([]);
    money.set({ refunds: 'creditNote' });
    await money.act({ act: 'refund', charge: loser.charge.id, amountMinor: 2_000 });
    await told();
    const note = (await money.creditNotes()).at(-1);
    expect(String(note?.creditnote_number).startsWith(`${own?.invoice_number}-`)).toBe(true);
  }

  it('told side by side, one settles it and the other is asked', async () => {
    const { number } = await sent(50);
    // Guests: payments of one payer wait for each other.
    const both = [
      await pay(5_000, { metadata: { invoice: number } }),
      await pay(5_000, { metadata: { invoice: number } }),
    ];
    await money.sandbox.fault('zoho-books', {
      latencyMs: 300,
      methods: ['POST'],
      path: '/customerpayments$',
    });
    await money.playTogether(...(await money.announced()));
    await money.sandbox.fault('zoho-books', null);
    const booked = await Promise.all(both.map(bookedOf));
    expect(booked.flat()).toEqual([{ pays: [[number, 5_000]], amount: 5_000 }]);
    const loser = both.find((_paid, index) => booked[index]?.length === 0);
    if (loser === undefined) throw new Error('both settled it');
    await answered(loser);
  });

  it('the one that was refused first is asked once the other has settled it', async () => {
    const { number, email } = await sent(50);
    const refused = await pay(5_000, { email, metadata: { invoice: number } });
    await money.sandbox.fault('zoho-books', {
      status: 400,
      methods: ['POST'],
      path: '/customerpayments$',
      count: 1,
    });
    await money.play(...(await money.announced()));
    expect(await lastRun()).toMatchObject({ state: 'shelved' });
    const other = await pay(5_000, { email, metadata: { invoice: number } });
    await money.play(...(await money.announced()));
    expect(await bookedOf(other)).toEqual([{ pays: [[number, 5_000]], amount: 5_000 }]);
    await money.replayShelved();
    const [asked] = await money.rig.database.query<{ error: { sentence: { fr: string } } }>(
      `select error from runs where state = 'shelved'`,
    );
    expect(asked?.error.sentence.fr).toContain('déjà réglée');
    await answered(refused);
  });
});

it('a payment that settled its invoice, and of which nobody remembers that, is not recorded again', async () => {
  const { number, email, id } = await sent(50);
  const made = await pay(5_000, { email, metadata: { invoice: number } });
  const invoice = (await money.invoices()).find(({ invoice_id }) => invoice_id === id);
  // As a run leaves it that ends between the payment's making and the remembering.
  await money.inBooks('POST', '/customerpayments', {
    customer_id: invoice?.customer_id,
    payment_mode: 'stripe',
    amount: 50,
    date: '2026-11-24',
    reference_number: made.intent.id,
    invoices: [{ invoice_id: id, amount_applied: 50 }],
  });
  await told();
  expect(await bookedOf(made)).toEqual([{ pays: [[number, 5_000]], amount: 5_000 }]);
  expect(await invoicesOf(made)).toEqual([]);
  expect(await money.unfinished()).toEqual([]);
});

it('an invoice that Books could not look for is no question: nothing is asked of Stripe anew', async () => {
  const { number, email } = await sent(50);
  const made = await pay(5_000, { email, metadata: { invoice: number } });
  const events = await money.announced();
  await money.sandbox.fault('zoho-books', { status: 500, methods: ['GET'], path: '/invoices$', count: 1 });
  money.asked();
  await money.play(...events);
  expect(money.asked().stripe).toBe(1);
  expect(await bookedOf(made)).toEqual([{ pays: [[number, 5_000]], amount: 5_000 }]);
});

describe('a payment that names none', () => {
  it('gets an invoice of its own, whatever the customer owes', async () => {
    const { email } = await sent(40);
    const made = await pay(4_000, { email, description: 'Abonnement' });
    await told();
    expect(await invoicesOf(made)).toHaveLength(1);
  });

  it('is asked about where that is wished and an open invoice comes to the same', async () => {
    money.set({ settles: 'asked' });
    const { number, email } = await sent(40);
    const made = await pay(4_000, { email });
    const other = await pay(4_001, { email });
    await money.play(...(await money.announced()));
    expect(await bookedOf(made)).toEqual([]);
    expect(await invoicesOf(other)).toHaveLength(1);
    await money.act({ act: 'note', intent: made.intent.id, metadata: { invoice_number: number } });
    await money.replayShelved();
    expect(await bookedOf(made)).toEqual([{ pays: [[number, 4_000]], amount: 4_000 }]);
    expect(await money.unfinished()).toEqual([]);
  });
});
