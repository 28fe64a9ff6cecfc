import type { Money } from '../../core/money.ts';
import type { BookedEntry, BooksOffer } from '../../core/reconciliation/books.ts';
import type { Compared, Known } from '../../core/reconciliation/compare.ts';
import type { BookedFees } from '../../core/reconciliation/fees.ts';
import type { OnRead, StatedMovement } from '../../core/reconciliation/statement.ts';
import type { Database } from '../../store/database.ts';
import { linkedSince } from '../../store/money-knowledge.ts';
import type { Pairing } from './pairs.ts';

/** Bank charges stand in no list: a payment is read by its id where it was changed since its fee was recorded. */
const MOST_CHARGES = 100;
/** Expenses that stand in no list of these days are looked for one by one. */
const MOST_EXPENSES = 20;
/** Books write to the second when something was changed: what was recorded just now is read in any case. */
const SETTLED_MS = 86_400_000;

export interface FeeSources {
  readonly database: Database;
  readonly organisationId: string;
  readonly pairing: Pairing;
  readonly offer: BooksOffer<unknown>;
  readonly client: unknown;
  readonly now: number;
  readonly onRead: OnRead;
}

export interface ReadFees extends BookedFees {
  /** Fees of payments that were changed since, and that were too many to be read: they count as they were booked. */
  readonly unread: number;
}

/**
 * What the books have of the fees of these movements, with as few calls as that takes.
 *
 * @param compared the entries that the payments themselves were found by.
 */
export async function readFees(
  sources: FeeSources,
  movements: readonly StatedMovement[],
  compared: readonly Compared[],
  entries: readonly BookedEntry[],
  knownOf: (movement: StatedMovement) => Known,
): Promise<ReadFees> {
  const entryOf = new Map(
    compared.flatMap(({ movement, vendor, entry }) =>
      vendor === null || entry === null ? [] : [[movement, entry] as const],
    ),
  );
  const due = movements.flatMap((movement) => {
    const { fee } = knownOf(movement);
    const entry = entryOf.get(movement.id);
    const isKept = (movement.settled?.feeMinor ?? 0) > 0;
    return fee?.isDue === true && isKept && movement.kind === 'payment' && entry !== undefined
      ? [{ movement, fee, entry }]
      : [];
  });
  return {
    entries: [...entries, ...(await expensesElsewhere(sources, due, entries))],
    ...(await chargesOf(sources, due)),
  };
}

interface Due {
  readonly movement: StatedMovement;
  readonly fee: Known['fee'] & {};
  readonly entry: BookedEntry;
}

/** Expenses whose day somebody edited to long before. */
async function expensesElsewhere(
  { offer, client, onRead }: FeeSources,
  due: readonly Due[],
  entries: readonly BookedEntry[],
): Promise<BookedEntry[]> {
  const listed = new Set(entries.flatMap(({ kind, id }) => (kind === 'expense' ? [id] : [])));
  const gone = due.flatMap(({ fee: { expense } }) =>
    expense === null || listed.has(expense) ? [] : [expense],
  );
  const found: BookedEntry[] = [];
  for (const id of gone.slice(0, MOST_EXPENSES)) {
    const expense = await offer.expense?.(client, id);
    if (expense !== undefined && expense !== null) found.push(expense);
    await onRead(1);
  }
  return found;
}

async function chargesOf(
  { database, organisationId, pairing, offer, client, now, onRead }: FeeSources,
  due: readonly Due[],
): Promise<{ readonly charges: ReadonlyMap<string, Money | null>; readonly unread: number }> {
  const charges = new Map<string, Money | null>();
  if (offer.bankCharges === undefined) return { charges, unread: 0 };
  const links = pairing.bookings.flatMap(({ flow }) => flow.booking?.fees ?? []);
  const onPayment = due.filter(
    ({ movement, fee }) =>
      movement.settled?.currency === movement.currency &&
      fee.expense === null &&
      (fee.isDone || fee.isWished),
  );
  const doneAt = await linkedSince(
    database,
    organisationId,
    pairing.bookings.map(({ integration }) => integration.id),
    onPayment.flatMap(({ movement }) => links.map((link) => link.done(movement.payment))),
  );
  const changed = onPayment.filter(({ movement, entry }) => {
    const [at] = links.flatMap((link) => doneAt.get(link.done(movement.payment)) ?? []);
    if (at === undefined || entry.changedAt === undefined) return true;
    return now - at.getTime() < SETTLED_MS || Date.parse(entry.changedAt) > at.getTime();
  });
  const latest = changed.toSorted((one, other) => (one.movement.movedAt < other.movement.movedAt ? 1 : -1));
  for (const { entry } of latest.slice(0, MOST_CHARGES)) {
    charges.set(entry.id, await offer.bankCharges(client, entry.id));
    await onRead(1);
  }
  return { charges, unread: Math.max(0, latest.length - MOST_CHARGES) };
}
