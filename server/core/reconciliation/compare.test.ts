import type { BookedEntry } from './books.ts';
import { compare, type Known } from './compare.ts';
import type { StatedMovement } from './statement.ts';
import { daySums } from './sums.ts';

const PLACE = { timeZone: 'Europe/Paris', documentObject: 'books.invoices' };
const DAYS = { from: '2026-11-01', to: '2026-11-30' };

const payment = (id: string, more: Partial<StatedMovement> = {}): StatedMovement => ({
  id: `txn_${id}`,
  kind: 'payment',
  payment: `pi_${id}`,
  credit: null,
  alsoKnownAs: [`ch_${id}`],
  toldBy: [`pi_${id}`],
  minor: 4_900,
  currency: 'EUR',
  movedAt: '2026-11-23T10:00:00.000Z',
  settled: { minor: 4_900, currency: 'EUR', feeMinor: 99 },
  who: null,
  object: 'pay.payments',
  recordId: `pi_${id}`,
  event: { topic: 'paid', recordId: `pi_${id}`, body: {} },
  ...more,
});

const refund = (of: string, id: string, more: Partial<StatedMovement> = {}): StatedMovement =>
  payment(of, {
    id: `txn_${id}`,
    kind: 'refund',
    minor: -1_000,
    credit: `re_${id}`,
    toldBy: [`re_${id}`],
    movedAt: '2026-11-24T10:00:00.000Z',
    ...more,
  });

const entry = (id: string, more: Partial<BookedEntry> = {}): BookedEntry => ({
  id: `b_${id}`,
  kind: 'payment',
  reference: `pi_${id}`,
  minor: 4_900,
  currency: 'EUR',
  day: '2026-11-23',
  customerId: `c_${id}`,
  who: 'Claire',
  object: 'books.payments',
  ...more,
});

const NOTHING: Known = { document: null, isCredited: false, run: null, wasOff: false };
const run = (state: 'done' | 'shelved' | 'skipped' | 'waiting', more: object = {}): Known => ({
  ...NOTHING,
  run: {
    id: 'r',
    integration: 'i',
    state,
    at: '2026-11-24T10:00:05.000Z',
    isLeftOut: false,
    says: null,
    waitsFor: null,
    ...more,
  },
});

interface World {
  readonly movements: readonly StatedMovement[];
  readonly entries?: readonly BookedEntry[];
  readonly known?: Readonly<Record<string, Known>>;
  readonly voided?: Readonly<Record<string, string>>;
  /** References that Liaison booked from another account. */
  readonly booked?: readonly string[];
}

function compared({ movements, entries = [], known = {}, voided = {}, booked = [] }: World) {
  const books = {
    entries,
    voided: new Map(Object.entries(voided)),
    currencies: new Set(['EUR', 'JPY', 'KWD']),
  };
  const found = compare({ movements }, books, ({ id }) => known[id], {
    ...PLACE,
    bookedElsewhere: new Set(booked),
  });
  const days = daySums(found.compared, found.differences, DAYS);
  return {
    ...found,
    days,
    reasons: found.differences.map(({ reason }) => reason),
    sums: days.map(({ day, currency, differenceMinor }) => `${day} ${currency} ${differenceMinor}`),
  };
}

it('what stands in the books by its reference, amount and day is no difference, in whatever currency', () => {
  const jpy = { minor: 4_990, currency: 'JPY' };
  const kwd = { minor: 1_234, currency: 'KWD' };
  const { reasons, sums } = compared({
    movements: [payment('a'), payment('b', jpy), payment('c', kwd)],
    entries: [entry('a'), entry('b', jpy), entry('c', { ...kwd, reference: 'ch_c' })],
  });
  expect(reasons).toEqual([]);
  expect(sums).toEqual(['2026-11-23 EUR 0', '2026-11-23 JPY 0', '2026-11-23 KWD 0']);
});

it('a day is the organisation’s: what moved late in the evening of UTC is of the next one', () => {
  const late = payment('a', { movedAt: '2026-11-23T23:30:00.000Z' });
  expect(compared({ movements: [late], entries: [entry('a', { day: '2026-11-24' })] }).reasons).toEqual([]);
  expect(compared({ movements: [late], entries: [entry('a')] }).sums).toEqual([
    '2026-11-24 EUR 4900',
    '2026-11-23 EUR -4900',
  ]);
});

it('minutes around midnight are no difference, and a debit stands on the day on which the books have it', () => {
  const near = payment('a', { movedAt: '2026-11-23T23:03:00.000Z' });
  expect(compared({ movements: [near], entries: [entry('a')] }).sums).toEqual(['2026-11-23 EUR 0']);
  const debit = payment('b', {
    between: { from: '2026-11-23T10:00:00.000Z', to: '2026-12-20T00:00:00.000Z' },
  });
  const later = entry('b', { day: '2026-11-28' });
  expect(compared({ movements: [debit], entries: [later] }).sums).toEqual(['2026-11-28 EUR 0']);
  expect(compared({ movements: [debit], entries: [entry('b', { day: '2026-11-22' })] }).reasons).toEqual([
    'edited',
  ]);
});

it.each<[string, World, string[], string[]]>([
  ['nothing is known of it', { movements: [payment('a')] }, ['not-booked'], ['2026-11-23 EUR 4900']],
  [
    'its amount was edited',
    { movements: [payment('a')], entries: [entry('a', { minor: 4_000 })] },
    ['edited'],
    ['2026-11-23 EUR 900'],
  ],
  [
    'its day was edited',
    { movements: [payment('a')], entries: [entry('a', { day: '2026-11-20' })] },
    ['edited'],
    ['2026-11-23 EUR 4900', '2026-11-20 EUR -4900'],
  ],
  [
    'its currency was edited',
    { movements: [payment('a')], entries: [entry('a', { currency: 'JPY' })] },
    ['edited', 'edited'],
    ['2026-11-23 EUR 4900', '2026-11-23 JPY -4900'],
  ],
  [
    'it was deleted',
    { movements: [payment('a')], known: { txn_a: { ...run('done'), document: 'inv' } } },
    ['deleted'],
    ['2026-11-23 EUR 4900'],
  ],
  [
    'its invoice was voided',
    {
      movements: [payment('a')],
      known: { txn_a: { ...run('done'), document: 'inv' } },
      voided: { pi_a: 'inv' },
    },
    ['voided'],
    ['2026-11-23 EUR 4900'],
  ],
  [
    'the same reference was entered twice',
    { movements: [payment('a')], entries: [entry('a'), entry('x', { reference: 'pi_a' })] },
    ['twice'],
    ['2026-11-23 EUR -4900'],
  ],
  [
    'somebody entered it once more from a bank statement',
    {
      movements: [payment('a')],
      entries: [entry('a'), entry('x', { reference: '', customerId: 'c_a', day: '2026-11-25' })],
    },
    ['twice'],
    ['2026-11-25 EUR -4900', '2026-11-23 EUR 0'],
  ],
  [
    'the books lack its currency',
    { movements: [payment('a', { currency: 'GBP' })], known: { txn_a: run('shelved') } },
    ['currency-missing'],
    ['2026-11-23 GBP 4900'],
  ],
  [
    'the filter left it out',
    { movements: [payment('a')], known: { txn_a: run('skipped', { isLeftOut: true }) } },
    ['left-out'],
    ['2026-11-23 EUR 4900'],
  ],
  [
    'the integration was off',
    { movements: [payment('a')], known: { txn_a: { ...NOTHING, wasOff: true } } },
    ['off'],
    ['2026-11-23 EUR 4900'],
  ],
  [
    'it stands on the shelf',
    { movements: [payment('a')], known: { txn_a: run('shelved') } },
    ['shelved'],
    ['2026-11-23 EUR 4900'],
  ],
])('%s: the difference has its reason and its sum', (_what, world, reasons, sums) => {
  const found = compared(world);
  expect(found.reasons).toEqual(reasons);
  expect(found.sums).toEqual(sums);
  const open = found.differences.reduce((sum, { minor }) => sum + minor, 0);
  expect(open).toBe(found.days.reduce((sum, { differenceMinor }) => sum + differenceMinor, 0));
});

it('another customer’s, another movement’s and an older payment of the same amount are nobody’s twin', () => {
  const { reasons } = compared({
    booked: ['pi_z'],
    movements: [payment('a'), payment('b')],
    entries: [
      entry('a'),
      entry('b', { customerId: 'c_a' }),
      entry('x', { reference: 'transfer' }),
      entry('z', { customerId: 'c_a' }),
      entry('y', { reference: '', customerId: 'c_a', day: '2026-11-12' }),
    ],
  });
  expect(reasons).toEqual([]);
});

it('a refund is said by its credit, or in words beside the invoice, and is named where it is neither', () => {
  const movements = [payment('a'), refund('a', '1')];
  const credit = entry('n', { kind: 'credit', reference: 're_1', minor: 1_000, day: '2026-11-24' });
  const credited = compared({ movements, entries: [entry('a'), credit] });
  expect(credited.reasons).toEqual([]);
  expect(credited.days[0]).toMatchObject({ notedMinor: 0, books: { refunds: -1_000 } });
  const noted = compared({ movements, entries: [entry('a')], known: { txn_1: run('done') } });
  expect(noted.reasons).toEqual([]);
  expect(noted.days[0]).toMatchObject({ notedMinor: -1_000, differenceMinor: 0 });
  const earlier = compared({
    movements,
    entries: [entry('a')],
    known: { txn_1: run('done', { at: '2026-11-24T09:00:00.000Z' }) },
  });
  expect(earlier.reasons).toEqual(['refund-not-carried']);
  const missing = compared({ movements, entries: [entry('a')] });
  expect(missing.reasons).toEqual(['refund-not-carried']);
  expect(missing.days[0]).toMatchObject({ differenceMinor: -1_000 });
  const deleted = compared({
    movements,
    entries: [entry('a')],
    known: { txn_1: { ...run('done'), isCredited: true } },
  });
  expect(deleted.reasons).toEqual(['deleted']);
});

it('what became of a payment that is not in the books is not there for the same reason', () => {
  const { reasons, sums } = compared({
    movements: [payment('a'), refund('a', '1')],
    known: { txn_a: run('skipped', { isLeftOut: true }), txn_1: run('skipped') },
  });
  expect(reasons).toEqual(['left-out', 'left-out']);
  expect(sums).toEqual(['2026-11-24 EUR -1000', '2026-11-23 EUR 4900']);
});

it('a fee that is not known yet is named and changes no sum', () => {
  const { reasons, sums } = compared({ movements: [payment('a', { settled: null })], entries: [entry('a')] });
  expect(reasons).toEqual(['fee-unknown']);
  expect(sums).toEqual(['2026-11-23 EUR 0']);
});
