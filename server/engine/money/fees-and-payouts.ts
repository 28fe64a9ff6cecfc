import type { BookedEntry, BooksExtract, BooksOffer, DaySpan } from '../../core/reconciliation/books.ts';
import type { Compared, Difference, Known } from '../../core/reconciliation/compare.ts';
import { compareFees } from '../../core/reconciliation/fees.ts';
import type { Payout } from '../../core/reconciliation/payout.ts';
import { comparePayouts } from '../../core/reconciliation/payouts.ts';
import type { OnRead, StatedMovement, Statement } from '../../core/reconciliation/statement.ts';
import type { Database } from '../../store/database.ts';
import type { World } from '../ports.ts';
import { payoutKnowledge } from './knowledge.ts';
import type { Pairing } from './pairs.ts';
import { readFees } from './read-fees.ts';
import { readPayouts } from './read-payouts.ts';
import type { Wishes } from './wishes.ts';

const DAY_MS = 86_400_000;
/** What happened a moment ago is not missing yet. */
const YOUNG_MS = 10 * 60_000;

/** What is read from the books beside the movements' own entries. */
export interface Reading {
  readonly database: Database;
  readonly world: World;
  readonly organisationId: string;
  readonly pairing: Pairing;
  // biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
  readonly offer: BooksOffer<any>;
  readonly client: unknown;
  readonly now: number;
  readonly days: DaySpan;
  readonly timeZone: string;
  readonly onRead: OnRead;
}

export async function feesOf(
  reading: Reading,
  statement: Statement,
  compared: readonly Compared[],
  entries: readonly BookedEntry[],
  knownOf: (movement: StatedMovement) => Known,
  wishedAt: (moment: string) => boolean,
) {
  const { unread, ...books } = await readFees(reading, statement.movements, compared, entries, knownOf);
  const { fees, differences } = compareFees(statement, books, compared, { knownOf, wishedAt }, reading);
  return { fees, ofFees: differences, unread };
}

export async function payoutsOf(
  reading: Reading,
  all: readonly Payout[],
  extract: Pick<BooksExtract, 'currencies'>,
  since: Date,
  wishes: Wishes,
) {
  const { database, organisationId, pairing, now } = reading;
  const knownOf = await payoutKnowledge(database, organisationId, pairing, all, since, wishes);
  const { payouts, transfers } = await readPayouts(reading, all, knownOf, extract);
  const { compared, differences } = comparePayouts(payouts, transfers, knownOf, reading);
  const byId = new Map(all.map((payout) => [payout.id, payout]));
  return {
    differences,
    byId: new Map(compared.map(({ id, currency: _currency, ...inBooks }) => [id, inBooks])),
    /** It is said on which day it arrives, and not when; and what was back a moment ago is not missing yet. */
    isYoung({ reason, movement: { id } }: Difference): boolean {
      if (reason !== 'not-booked') return false;
      const { run } = knownOf(id);
      const isUnderWay = run?.state === 'waiting' || run?.state === 'running';
      return isUnderWay || now < onItsWayUntil(byId.get(id));
    },
  };
}

const onItsWayUntil = (payout: Payout | undefined): number =>
  payout === undefined
    ? 0
    : Math.max(
        Date.parse(payout.arrivesOn ?? payout.at) + DAY_MS,
        Date.parse(payout.standing?.failedAt ?? payout.at) + YOUNG_MS,
      );
