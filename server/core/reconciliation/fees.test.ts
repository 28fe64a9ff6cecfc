import type { BookedEntry } from './books.ts';
import { compare, type Known, type KnownFee } from './compare.ts';
import { compareFees } from './fees.ts';
import type { OwnFee, StatedMovement } from './statement.ts';
import { feeSums } from './sums.ts';

const PLACE = { timeZone: 'Europe/Paris', from: '2026-11-01', to: '2026-11-30' };

const payment = (id: string, more: Partial<StatedMovement> = {}): StatedMovement => ({
  id: `txn_${id}`,
  kind: 'payment',
  payment: `pi_${id}`,
  credit: null,
  alsoKnownAs: [],
  toldBy: [],
  minor: 10_000,
  currency: 'EUR',
  movedAt: '2026-11-23T10:00:00.000Z',
  settled: { minor: 10_000, currency: 'EUR', feeMinor: 175 },
  who: null,
  object: 'pay.payments',
  recordId: `pi_${id}`,
  event: { topic: 'paid', recordId: `pi_${id}`, body: {} },
  ...more,
});
const entry = (id: string, more: Partial<BookedEntry> = {}): BookedEntry => ({
  id: `b_${id}`,
  kind: 'payment',
  reference: `pi_${id}`,
  minor: 10_000,
  currency: 'EUR',
  day: '2026-11-23',
  customerId: null,
  who: '',
  object: 'books.payments',
  ...more,
});
const expense = (id: string, more: Partial<BookedEntry> = {}): BookedEntry =>
  entry(id, {
    id: `e_${id}`,
    kind: 'expense',
    reference: `txn_${id}`,
    minor: 175,
    object: 'books.expenses',
    ...more,
  });
const fee = (more: Partial<KnownFee> = {}): KnownFee => ({
  isDue: true,
  isDone: true,
  expense: null,
  isWished: true,
  ...more,
});

interface World {
  readonly movements?: readonly StatedMovement[];
  readonly own?: readonly OwnFee[];
  readonly entries?: readonly BookedEntry[];
  readonly charges?: Readonly<Record<string, number>>;
  readonly known?: KnownFee;
  readonly isWished?: boolean;
}
function found({
  movements = [],
  own = [],
  entries = [],
  charges = {},
  known = fee(),
  isWished = true,
}: World) {
  const of: Known = { document: null, isCredited: false, run: null, wasOff: false, fee: known };
  const books = { entries, voided: new Map(), currencies: new Set(['EUR', 'JPY', 'USD']) };
  const { compared } = compare({ movements }, books, () => of, {
    ...PLACE,
    documentObject: 'books.invoices',
  });
  const read = new Map(Object.entries(charges).map(([id, minor]) => [id, { minor, currency: 'EUR' }]));
  const { fees, differences } = compareFees(
    { movements, ownFees: own },
    { entries, charges: read },
    compared,
    { knownOf: () => of, wishedAt: () => isWished },
    PLACE,
  );
  const sums = feeSums(fees, differences, PLACE);
  // What the days are apart is what the differences say, in every currency.
  for (const currency of ['EUR', 'JPY', 'USD']) {
    const apart = sums
      .filter((sum) => sum.currency === currency)
      .reduce((all, sum) => all + sum.differenceMinor, 0);
    const said = differences
      .filter((one) => one.currency === currency)
      .reduce((all, { minor }) => all + minor, 0);
    expect([currency, apart + 0]).toEqual([currency, said + 0]);
  }
  return {
    sums,
    reasons: differences.map(({ reason, minor, currency }) => `${reason} ${minor} ${currency}`),
  };
}

const one = { movements: [payment('a')], entries: [entry('a')] };
it.each<[string, World, string[]]>([
  ['is bank charges', { ...one, charges: { b_a: 175 } }, []],
  ['was too much to be read', one, []],
  ['was edited', { ...one, charges: { b_a: 100 } }, ['edited -75 EUR']],
  ['was taken out', { ...one, charges: { b_a: 0 } }, ['deleted -175 EUR']],
  ['is to come', { ...one, known: fee({ isDone: false }) }, ['not-booked -175 EUR']],
  ['is to come, and is there by hand', { ...one, charges: { b_a: 175 }, known: fee({ isDone: false }) }, []],
  ['is wished no more', { ...one, known: fee({ isDone: false, isWished: false }) }, []],
  ['was never wished', { ...one, known: fee({ isDue: false, isDone: false }) }, []],
  ['comes with a payment that is not there', { movements: [payment('a')] }, []],
  [
    'is an expense',
    { movements: [payment('a')], entries: [entry('a'), expense('a')], known: fee({ expense: 'e_a' }) },
    [],
  ],
  ['is an expense that is gone', { ...one, known: fee({ expense: 'e_a' }) }, ['deleted -175 EUR']],
  [
    'is an expense in another currency',
    {
      movements: [payment('a')],
      entries: [entry('a'), expense('a', { currency: 'USD' })],
      known: fee({ expense: 'e_a' }),
    },
    ['edited -175 EUR', 'edited 175 USD'],
  ],
  [
    'is bank charges and an expense',
    { movements: [payment('a')], entries: [entry('a'), expense('a')], charges: { b_a: 175 } },
    ['twice 175 EUR'],
  ],
  [
    'is in a currency without decimals, of a payment in another one',
    {
      movements: [payment('a', { settled: { minor: 16_000, currency: 'JPY', feeMinor: 576 } })],
      entries: [entry('a'), expense('a', { currency: 'JPY', minor: 576 })],
      known: fee({ expense: 'e_a' }),
    },
    [],
  ],
  [
    'is what a refund cost',
    {
      movements: [
        payment('a', {
          id: 'txn_r',
          kind: 'refund',
          settled: { minor: -500, currency: 'EUR', feeMinor: 30 },
        }),
      ],
    },
    ['own-fee -30 EUR'],
  ],
])('a fee that %s', (_what, world, reasons) => {
  expect(found(world).reasons).toEqual(reasons);
});

it('fees of no payment are one difference a day, and what was given back is one of the other sign', () => {
  const own = (id: string, minor: number, day: string): OwnFee => ({
    ...{ id, minor, currency: 'EUR', description: 'Radar' },
    at: `2026-11-${day}T23:30:00.000Z`,
  });
  const fees = [own('txn_1', 700, '20'), own('txn_2', 300, '20'), own('txn_3', -50, '22')];
  expect(found({ own: fees }).reasons).toEqual(['own-fee -1000 EUR', 'own-fee 50 EUR']);
  expect(found({ own: fees, isWished: false }).reasons).toEqual([]);
  const entered = expense('1', { minor: 700, day: '2026-11-21' });
  const { reasons, sums } = found({ own: fees, entries: [entered] });
  expect(reasons).toEqual(['own-fee -300 EUR', 'own-fee 50 EUR']);
  expect(sums.map(({ day, feeMinor, booksMinor }) => `${day} ${feeMinor} ${booksMinor}`)).toEqual([
    '2026-11-23 -50 0',
    '2026-11-21 1000 700',
  ]);
});

it('what is not to stand in the books is said beside, and is no part of what is apart', () => {
  const { sums } = found({ ...one, known: fee({ isDue: false, isDone: false }) });
  expect(sums).toEqual([
    {
      ...{ day: '2026-11-23', currency: 'EUR', grossMinor: 10_000, feeMinor: 175, booksMinor: 0 },
      ...{ unbookedMinor: 175, differenceMinor: 0, differences: 0 },
    },
  ]);
});
