import { z } from 'zod';
import { REASONS } from '../../core/reconciliation/reasons.ts';
import { application, connectorName, instant, sentence } from './words.ts';

const count = z.int().nonnegative();
const minor = z.int().describe('In minor units of the currency: JPY has none, KWD counts thousandths.');
const currency = z.string().length(3);
const day = z.iso.date().describe('In the organisation’s time zone.');

const moneyReason = z.enum(REASONS).describe('Why the two sides do not say the same: a closed list.');

const side = z.object({ day, minor });

export const moneyDifference = z.object({
  key: z.string().describe('The same at every check.'),
  reason: moneyReason,
  words: sentence.describe('The reason in words.'),
  kind: z.enum(['payment', 'refund', 'dispute', 'fee', 'payout']),
  currency,
  vendor: side.nullable().describe('What the vendor says, and of which day; null: nothing.'),
  books: side.nullable().describe('What the books say, and of which day; null: nothing.'),
  minor: minor.describe('What the vendor says more than the books.'),
  who: z.string().nullable(),
  reference: z.string(),
  says: sentence.nullable().describe('What the run, or the filter, said of it.'),
  state: z
    .enum(['open', 'young', 'decided', 'accepted'])
    .describe(
      '`open`: somebody has to look. `young`: it is on its way. `decided`: a filter, or a pause, leaves it out.',
    ),
  accepted: z.object({ note: z.string(), by: z.string(), at: instant }).nullable(),
  actions: z
    .array(z.enum(['take-up', 'replay', 'shelf', 'open', 'accept', 'unaccept']))
    .describe('What mends it, the best first.'),
  vendorUrl: z.url().nullable(),
  documentUrl: z.url().nullable().describe('Where the books show it.'),
  run: z.string().nullable().describe('The run that told of it.'),
  integration: z.string().nullable(),
});

const parts = z.object({ payments: minor, refunds: minor, disputes: minor });

const moneyDay = z.object({
  day,
  currency,
  vendor: parts,
  books: parts,
  notedMinor: minor.describe('Of what the books say, as much as stands there in words only.'),
  differenceMinor: minor,
  differences: count,
  movements: count,
});

const moneyFee = z.object({
  day,
  currency,
  grossMinor: minor,
  feeMinor: minor.describe('What the vendor kept: above zero.'),
  booksMinor: minor.describe('What of it the books say.'),
  unbookedMinor: minor.describe(
    'Of what was kept, as much as is not to stand in the books by the settings, or comes with a payment that does not.',
  ),
  differenceMinor: minor.describe(
    'What the vendor says more than the books: below zero where more was kept.',
  ),
  differences: count,
});

const moneyTransfer = z.object({
  vendorMinor: minor.describe('Below zero for what left the account; 0 for what came back to it.'),
  booksMinor: minor,
  differences: count,
});

const moneyPayout = z.object({
  id: z.string(),
  at: instant,
  arrivesOn: day.nullable(),
  currency,
  minor,
  paymentsMinor: minor,
  refundsMinor: minor,
  disputesMinor: minor,
  otherMinor: minor,
  feesMinor: minor,
  unexplainedMinor: minor.describe('What it is more than what it consists of.'),
  movements: count,
  differences: count,
  isByHand: z.boolean().describe('Somebody made it: the vendor does not say what it consists of.'),
  state: z
    .enum(['pending', 'paid', 'failed'])
    .nullable()
    .describe('How it stands; null: the vendor does not say.'),
  transfer: moneyTransfer
    .nullable()
    .describe('Its transfer in the books; null: none is to stand there, by the settings, or none yet.'),
});

const total = z.object({
  of: z.enum(['movements', 'fees', 'payouts']),
  currency,
  vendorMinor: minor,
  booksMinor: minor,
  differenceMinor: minor,
  open: count,
});

export const moneyAccount = z.object({
  id: z.uuid(),
  connector: application,
  account: z.string(),
  books: connectorName.extend({ account: z.string() }),
  checkedAt: instant.nullable().describe('When the last check came to its end; null: none did yet.'),
  from: day.nullable(),
  to: day.nullable(),
  totals: z.array(total).describe('Of these days, by currency.'),
  open: count.describe('Differences that somebody has to look at.'),
  differences: count,
  isPart: z.boolean().describe('There was more than could be read: the sums are of a part.'),
  check: z
    .object({
      state: z.enum(['asked', 'running']),
      phase: z.enum(['vendor', 'books', 'comparing']).nullable(),
      read: count.describe('Movements and documents that were read.'),
    })
    .nullable()
    .describe('The check that is under way.'),
  failed: z
    .object({ at: instant, kind: z.string(), sentence, vendorMessage: z.string().nullable() })
    .nullable()
    .describe('How the last check ended, where it came to no end: what was found before stays.'),
});

export const moneyAccounts = z.object({ accounts: z.array(moneyAccount) });

export const moneyDetail = moneyAccount.extend({
  days: z.array(moneyDay).describe('The latest first, only those on which something happened.'),
  fees: z.array(moneyFee),
  feesUnread: count.describe(
    'Fees of payments that changed since and were too many to be read one by one: they count as they were booked.',
  ),
  payouts: z.array(moneyPayout),
  found: z.array(moneyDifference).describe('Each difference, the latest day first.'),
  omitted: count.describe('Differences beyond those that are listed.'),
});

export const moneyCheckWish = z.object({ account: z.uuid().optional().describe('Absent: every one.') });

export const moneyAccept = z.object({
  key: z.string().min(1).max(300),
  note: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .nullable()
    .describe('Why it is right as it is; null: it is accepted no more.'),
});

export const moneyTakeUp = z.object({ key: z.string().min(1).max(300) });
