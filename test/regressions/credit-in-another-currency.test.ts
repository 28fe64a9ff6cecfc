import type { BookedEntry } from '../../server/core/reconciliation/books.ts';
import { compare } from '../../server/core/reconciliation/compare.ts';
import type { StatedMovement } from '../../server/core/reconciliation/statement.ts';
import { daySums } from '../../server/core/reconciliation/sums.ts';

const DAY = '2026-11-24';
const base = { payment: 'pi_1', alsoKnownAs: [], who: null, object: 'stripe.payments', recordId: 'pi_1' };
const at = `${DAY}T10:00:00.000Z`;
const event = { topic: 'refund.updated', recordId: 're_1', body: {} };

const MOVEMENTS: readonly StatedMovement[] = [
  {
    ...base,
    id: 'in',
    kind: 'payment',
    credit: null,
    toldBy: [],
    minor: 5_000,
    currency: 'EUR',
    movedAt: at,
    event,
  },
  {
    ...base,
    id: 'out',
    kind: 'refund',
    credit: 're_1',
    toldBy: [],
    minor: -5_000,
    currency: 'EUR',
    movedAt: at,
    event,
  },
];
const entry = (kind: BookedEntry['kind'], reference: string, currency: string): BookedEntry => ({
  id: `${kind} ${reference}`,
  kind,
  reference,
  minor: 5_000,
  currency,
  day: DAY,
  customerId: null,
  who: 'Claire',
  object: `zohoBooks.${kind}s`,
});

/** What the two sides say, and what they are apart, by currency. */
function sums(entries: readonly BookedEntry[]) {
  const books = { entries, voided: new Map<string, string>(), currencies: new Set(['EUR', 'JPY']) };
  const place = { timeZone: 'Europe/Paris', documentObject: 'zohoBooks.invoices' };
  const { compared, differences } = compare({ movements: MOVEMENTS }, books, () => undefined, place);
  return {
    days: daySums(compared, differences, { from: DAY, to: DAY }).map(
      ({ currency, vendor, books: own, differenceMinor }) =>
        `${currency} ${vendor.payments + vendor.refunds} ${own.payments + own.refunds} ${differenceMinor}`,
    ),
    differences: differences.map(
      ({ key, reason, minor, currency }) => `${key}: ${reason} ${minor} ${currency}`,
    ),
  };
}

it('a credit note in another currency stands in its own, and not in the one of what went back', () => {
  expect(sums([entry('payment', 'pi_1', 'EUR'), entry('credit', 're_1', 'JPY')])).toEqual({
    days: ['EUR 0 5000 -5000', 'JPY 0 -5000 5000'],
    differences: ['out: edited -5000 EUR', 'out in JPY: edited 5000 JPY'],
  });
});

it('so does a payment', () => {
  expect(sums([entry('payment', 'pi_1', 'JPY'), entry('credit', 're_1', 'EUR')])).toEqual({
    days: ['EUR 0 -5000 5000', 'JPY 0 5000 -5000'],
    differences: ['in: edited 5000 EUR', 'in in JPY: edited -5000 JPY'],
  });
});
