import type { Connector } from '../../core/connector.ts';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import type { BookedEntry, BooksExtract } from '../../core/reconciliation/books.ts';
import { compare, type Known } from '../../core/reconciliation/compare.ts';
import { dayAfter, dayIn } from '../../core/reconciliation/days.ts';
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
  noteProgress,
} from '../../store/money-accounts.ts';
import { accountOf } from '../integration-of.ts';
import { isOwnTrouble } from '../own-trouble.ts';
import type { Timing, World } from '../ports.ts';
import { bookedByLiaison, knowledgeOf } from './knowledge.ts';
import type { Booking, Pairing } from './pairs.ts';
import { type FoundDifference, isOpen, type MoneyResult } from './result.ts';

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
      // A vendor that does not answer keeps nobody from cancelling.
      if (await noteProgress(database, id, course.progress)) {
        course.isCancelled = true;
        stop.abort();
      }
    }
  })().catch(() => {});
  const outcome = await found(parts, { id, organisationId }, pairing, course).then(
    (result) => ({ result }),
    (thrown: unknown) => ({ thrown }),
  );
  // Nobody says any more how far it is once it is said how it ended.
  over.abort();
  await beats;
  if ('result' in outcome) await finishCheck(database, id, outcome.result);
  else if (isOwnTrouble(outcome.thrown)) throw outcome.thrown;
  else if (!ending.aborted)
    await failCheck(database, id, failureOf(outcome.thrown, course, pairing, patience.aborted));
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
    sentence: {
      en: `${titles.en} could not be read: ${words.en}`,
      fr: `${titles.fr} n’a pas pu être lu : ${words.fr}`,
    },
    ...(details.vendorMessage === undefined ? {} : { vendorMessage: details.vendorMessage.slice(0, 2_000) }),
  };
}

async function found(
  { database, world, timing }: CheckParts,
  account: { readonly id: string; readonly organisationId: string },
  pairing: Pairing,
  course: Course,
): Promise<{ result: MoneyResult; openDifferences: number }> {
  const { organisationId } = account;
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
  const linkedOf = await knowledgeOf(database, organisationId, pairing, movements, begins);
  const client = await clientOf(world, bookings, 'booksRole', books, course.signal);
  const { transfers, knownOf } = await transfersOf(movements, linkedOf, (id) => offer.transfer?.(client, id));
  const days = { from: dayAfter(from, -MARGIN_DAYS), to: dayAfter(to, MARGIN_DAYS) };
  const extract = await offer.extract(
    client,
    days,
    movements.some((one) => knownOf(one).isCredited),
    onBooks,
  );
  const moved = await movedAway(movements, extract, knownOf, (reference) =>
    offer.byReference(client, reference),
  );
  course.progress = { phase: 'comparing', read: course.progress.read };
  const place = { timeZone, from, to };
  const byId = new Map(movements.map((one) => [one.id, one]));
  const { compared, differences } = compare(
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
  const shown = differences
    .filter((one) => isShown(one, place))
    .map((one): FoundDifference => ({ ...one, isYoung: isYoung(one.key, byId, knownOf, now, one.reason) }))
    .sort((one, other) =>
      ((one.vendor ?? one.books)?.day ?? '') < ((other.vendor ?? other.books)?.day ?? '') ? 1 : -1,
    );
  const accepted = new Map((await acceptedOf(database, account.id)).map((one) => [one.key, one]));
  const differing = new Set(differences.map(({ key }) => key.split(' ', 1)[0] ?? ''));
  return {
    openDifferences: shown.filter((one) => isOpen(one, accepted)).length,
    result: {
      from,
      to,
      timeZone,
      days: daySums(compared, shown, place),
      fees: feeSums(compared, place),
      payouts: statement.payouts.map((payout) => ({
        ...payout,
        differences: payout.movements.filter((one) => differing.has(one)).length,
      })),
      differences: shown.slice(0, MOST_KEPT),
      omitted: Math.max(0, shown.length - MOST_KEPT),
      isPart: statement.isPart || extract.isPart,
      movements: movements.length,
      documents: extract.entries.length,
    },
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
  key: string,
  movements: ReadonlyMap<string, StatedMovement>,
  knownOf: (movement: StatedMovement) => Known,
  now: number,
  reason: FoundDifference['reason'],
): boolean {
  if (reason !== 'not-booked' && reason !== 'refund-not-carried') return false;
  const movement = movements.get(key);
  if (movement === undefined) return false;
  const state = knownOf(movement).run?.state;
  return (
    state === 'waiting' ||
    state === 'running' ||
    now - Date.parse(movement.knownSince ?? movement.movedAt) < YOUNG_MS
  );
}
