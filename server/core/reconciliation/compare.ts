import { dayIn } from '../day-in.ts';
import type { Sentence } from '../sentence.ts';
import type { BookedEntry, BooksExtract } from './books.ts';
import { bookedDay, daysBetween } from './days.ts';
import type { Reason } from './reasons.ts';
import type { MovementKind, Settled, StatedMovement, Statement } from './statement.ts';

/** What Liaison itself knows of a movement. */
export interface Known {
  /** The document that it was booked as; null: it never was. */
  readonly document: string | null;
  /** Whether it was carried over as a credit. */
  readonly isCredited: boolean;
  /** The transfer that it was carried over as; null or absent: it was not. */
  readonly transfer?: string | null;
  /** The account in the books that such a transfer leaves or reaches; null or absent: nobody remembers which. */
  readonly moneyAccount?: string | null;
  /** The latest run that told of it; null: none did. */
  readonly run: KnownRun | null;
  /** No integration was on when it happened. */
  readonly wasOff: boolean;
  /** What becomes of its fee; absent: nothing. */
  readonly fee?: KnownFee;
}

export interface KnownFee {
  /** It was to be recorded when its payment was booked. */
  readonly isDue: boolean;
  readonly isDone: boolean;
  /** The expense that it was recorded as; null: it was not as one. */
  readonly expense: string | null;
  /** Whether an integration that is on records fees by now. */
  readonly isWished: boolean;
}

export interface KnownRun {
  readonly id: string;
  readonly integration: string;
  readonly state: 'waiting' | 'running' | 'done' | 'skipped' | 'shelved' | 'superseded';
  /** When it ended, or else began: ISO 8601, UTC. */
  readonly at: string;
  readonly isLeftOut: boolean;
  /** Why it stands on the shelf, or what the filter said. */
  readonly says: Sentence | null;
  /** What it waits for at a vendor. */
  readonly waitsFor: string | null;
}

export interface Place {
  /** The organisation's. */
  readonly timeZone: string;
  /** Days that are shown: what is outside was only read to be matched. */
  readonly from: string;
  readonly to: string;
}

/** An amount on its day; 0 where that side says nothing. */
export interface Side {
  readonly day: string;
  readonly minor: number;
}

/** What a difference may be about. */
export type DifferenceKind = MovementKind | 'fee' | 'payout';

/** One thing that the two sides do not say alike. */
export interface Difference {
  /** The same at every check. */
  readonly key: string;
  readonly reason: Reason;
  readonly kind: DifferenceKind;
  readonly currency: string;
  readonly vendor: Side | null;
  readonly books: Side | null;
  /** What the books say less than the vendor, in minor units. */
  readonly minor: number;
  readonly who: string | null;
  /** What people find it by. */
  readonly reference: string;
  /** Of the movement no more than what finds it and takes it up: differences are kept. */
  readonly movement: Pick<StatedMovement, 'id' | 'object' | 'recordId' | 'event'>;
  /** What stands in the books, or what stood there. */
  readonly document: { readonly object: string; readonly id: string } | null;
  readonly run: Pick<KnownRun, 'id' | 'integration' | 'state'> | null;
  readonly says: Sentence | null;
}

/** Both sides of a movement that was looked at, for the sums. */
export interface Compared {
  /** The movement's id. */
  readonly movement: string;
  readonly currency: string;
  readonly kind: MovementKind;
  readonly vendor: Side | null;
  readonly books: Side | null;
  /** The books say it in words only, beside a document: an entry is the accountant's to make. */
  readonly isNoted: boolean;
  readonly settled: Settled | null;
  /** What the books have of it; null: nothing, or words only. */
  readonly entry: BookedEntry | null;
}

export interface Comparison {
  readonly compared: readonly Compared[];
  readonly differences: readonly Difference[];
}

export const NOTHING_KNOWN: Known = { document: null, isCredited: false, run: null, wasOff: false };

/** How many days a second booking by hand may be away from the first one. */
const TWIN_DAYS = 3;
/** Vendors' clocks and ours may lie so far apart. */
const CLOCKS_MS = 60_000;

/**
 * Holds a vendor's statement against the books: each movement finds its entry by reference, on its own day and in its own
 * currency, or a reason why it does not.
 *
 * @param knownOf what Liaison knows, by a movement's id.
 * @param documentObject what a document in the books is an object of.
 */
export function compare(
  { movements }: Pick<Statement, 'movements'>,
  books: Pick<BooksExtract, 'entries' | 'voided' | 'currencies'>,
  knownOf: (movement: StatedMovement) => Known | undefined,
  {
    timeZone,
    documentObject,
    bookedElsewhere = new Set(),
  }: Pick<Place, 'timeZone'> & {
    readonly documentObject: string;
    /** References that Liaison itself booked, of whatever account: no hand entered those. */
    readonly bookedElsewhere?: ReadonlySet<string>;
  },
): Comparison {
  const compared: Compared[] = [];
  const differences: Difference[] = [];
  const payments = byReference(books.entries, 'payment');
  const credits = byReference(books.entries, 'credit');
  const transfers = byReference(books.entries, 'transfer');
  const references = new Set([
    ...movements.flatMap(({ payment, alsoKnownAs }) => [payment, ...alsoKnownAs]),
    ...bookedElsewhere,
  ]);
  const ofCustomer = Map.groupBy(
    books.entries.filter(({ kind }) => kind === 'payment'),
    ({ customerId }) => customerId ?? '',
  );
  const taken = new Set<string>();
  /** Why payments are not in the books: what is about them is not, for the same reason. */
  const absent = new Map<string, Pick<Absence, 'reason' | 'says'>>();

  const entriesOf = ({ payment, alsoKnownAs }: StatedMovement): BookedEntry[] =>
    [payment, ...alsoKnownAs].flatMap((reference) => payments.get(reference) ?? []);

  function differ(
    movement: StatedMovement,
    sides: { readonly vendor: Side | null; readonly books: Side | null; readonly currency?: string },
    why: Absence,
    entry: BookedEntry | null,
    part = '',
    kind: DifferenceKind = movement.kind,
  ): void {
    const known = knownOf(movement) ?? NOTHING_KNOWN;
    const { id, object, recordId, event } = movement;
    const document =
      entry !== null
        ? { object: entry.object, id: entry.id }
        : why.document === null
          ? null
          : { object: documentObject, id: why.document };
    differences.push({
      key: `${id}${part}`,
      reason: why.reason,
      kind,
      currency: sides.currency ?? movement.currency,
      vendor: sides.vendor,
      books: sides.books,
      minor: (sides.vendor?.minor ?? 0) - (sides.books?.minor ?? 0),
      who: movement.who ?? (entry === null ? null : entry.who || null),
      reference: movement.kind === 'payment' ? movement.payment : (movement.credit ?? movement.payment),
      movement: { id, object, recordId, event },
      document,
      run:
        known.run === null
          ? null
          : { id: known.run.id, integration: known.run.integration, state: known.run.state },
      says: why.says,
    });
  }

  /** Holds a movement against its entry in the books: in two currencies each side stands alone, and differs. */
  function hold(
    movement: StatedMovement,
    base: Omit<Compared, 'vendor' | 'books' | 'currency' | 'entry'>,
    {
      vendor,
      books: inBooks,
    }: { readonly vendor: Side; readonly books: Side & { readonly currency: string } },
    entry: BookedEntry,
    isRight = inBooks.minor === vendor.minor && inBooks.day === vendor.day,
  ): void {
    const { currency } = movement;
    const { currency: other, ...booked } = inBooks;
    if (other === currency) {
      compared.push({ ...base, currency, vendor, books: booked, entry });
      if (!isRight) differ(movement, { vendor, books: booked }, EDITED, entry);
      return;
    }
    compared.push({ ...base, currency, vendor, books: null, entry });
    compared.push({ ...base, currency: other, vendor: null, books: booked, settled: null, entry });
    differ(movement, { vendor, books: null }, EDITED, entry);
    differ(movement, { vendor: null, books: booked, currency: other }, EDITED, entry, ` in ${other}`);
  }

  for (const movement of movements.filter(({ kind }) => kind === 'payment')) {
    const { minor, currency, movedAt } = movement;
    const [first, ...others] = entriesOf(movement);
    const known = knownOf(movement) ?? NOTHING_KNOWN;
    const statedDay = dayIn(timeZone, movedAt);
    const base = {
      movement: movement.id,
      kind: movement.kind,
      isNoted: false,
      settled: movement.settled ?? null,
    };
    if (first === undefined) {
      const why = absenceOf(movement, known, books);
      const vendor = { day: statedDay, minor };
      absent.set(movement.payment, why);
      compared.push({ ...base, currency, vendor, books: null, entry: null });
      differ(movement, { vendor, books: null }, why, null);
      continue;
    }
    taken.add(first.id);
    const day = bookedDay(movement, first.day, timeZone);
    const vendor = { day, minor };
    const inBooks = { day: first.day, minor: first.minor, currency: first.currency };
    hold(movement, base, { vendor, books: inBooks }, first);
    if (movement.settled === null) {
      const why: Absence = { reason: 'fee-unknown', says: null, document: null };
      differ(movement, { vendor: { day, minor: 0 }, books: null }, why, first, ' fee', 'fee');
    }
    const twins = [...others, ...twinsByHand(first, ofCustomer, references)];
    for (const twin of twins.filter(({ id }) => !taken.has(id))) {
      taken.add(twin.id);
      const again = { day: twin.day, minor: twin.minor };
      compared.push({
        ...base,
        currency: twin.currency,
        vendor: null,
        books: again,
        settled: null,
        entry: twin,
      });
      const sides = { vendor: null, books: again, currency: twin.currency };
      differ(movement, sides, { reason: 'twice', says: null, document: null }, twin, ` again ${twin.id}`);
    }
  }

  for (const movement of movements.filter(({ kind }) => kind !== 'payment')) {
    const { minor, currency, movedAt, kind } = movement;
    const known = knownOf(movement) ?? NOTHING_KNOWN;
    const statedDay = dayIn(timeZone, movedAt);
    const base = { movement: movement.id, kind, settled: movement.settled ?? null };
    const credit = movement.credit === null ? undefined : credits.get(movement.credit)?.[0];
    if (credit !== undefined) {
      const vendor = { day: bookedDay(movement, credit.day, timeZone), minor };
      const inBooks = { day: credit.day, minor: -credit.minor, currency: credit.currency };
      hold(movement, { ...base, isNoted: false }, { vendor, books: inBooks }, credit);
      continue;
    }
    const transfer = movement.transfer === undefined ? undefined : transfers.get(movement.transfer)?.[0];
    const settled = movement.settled ?? null;
    if (transfer !== undefined && settled !== null) {
      // A transfer is what reached, or left, the account: with the fee, in the account's currency.
      const net = settled.minor - settled.feeMinor;
      const booked = movedBy(transfer, known.moneyAccount ?? null, Math.sign(net));
      const vendor = { day: bookedDay(movement, transfer.day, timeZone), minor };
      const isRight = transfer.currency === settled.currency && booked === net && transfer.day === vendor.day;
      const isAlike = transfer.currency === currency && settled.currency === currency;
      const { day } = transfer;
      const inBooks = isRight
        ? { day, minor, currency }
        : { day, minor: isAlike ? minor + booked - net : booked, currency: transfer.currency };
      hold(movement, { ...base, isNoted: false }, { vendor, books: inBooks }, transfer, isRight);
      continue;
    }
    const vendor = { day: statedDay, minor };
    const why = aftermathAbsence(movement, known, absent.get(movement.payment), books);
    const noted = why === null ? vendor : null;
    compared.push({ ...base, currency, isNoted: noted !== null, vendor, books: noted, entry: null });
    if (why !== null) differ(movement, { vendor, books: null }, why, null);
  }
  return { compared, differences };
}

/**
 * What a transfer moved on the account of the money: below zero what left it, nothing where it is between others.
 *
 * @param direction where nobody knows which account that is, or between which the transfer goes: the one that is right.
 */
export function movedBy(
  { minor, between }: BookedEntry,
  moneyAccount: string | null,
  direction: number,
): number {
  if (moneyAccount === null || between === undefined) return direction * minor;
  const { from, to } = between;
  return (to === moneyAccount ? minor : 0) - (from === moneyAccount ? minor : 0);
}

export const EDITED: Absence = { reason: 'edited', says: null, document: null };

export interface Absence {
  readonly reason: Reason;
  readonly says: Sentence | null;
  readonly document: string | null;
}

/** Nothing more comes of it by itself. */
export const isOver = ({ state }: Pick<KnownRun, 'state'>): boolean =>
  state === 'done' || state === 'skipped' || state === 'superseded';

const CURRENCY = 'currency ';

/** Whether a run waits until the books have a currency. */
export const waitsForCurrency = (run: Pick<KnownRun, 'waitsFor'> | null): boolean =>
  run?.waitsFor?.startsWith(CURRENCY) === true;

/** Why a payment is not in the books. */
function absenceOf(
  { payment, alsoKnownAs, currency }: StatedMovement,
  { document, run, wasOff }: Known,
  books: Pick<BooksExtract, 'voided' | 'currencies'>,
): Absence {
  const voided = [payment, ...alsoKnownAs].map((one) => books.voided.get(one)).find((id) => id !== undefined);
  if (document !== null || voided !== undefined)
    return voided === undefined
      ? { reason: 'deleted', says: null, document: null }
      : { reason: 'voided', says: null, document: voided };
  const says = run?.says ?? null;
  if (run?.isLeftOut === true) return { reason: 'left-out', says, document: null };
  const isForCurrency = waitsForCurrency(run) || !books.currencies.has(currency);
  if (run?.state === 'shelved')
    return { reason: isForCurrency ? 'currency-missing' : 'shelved', says, document: null };
  if (wasOff) return { reason: 'off', says: null, document: null };
  return { reason: isForCurrency ? 'currency-missing' : 'not-booked', says: null, document: null };
}

/** Why what became of a payment is not said in the books; null: it is, in words. */
function aftermathAbsence(
  movement: StatedMovement,
  { isCredited, transfer, run, wasOff }: Known,
  ofPayment: Pick<Absence, 'reason' | 'says'> | undefined,
  books: Pick<BooksExtract, 'voided'>,
): Absence | null {
  if (ofPayment !== undefined) return { ...ofPayment, document: null };
  if ((isCredited && movement.credit !== null) || (transfer ?? null) !== null)
    return { reason: 'deleted', says: null, document: null };
  const voided = books.voided.get(movement.payment);
  if (voided !== undefined) return { reason: 'voided', says: null, document: voided };
  if (run?.state === 'shelved') return { reason: 'shelved', says: run.says, document: null };
  if (run?.isLeftOut === true) return { reason: 'left-out', says: run.says, document: null };
  if (
    run !== null &&
    isOver(run) &&
    Date.parse(run.at) >= Date.parse(movement.knownSince ?? movement.movedAt) - CLOCKS_MS
  )
    return null;
  if (run === null && wasOff) return { reason: 'off', says: null, document: null };
  return { reason: 'refund-not-carried', says: null, document: null };
}

const byReference = (
  entries: readonly BookedEntry[],
  kind: BookedEntry['kind'],
): Map<string, readonly BookedEntry[]> =>
  Map.groupBy(
    entries.filter((entry) => entry.kind === kind && entry.reference !== ''),
    ({ reference }) => reference,
  );

/** The same customer's same money within a few days, under a reference that is no other movement's. */
const twinsByHand = (
  first: BookedEntry,
  ofCustomer: ReadonlyMap<string, readonly BookedEntry[]>,
  references: ReadonlySet<string>,
): BookedEntry[] =>
  (first.customerId === null ? [] : (ofCustomer.get(first.customerId) ?? [])).filter(
    (entry) =>
      entry.id !== first.id &&
      entry.minor === first.minor &&
      entry.currency === first.currency &&
      !references.has(entry.reference) &&
      daysBetween(entry.day, first.day) <= TWIN_DAYS,
  );
