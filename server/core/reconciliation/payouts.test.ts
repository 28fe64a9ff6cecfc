import type { BookedEntry } from './books.ts';
import type { KnownRun } from './compare.ts';
import type { Payout } from './payout.ts';
import { type BookedTransfers, comparePayouts, type KnownPayout } from './payouts.ts';

const ACCOUNTS = { money: 'clearing', bank: 'bank' };
const PLACE = { timeZone: 'Europe/Paris' };

const payout = (
  id: string,
  more: Partial<Payout> = {},
  state: 'pending' | 'paid' | 'failed' = 'paid',
): Payout => ({
  id,
  at: '2026-11-20T10:00:00.000Z',
  arrivesOn: '2026-11-23',
  minor: 9_825,
  currency: 'EUR',
  ...{ paymentsMinor: 0, refundsMinor: 0, disputesMinor: 0, otherMinor: 0, feesMinor: 0 },
  movements: [],
  isByHand: false,
  standing: {
    state,
    failedAt: state === 'failed' ? '2026-11-25T23:30:00.000Z' : null,
    object: 'pay.payouts',
    event: { topic: `payout.${state}`, recordId: id, body: {} },
  },
  ...more,
});
const transfer = (id: string, more: Partial<BookedEntry> = {}): BookedEntry => ({
  id,
  kind: 'transfer',
  reference: '',
  minor: 9_825,
  currency: 'EUR',
  day: '2026-11-23',
  between: { from: 'clearing', to: 'bank' },
  customerId: null,
  who: '',
  object: 'books.transfers',
  ...more,
});
const back = (id: string, more: Partial<BookedEntry> = {}): BookedEntry =>
  transfer(id, { day: '2026-11-26', between: { from: 'bank', to: 'clearing' }, ...more });

const KNOWN: KnownPayout = {
  there: null,
  back: null,
  accounts: ACCOUNTS,
  accountsNow: ACCOUNTS,
  run: null,
  isWished: true,
};
const shelved = (waitsFor: string | null): KnownRun => ({
  id: 'r',
  integration: 'i',
  state: 'shelved',
  at: '2026-11-23T10:00:00.000Z',
  isLeftOut: false,
  says: { en: 'No.', fr: 'Non.' },
  waitsFor,
});

interface World {
  readonly payouts: readonly Payout[];
  readonly made?: readonly BookedEntry[];
  readonly listed?: readonly BookedEntry[];
  readonly known?: Readonly<Record<string, Partial<KnownPayout>>>;
}
function found({ payouts, made = [], listed = [], known = {} }: World): string[] {
  const books: BookedTransfers = {
    made: new Map(made.map((one) => [one.id, one])),
    listed: { account: 'clearing', entries: [...made, ...listed] },
    ownIds: new Set(made.map(({ id }) => id)),
    currencies: new Set(['EUR', 'JPY']),
  };
  const { compared, differences } = comparePayouts(
    payouts,
    books,
    (id) => ({ ...KNOWN, ...known[id] }),
    PLACE,
  );
  const apart = compared.reduce((sum, one) => sum + one.vendorMinor - one.booksMinor, 0);
  const own = differences
    .filter(({ currency }) => currency === 'EUR')
    .reduce((sum, { minor }) => sum + minor, 0);
  // What is apart is what the differences say, always.
  expect(apart + 0).toBe(own + 0);
  return differences.map(({ reason, minor, currency }) => `${reason} ${minor} ${currency}`);
}

it.each<[string, World, string[]]>([
  ['stands there', { payouts: [payout('a')], made: [transfer('t')], known: { a: { there: 't' } } }, []],
  ['is on its way', { payouts: [payout('a', {}, 'pending')] }, []],
  ['is not there', { payouts: [payout('a')] }, ['not-booked -9825 EUR']],
  [
    'is not there because of its run',
    { payouts: [payout('a')], known: { a: { run: shelved(null) } } },
    ['shelved -9825 EUR'],
  ],
  [
    'waits for its currency',
    { payouts: [payout('a', { currency: 'JPY', minor: 0 })], known: { a: { run: shelved('currency JPY') } } },
    [],
  ],
  ['is of before', { payouts: [payout('a')], known: { a: { isWished: false } } }, []],
  [
    'is of before, by hand, beside one of the same amount',
    {
      payouts: [payout('a'), payout('b')],
      made: [transfer('t')],
      listed: [transfer('h')],
      known: { a: { isWished: false }, b: { there: 't' } },
    },
    [],
  ],
  [
    'is there twice',
    {
      payouts: [payout('a')],
      made: [transfer('t')],
      listed: [transfer('h', { day: '2026-11-25' })],
      known: { a: { there: 't' } },
    },
    ['twice 9825 EUR'],
  ],
  [
    'went the other way beside',
    { payouts: [payout('a')], made: [transfer('t')], listed: [back('h')], known: { a: { there: 't' } } },
    [],
  ],
  [
    'was made, and its answer was lost',
    { payouts: [payout('a')], listed: [transfer('t', { reference: 'a' })] },
    [],
  ],
  [
    'was edited',
    { payouts: [payout('a')], made: [transfer('t', { minor: 9_000 })], known: { a: { there: 't' } } },
    ['edited -825 EUR'],
  ],
  [
    'leads elsewhere',
    {
      payouts: [payout('a')],
      made: [transfer('t', { between: { from: 'clearing', to: 'till' } })],
      known: { a: { there: 't' } },
    },
    ['edited 0 EUR'],
  ],
  ['was deleted', { payouts: [payout('a')], known: { a: { there: 't' } } }, ['deleted -9825 EUR']],
  [
    'was taken from the bank',
    {
      payouts: [payout('a', { minor: -500 })],
      made: [back('t', { minor: 500, day: '2026-11-23' })],
      known: { a: { there: 't' } },
    },
    [],
  ],
  ['failed before it was recorded', { payouts: [payout('a', {}, 'failed')] }, []],
  [
    'failed and is back on the day in the zone',
    {
      payouts: [payout('a', {}, 'failed')],
      made: [transfer('t'), back('u')],
      known: { a: { there: 't', back: 'u' } },
    },
    [],
  ],
  [
    'failed and is not back',
    { payouts: [payout('a', {}, 'failed')], made: [transfer('t')], known: { a: { there: 't' } } },
    ['not-booked 9825 EUR'],
  ],
  [
    'failed, and both were taken out',
    { payouts: [payout('a', {}, 'failed')], known: { a: { there: 't', back: 'u' } } },
    [],
  ],
])('a payout that %s', (_what, world, differences) => {
  expect(found(world)).toEqual(differences);
});

it('a payout in a currency that the books lack is named so, and one in another currency than it was stands in both', () => {
  const usd = payout('a', { currency: 'USD' });
  const books = { made: new Map(), listed: null, ownIds: new Set<string>(), currencies: new Set(['EUR']) };
  const { differences } = comparePayouts([usd], books, () => KNOWN, PLACE);
  expect(differences.map(({ reason, currency }) => `${reason} ${currency}`)).toEqual([
    'currency-missing USD',
  ]);
  const wrong = transfer('t', { currency: 'JPY', minor: 9_825 });
  const other = comparePayouts(
    [payout('b')],
    { ...books, made: new Map([['t', wrong]]) },
    () => ({ ...KNOWN, there: 't' }),
    PLACE,
  );
  expect(other.differences.map(({ minor, currency }) => `${minor} ${currency}`)).toEqual([
    '-9825 EUR',
    '9825 JPY',
  ]);
});
