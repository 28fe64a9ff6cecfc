import { again } from './events.ts';
import { type Money, openMoney } from './rig.ts';

let money: Money;
beforeAll(async () => {
  money = await openMoney({ lines: true });
});
afterAll(() => money.close());
beforeEach(() => money.set({ lines: true, refunds: 'comment' }));

interface Line {
  readonly description: string;
  readonly amountMinor: number;
  readonly quantity?: number;
  readonly discountMinor?: number;
  readonly taxPercent?: number;
  readonly inclusive?: boolean;
}
interface Made {
  readonly id: string;
  readonly number: string;
  readonly total: number;
}

let people = 0;
async function invoiced(lines: readonly Line[], currency = 'eur'): Promise<Made> {
  people += 1;
  return money.act<never>({
    act: 'invoice',
    email: `lignes${people}@exemple.example`,
    currency,
    lines,
  });
}

interface PartPaid {
  readonly intent: { readonly id: string };
  readonly charge: { readonly id: string };
}
const pay = (invoice: Made, amountMinor?: number): Promise<PartPaid> =>
  money.act<PartPaid>({
    act: 'pay-invoice',
    invoice: invoice.id,
    ...(amountMinor === undefined ? {} : { amountMinor }),
  });

async function told(order: 'as it came' | 'turned round' = 'as it came'): Promise<void> {
  const events = await money.announced();
  await money.play(...(order === 'as it came' ? events : events.toReversed()), ...events.map(again));
}

/** Invoices in Books of a payment: what they come to, what was paid, their lines and what was adjusted. */
async function bookedOf(...payments: readonly PartPaid[]) {
  const ids = payments.map(({ intent }) => intent.id);
  return (await money.invoices())
    .filter((row) => ids.includes(String(row.reference_number)))
    .map((row) => ({
      total: row.totalMinor,
      paid: row.paidMinor,
      tax: row.taxMinor,
      adjusted: row.adjustmentMinor ?? 0,
      lines: (row.lines as { name: string; quantity: number; totalMinor: number }[]).map((line) => [
        line.name,
        line.quantity,
        line.totalMinor,
      ]),
      notes: row.notes,
    }));
}

const SEATS: readonly Line[] = [
  { description: 'Siège', amountMinor: 9_990, quantity: 3, discountMinor: 999, taxPercent: 20 },
  { description: 'Livre', amountMinor: 1_055, taxPercent: 5.5, inclusive: true },
  { description: 'Temps non utilisé', amountMinor: -500, taxPercent: 20 },
];

describe('a payment of an invoice of Stripe', () => {
  it.each(['as it came', 'turned round'] as const)(
    'becomes one with its lines, taxes and discounts, of exactly what was paid, told %s and twice',
    async (order) => {
      const invoice = await invoiced(SEATS);
      const made = await pay(invoice);
      await told(order);
      // 8,991 and 20 % of it; 1,055 with its tax; 500 less, and 20 % of that.
      expect(invoice.total).toBe(8_991 + 1_798 + 1_055 - 500 - 100);
      const [booked, ...more] = await bookedOf(made);
      expect(more).toEqual([]);
      expect(booked).toMatchObject({ total: invoice.total, paid: invoice.total, adjusted: 0 });
      expect(booked?.lines).toEqual([
        ['3 × Siège', 1, 10_789],
        ['Livre', 1, 1_055],
        ['Temps non utilisé', 1, -600],
      ]);
      expect(booked?.tax).toBe(1_798 + 55 - 100);
      expect(booked?.notes).toBe(`Facture Stripe ${invoice.number}.`);
    },
  );

  it.each([
    ['jpy', 9_999, 20],
    ['kwd', 12_345, 10],
    ['chf', 101, 5.5],
    ['usd', 3_333, 20],
  ])('in %s comes to what was paid', async (currency, amountMinor, taxPercent) => {
    const invoice = await invoiced([{ description: 'Service', amountMinor, taxPercent }], currency);
    const made = await pay(invoice);
    await told();
    expect(await bookedOf(made)).toMatchObject([{ total: invoice.total, paid: invoice.total }]);
    expect(await money.unfinished()).toEqual([]);
  });

  it('whose tax Books does not know has it as a line of its own', async () => {
    const invoice = await invoiced([{ description: 'Service', amountMinor: 10_000, taxPercent: 21 }]);
    const made = await pay(invoice);
    await told();
    const [booked] = await bookedOf(made);
    expect(booked).toMatchObject({ total: 12_100, tax: 0 });
    expect(booked?.lines).toEqual([
      ['Service', 1, 10_000],
      ['Taxe', 1, 2_100],
    ]);
  });

  it('of more lines than an invoice carries has them all', async () => {
    const lines = Array.from({ length: 23 }, (_, index) => ({
      description: `Poste ${index + 1}`,
      amountMinor: 100 + index,
      taxPercent: 20,
    }));
    const invoice = await invoiced(lines);
    const made = await pay(invoice);
    await told();
    const [booked] = await bookedOf(made);
    expect(booked?.lines).toHaveLength(23);
    expect(booked).toMatchObject({ total: invoice.total, paid: invoice.total });
  });

  it('in parts is an invoice of one line for each of them', async () => {
    const invoice = await invoiced(SEATS);
    const parts = [await pay(invoice, 5_000), await pay(invoice)];
    await told();
    const booked = await bookedOf(...parts);
    expect(booked.map(({ lines }) => lines.length)).toEqual([1, 1]);
    expect(booked.reduce((all, { total }) => all + Number(total), 0)).toBe(invoice.total);
  });

  it('in parts, each told when it was paid, is an invoice of one line for each of them as well', async () => {
    const invoice = await invoiced(SEATS);
    const first = await pay(invoice, 5_000);
    await told();
    const last = await pay(invoice);
    await told();
    const booked = await bookedOf(first, last);
    expect(booked.map(({ total, lines }) => [total, lines.length])).toEqual([
      [5_000, 1],
      [invoice.total - 5_000, 1],
    ]);
  });

  it('that goes back in part is credited with its taxes in proportion', async () => {
    money.set({ refunds: 'creditNote' });
    const invoice = await invoiced([
      { description: 'Service', amountMinor: 10_000, taxPercent: 20 },
      { description: 'Livre', amountMinor: 1_055, taxPercent: 5.5, inclusive: true },
    ]);
    const made = await pay(invoice);
    await told();
    await money.act({ act: 'refund', charge: made.charge.id, amountMinor: 1_305 });
    await told();
    const note = (await money.creditNotes()).at(-1);
    expect(note).toMatchObject({ totalMinor: 1_305 });
    expect(
      ((note?.lines ?? []) as { totalMinor: number; taxMinor: number }[]).map((line) => [
        line.totalMinor,
        line.taxMinor,
      ]),
    ).toEqual([
      [1_200, 200],
      [105, 5],
    ]);
  });
});

it('a payment of no invoice of Stripe is an invoice of one line', async () => {
  const made = await money.act<PartPaid>({
    act: 'pay',
    email: 'sans.facture@exemple.example',
    amountMinor: 4_900,
    currency: 'eur',
    description: 'Atelier',
  });
  await told();
  expect(await bookedOf(made)).toMatchObject([{ total: 4_900, lines: [['Atelier', 1, 4_900]] }]);
});
