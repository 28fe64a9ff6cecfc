import type { BookedEntry } from '../../server/core/reconciliation/books.ts';
import { compare, type Known } from '../../server/core/reconciliation/compare.ts';
import type { StatedMovement } from '../../server/core/reconciliation/statement.ts';
import { daySums } from '../../server/core/reconciliation/sums.ts';

const DAY = '2026-11-24';

/** 80.00 of a dispute were withdrawn with 15.00 of a fee. */
const withdrawn: StatedMovement = {
  id: 'txn_1',
  kind: 'dispute',
  payment: 'pi_1',
  credit: null,
  transfer: 'txn_1',
  alsoKnownAs: [],
  toldBy: ['dp_1'],
  minor: -8_000,
  currency: 'EUR',
  movedAt: `${DAY}T10:00:00.000Z`,
  settled: { minor: -8_000, currency: 'EUR', feeMinor: 1_500 },
  who: null,
  object: 'stripe.payments',
  recordId: 'pi_1',
  event: { topic: 'charge.dispute.funds_withdrawn', recordId: 'dp_1', body: {} },
};
const transfer = (between: BookedEntry['between'], minor = 9_500): BookedEntry => ({
  id: 't_1',
  kind: 'transfer',
  reference: 'txn_1',
  minor,
  currency: 'EUR',
  day: DAY,
  ...(between === undefined ? {} : { between }),
  customerId: null,
  who: '',
  object: 'zohoBooks.transfers',
});

function found(entry: BookedEntry, moneyAccount: string | null, movement: StatedMovement = withdrawn) {
  const known: Known = {
    document: null,
    isCredited: false,
    transfer: 't_1',
    moneyAccount,
    run: null,
    wasOff: false,
  };
  const books = { entries: [entry], voided: new Map<string, string>(), currencies: new Set(['EUR']) };
  const { compared, differences } = compare({ movements: [movement] }, books, () => known, {
    timeZone: 'Europe/Paris',
    documentObject: 'zohoBooks.invoices',
  });
  const days = daySums(compared, differences, { from: DAY, to: DAY });
  return {
    reasons: differences.map(({ reason, minor }) => `${reason} ${minor}`),
    apart: days.reduce((sum, { differenceMinor }) => sum + differenceMinor, 0),
  };
}

const RIGHT = { from: 'money', to: 'disputed' };
const ROUND = { from: 'disputed', to: 'money' };

it.each([
  ['goes the right way', RIGHT, 'money', [], 0],
  ['is turned round', ROUND, 'money', ['edited -19000'], -19_000],
  [
    'leaves another account than the money’s',
    { from: 'bank', to: 'disputed' },
    'money',
    ['edited -9500'],
    -9_500,
  ],
  ['goes to another account than the disputed one', { from: 'money', to: 'bank' }, 'money', [], 0],
  ['goes between accounts that nobody remembers', ROUND, null, [], 0],
  ['is one of which the books do not say between what', undefined, 'money', [], 0],
] as const)('a transfer that %s', (_what, between, account, reasons, apart) => {
  expect(found(transfer(between), account)).toEqual({ reasons, apart });
});

it('what comes back goes the other way', () => {
  const back = { ...withdrawn, minor: 8_000, settled: { minor: 8_000, currency: 'EUR', feeMinor: 0 } };
  expect(found(transfer(ROUND, 8_000), 'money', back)).toEqual({ reasons: [], apart: 0 });
  expect(found(transfer(RIGHT, 8_000), 'money', back)).toEqual({ reasons: ['edited 16000'], apart: 16_000 });
});
