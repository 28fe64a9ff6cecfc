import type { MoneyDetail } from '../../../server/api/contract.ts';
import { REASON_WORDS } from '../../../server/core/reconciliation/reasons.ts';
import { english } from '../../language/english.ts';
import { csvOf } from './csv.ts';

const payout = (minor: number) => ({
  at: '2026-11-22T03:00:00Z',
  arrivesOn: '2026-11-24',
  currency: 'EUR',
  minor,
});

const DETAIL = {
  days: [
    {
      day: '2026-11-23',
      currency: 'KWD',
      vendor: { payments: 1_234, refunds: -34, disputes: 0 },
      books: { payments: 1_234, refunds: 0, disputes: 0 },
      notedMinor: 0,
      differenceMinor: -34,
      differences: 1,
      movements: 2,
    },
  ],
  fees: [
    {
      day: '2026-11-23',
      currency: 'EUR',
      grossMinor: 10_000,
      feeMinor: 175,
      booksMinor: 150,
      unbookedMinor: 0,
      differenceMinor: -25,
      differences: 1,
    },
  ],
  payouts: [
    { ...payout(9_825), transfer: { vendorMinor: -9_825, booksMinor: -9_825, differences: 0 } },
    { ...payout(1_000), transfer: { vendorMinor: -1_000, booksMinor: 0, differences: 1 } },
    { ...payout(500), currency: 'CHF', transfer: null },
    { ...payout(700), arrivesOn: null, transfer: null },
  ],
  found: [
    {
      key: 'txn_1',
      reason: 'edited',
      words: REASON_WORDS.edited,
      kind: 'payment',
      currency: 'JPY',
      vendor: { day: '2026-11-23', minor: 4_990 },
      books: null,
      minor: -4_990,
      who: '=HYPERLINK("https://evil.example")',
      reference: '-2+3',
      says: null,
      state: 'accepted',
      accepted: { note: 'Dit « oui »,\npar téléphone', by: 'Claire', at: '2026-11-24T10:00:00Z' },
      actions: [],
      vendorUrl: null,
      documentUrl: null,
      run: null,
      integration: null,
    },
  ],
} as unknown as MoneyDetail;

const rows = csvOf(DETAIL, english.money, (label) => (typeof label === 'string' ? label : label.en)).split(
  '\r\n',
);

it('amounts are exact in each currency’s decimals, below zero where less is left, and days sort', () => {
  expect(rows[0]).toBe('Day,Currency,Payments,Refunds,Disputes,Books,Difference');
  expect(rows[1]).toBe('2026-11-23,KWD,1.234,-0.034,0.000,1.234,-0.034');
});

it('fees stand by the day, and payouts as sums of the day on which they are at the bank', () => {
  expect(rows.slice(3, 12)).toEqual([
    'Fees',
    'Day,Currency,Moved,Fees,Books,Difference',
    '2026-11-23,EUR,100.00,1.75,1.50,-0.25',
    '',
    'Payouts',
    'At the bank,Currency,Paid out,Vendor,Books,Difference',
    '2026-11-24,EUR,108.25,-108.25,-98.25,-10.00',
    '2026-11-24,CHF,5.00,,,',
    '2026-11-22,EUR,7.00,,,',
  ]);
});

it('without either there is no table of them', () => {
  const bare = csvOf({ ...DETAIL, fees: [], payouts: [] }, english.money, () => '').split('\r\n');
  expect(bare.filter((row) => row === 'Fees' || row === 'Payouts')).toEqual([]);
});

it('no name, reference or note is a formula, and quotes, commas and line breaks stay in their cell', () => {
  expect(rows.slice(14).join('\r\n')).toBe(
    `Edited in the books,Accepted,Payment,"'=HYPERLINK(""https://evil.example"")",'-2+3,JPY,2026-11-23,4990,,,-4990,"Dit « oui »,\npar téléphone"\r\n`,
  );
});
