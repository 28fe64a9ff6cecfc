import type { Connector } from '../../core/connector.ts';
import { dayIn } from '../../core/day-in.ts';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import type { BookedEntry, BooksExtract } from '../../core/reconciliation/books.ts';
import { compare, type Known } from '../../core/reconciliation/compare.ts';
import { dayAfter } from '../../core/reconciliation/days.ts';
import { movementsOfOrders } from '../../core/reconciliation/orders.ts';
import type { OnRead, Span, StatedMovement, Statement } from '../../core/reconciliation/statement.ts';
import { daySums, feeSums, isShown } from '../../core/reconciliation/sums.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Database } from '../../store/database.ts';
import { acceptedOf } from '../../store/money-accepted.ts';
import {
  beginCheck,
  failCheck,
  finishCheck,
  type MoneyFailure,
  type MoneyProgress,
  moneyAccountToChange,
  noteProgress,
} from '../../store/money-accounts.ts';
import { accountOf } from '../integration-of.ts';
import { isOwnTrouble } from '../own-trouble.ts';
import type { Timing, World } from '../ports.ts';
import { feesOf, payoutsOf, type Reading } from './fees-and-payouts.ts';
import { bookedByLiaison, knowledgeOf } from './knowledge.ts';
import type { Booking, Pairing } from './pairs.ts';
import { type FoundDifference, type KeptPayout, type MoneyResult, openOf } from './result.ts';
import { wishesOf } from './wishes.ts';

/** Days that are shown, today's included. */
const DAYS = 35;
/** Days beside them that are read, so that what lies over their edge finds its other side. */
const MARGIN_DAYS = 3;
/** Payments that are looked for one by one because their day may have been edited: never more, however many are gone. */
const MOST_LOOKUPS = 20;
/** Transfers stand in no list of all accounts: each is asked for by its id. */
const MOST_TRANSFERS = 100;
const MOST_KEPT = 2_000;
/** What happened a moment ago is not missing yet. */
const YOUNG_MS = 10 * 60_000;
const PATIENCE_MS = 10 * 60_000;
const BEAT_MS = 1_000;
const DAY_MS = 86_400_000;

export interface CheckParts {
  readonly database: Database;
  readonly world: World;
  readonly timing: Timing;
  /** How long one check may take; by default ten minutes. */
  readonly patienceMs?: number;
  readonly beatMs?: number;
}

type Failing = MoneyFailure['side'];

/** What is under way, for whoever is shown it, and what ends it. */
interface Course {
  progress: MoneyProgress;
  readonly signal: AbortSignal;
  isCancelled: boolean;
}

/**
 * Reads an account's statement and the books, holds them against each other, and keeps what it found. What was found before
 * stays where this comes to no end, with the reason beside it.
 *
 * @param ending aborted when this process is to stop, or another one may be at it: then nothing is kept.
 */
export async function checkMoney(
  parts: CheckParts,
  { id, organisationId }: { readonly id: string; readonly organisationId: string },
  pairing: Pairing,
  ending: AbortSignal,
): Promise<void> {
  const { database, timing } = parts;
  await beginCheck(database, id);
  const over = new AbortController();
  const patience = AbortSignal.timeout(parts.patienceMs ?? PATIENCE_MS);
  const stop = new AbortController();
  const course: Course = {
    progress: { phase: 'vendor', read: 0 },
    signal: AbortSignal.any([patience, ending, stop.signal]),
    isCancelled: false,
  };
  const beats = (async () => {
    while (!over.signal.aborted) {
      await timing.pause(parts.beatMs ?? BEAT_MS, over.signal);
      if (over.signal.aborted) return;
      // A vendor that does not answer keeps nobody from cancelling, nor does a write that failed once.
      if (await noteProgress(database, id, course.progress).catch(() => false)) {
        course.isCancelled = true;
        stop.abort();
      }
    }
  })();
  const outcome = await found(parts, organisationId, pairing, course).then(
    (result) => ({ result }),
    (thrown: unknown) => ({ thrown }),
  );
  // Nobody says any more how far it is once it is said how it ended.
  over.abort();
  await beats;
  if ('result' in outcome) await keep(database, { id, organisationId }, outcome.result);
  else if (isOwnTrouble(outcome.thrown)) throw outcome.thrown;
  else if (!ending.aborted)
    await failCheck(database, id, failureOf(outcome.thrown, course, pairing, patience.aborted));
}

/** What somebody accepts at the same moment counts, whichever comes first. */
async function keep(
  database: Database,
  { id, organisationId }: { readonly id: string; readonly organisationId: string },
  result: MoneyResult,
): Promise<void> {
  await database.transaction(async (sql) => {
    if ((await moneyAccountToChange(sql, organisationId, id)) === null) return;
    const openDifferences = openOf(result.differences, await acceptedOf(sql, id)).length;
    await finishCheck(sql, id, { result, openDifferences });
  });
}

const CANCELLED: Sentence = {
  en: 'The check was cancelled.',
  fr: 'La vérification a été annulée.',
};

function failureOf(
  thrown: unknown,
  { progress, isCancelled }: Course,
  { source, books }: Pairing,
  isOutOfPatience: boolean,
): MoneyFailure {
  const side: Failing =
    progress.phase === 'vendor' ? 'vendor' : progress.phase === 'books' ? 'books' : 'liaison';
  if (isCancelled) return { side, kind: 'cancelled', sentence: CANCELLED };
  const { titles } = side === 'vendor' ? source : books;
  const { kind, details } = asLiaisonError(thrown);
  const words = isOutOfPatience
    ? { en: 'it did not answer in time.', fr: 'pas de réponse à temps.' }
    : details.sentence;
  return {
    side,
    kind,
    // While the two are compared nobody is read: it says itself what went wrong.
    sentence:
      side === 'liaison'
        ? details.sentence
        : {
            en: `${titles.en} could not be read: ${words.en}`,
            fr: `${titles.fr} n’a pas pu être lu\u00a0: ${words.fr}`,
          },
    ...(details.vendorMessage === undefined ? {} : { vendorMessage: details.vendorMessage.slice(0, 2_000) }),
  };
}

async function found(
  { database, world, timing }: CheckParts,
  organisationId: string,
  pairing: Pairing,
  course: Course,
): Promise<MoneyResult> {
  const { timeZone } = await world.organisation(organisationId);
  const now = timing.now();
  const to = dayIn(timeZone, now);
  const from = dayAfter(to, 1 - DAYS);
  const begins = new Date(Date.parse(from) - MARGIN_DAYS * DAY_MS);
  const span: Span = { from: begins.toISOString(), to: new Date(now + YOUNG_MS).toISOString() };
  const counting = (phase: MoneyProgress['phase']): OnRead => {
    course.progress = { phase, read: course.progress.read };
    return async (count) => {
      course.progress = { phase, read: course.progress.read + count };
      if (course.signal.aborted) throw course.signal.reason;
    };
  };
  const { source, books, bookings } = pairing;
  const statement = await statementOf(
    source,
    await clientOf(world, bookings, 'sourceRole', source, course.signal),
    span,
    counting('vendor'),
    now,
  );
  const { movements } = statement;
  const offer = books.offers?.books;
  if (offer === undefined) throw new Error(`${books.id} offers no books`);
  const onBooks = counting('books');
  const wishes = await wishesOf(database, organisationId, bookings);
  const linkedOf = await knowledgeOf(database, organisationId, pairing, movements, begins, wishes.feesNow);
  const client = await clientOf(world, bookings, 'booksRole', books, course.signal);
  const { transfers, knownOf } = await transfersOf(movements, linkedOf, (id) => offer.transfer?.(client, id));
  const days = { from: dayAfter(from, -MARGIN_DAYS), to: dayAfter(to, MARGIN_DAYS) };
  const extract = await offer.extract(
    client,
    days,
    {
      credits: movements.some((one) => knownOf(one).isCredited),
      expenses: wishes.feesNow || movements.some((one) => (knownOf(one).fee?.expense ?? null) !== null),
    },
    onBooks,
  );
  const moved = await movedAway(movements, extract, knownOf, (reference) =>
    offer.byReference(client, reference),
  );
  course.progress = { phase: 'comparing', read: course.progress.read };
  const place = { timeZone, from, to };
  const byId = new Map(movements.map((one) => [one.id, one]));
  const ofMovements = compare(
    statement,
    { ...extract, entries: [...extract.entries, ...moved, ...transfers] },
    knownOf,
    {
      timeZone,
      documentObject: offer.document,
      bookedElsewhere: await bookedByLiaison(
        { database, world },
        organisationId,
        extract.entries.flatMap(({ reference }) => reference || []),
      ),
    },
  );
  const { compared } = ofMovements;
  // What the books have of fees and payouts hangs on what was found so far.
  const reading: Reading = {
    ...{ database, world, organisationId, pairing, offer, client, now, days, timeZone },
    onRead: counting('books'),
  };
  const { fees, ofFees, unread } = await feesOf(
    reading,
    statement,
    compared,
    extract.entries,
    knownOf,
    wishes.fees,
  );
  const payouts = await payoutsOf(reading, statement.payouts, extract, begins, wishes);
  course.progress = { phase: 'comparing', read: course.progress.read };
  const differences = [...ofMovements.differences, ...ofFees, ...payouts.differences];
  const shown = differences
    .filter((one) => isShown(one, place))
    .map((one): FoundDifference => {
      const movement = byId.get(one.movement.id);
      const isYoungOne =
        one.kind === 'payout'
          ? payouts.isYoung(one)
          : movement !== undefined && isYoung(one, movement, knownOf(movement), now);
      return { ...one, isYoung: isYoungOne };
    })
    .sort((one, other) =>
      ((one.vendor ?? one.books)?.day ?? '') < ((other.vendor ?? other.books)?.day ?? '') ? 1 : -1,
    );
  const differing = new Set(ofMovements.differences.map(({ movement }) => movement.id));
  const kept = shown.slice(0, MOST_KEPT);
  return {
    from,
    to,
    days: daySums(compared, shown, place),
    fees: feeSums(fees, shown, place),
    payouts: statement.payouts.map(({ standing, ...payout }): KeptPayout => {
      const inBooks = payouts.byId.get(payout.id);
      return {
        ...payout,
        differences: payout.movements.filter((one) => differing.has(one)).length,
        ...(standing && { state: standing.state }),
        ...(inBooks && { inBooks }),
      };
    }),
    differences: kept,
    omitted: shown.length - kept.length,
    isPart: statement.isPart || extract.isPart,
    movements: movements.length,
    documents: extract.entries.length,
    feesUnread: unread,
  };
}

/** The account in a role, by the first integration that has it connected. */
async function clientOf(
  world: World,
  bookings: readonly Booking[],
  role: 'sourceRole' | 'booksRole',
  connector: Connector,
  signal: AbortSignal,
): Promise<unknown> {
  let refused: unknown = null;
  for (const booking of bookings) {
    try {
      const account = accountOf(booking.integration, booking[role]);
      return connector.client(await world.open(account, connector, { onExchange: () => {}, signal }));
    } catch (thrown) {
      if (!(thrown instanceof LiaisonError)) throw thrown;
      refused = thrown;
    }
  }
  throw refused;
}

async function statementOf(
  { id, offers }: Connector,
  client: unknown,
  span: Span,
  onRead: OnRead,
  now: number,
): Promise<Statement> {
  if (offers?.balance !== undefined) return offers.balance.statement(client, span, onRead);
  const shop = offers?.orders;
  const [topic] = shop?.topics ?? [];
  if (shop === undefined || topic === undefined) throw new Error(`${id} has no statement of its money`);
  const { orders, more } = await shop.recent(client, now - Date.parse(span.from));
  await onRead(orders.length);
  const movements = movementsOfOrders(orders, { object: shop.object, topic });
  return {
    movements: movements.filter(({ movedAt }) => movedAt >= span.from),
    payouts: [],
    isPart: more,
  };
}

/**
 * Transfers that Liaison made of movements, as they stand by now. What is not asked for counts as said in words, as it does
 * where the books know no transfers.
 */
async function transfersOf(
  movements: readonly StatedMovement[],
  knownOf: (movement: StatedMovement) => Known,
  ask: (id: string) => Promise<BookedEntry | null> | undefined,
): Promise<{
  readonly transfers: readonly BookedEntry[];
  readonly knownOf: (movement: StatedMovement) => Known;
}> {
  const transfers: BookedEntry[] = [];
  const asked = new Set<string>();
  for (const movement of movements) {
    const { transfer = null } = knownOf(movement);
    if (transfer === null || movement.transfer === undefined || asked.size >= MOST_TRANSFERS) continue;
    const found = await ask(transfer);
    if (found === undefined) continue;
    asked.add(movement.id);
    // Whoever changed its reference by hand did not make another movement of it.
    if (found !== null) transfers.push({ ...found, reference: movement.transfer });
  }
  return {
    transfers,
    knownOf: (movement) =>
      asked.has(movement.id) ? knownOf(movement) : { ...knownOf(movement), transfer: null },
  };
}

/** Entries of payments that Liaison booked and that stand on other days now: somebody edited them. */
async function movedAway(
  movements: readonly StatedMovement[],
  { entries, voided }: BooksExtract,
  knownOf: (movement: StatedMovement) => Known,
  find: (reference: string) => Promise<readonly BookedEntry[]>,
): Promise<BookedEntry[]> {
  const there = new Set(entries.map(({ reference }) => reference));
  const gone = movements.filter(
    (one) =>
      one.kind === 'payment' &&
      ![one.payment, ...one.alsoKnownAs].some((reference) => there.has(reference) || voided.has(reference)) &&
      knownOf(one).document !== null,
  );
  const found: BookedEntry[] = [];
  for (const { payment } of gone.slice(0, MOST_LOOKUPS)) found.push(...(await find(payment)));
  return found;
}

function isYoung(
  { reason }: Pick<FoundDifference, 'reason'>,
  movement: StatedMovement,
  { run }: Known,
  now: number,
): boolean {
  if (reason !== 'not-booked' && reason !== 'refund-not-carried') return false;
  return (
    run?.state === 'waiting' ||
    run?.state === 'running' ||
    now - Date.parse(movement.knownSince ?? movement.movedAt) < YOUNG_MS
  );
}
