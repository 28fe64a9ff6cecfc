import { dayIn } from '../day-in.ts';
import type { Money } from '../money.ts';
import type { BookedEntry } from './books.ts';
import {
  type Absence,
  type Compared,
  type Difference,
  EDITED,
  type Known,
  type KnownFee,
  NOTHING_KNOWN,
  type Place,
  waitsForCurrency,
} from './compare.ts';
import { bookedDay } from './days.ts';
import { ownFees } from './own-fees.ts';
import type { Settled, StatedMovement, Statement } from './statement.ts';

/** Both sides of a fee: above zero for what was kept. */
export interface ComparedFee {
  readonly vendor: (KeptOn & { readonly grossMinor: number }) | null;
  readonly books: KeptOn | null;
  /** Whether it is to stand in the books: what is not is no difference. */
  readonly isBooked: boolean;
}

export interface KeptOn {
  readonly day: string;
  readonly currency: string;
  readonly minor: number;
}

export interface ComparedFees {
  readonly fees: readonly ComparedFee[];
  readonly differences: readonly Difference[];
}

/** What the books have of fees. */
export interface BookedFees {
  /** Also expenses of others: whoever looks finds those of fees by their reference. */
  readonly entries: readonly BookedEntry[];
  /** Bank charges by the id of their payment in the books; absent: they were not read, and count as they were booked. */
  readonly charges: ReadonlyMap<string, Money | null>;
}

export interface FeeKnowledge {
  knownOf(movement: StatedMovement): Known | undefined;
  /** Whether an integration was on at a moment that records fees. */
  wishedAt(moment: string): boolean;
}

/** What the books say of a fee, with the entry by which they say it. */
interface Said extends KeptOn {
  readonly entry: BookedEntry;
}

/**
 * Holds what a vendor kept against the books: bank charges of payments, and expenses, each in the currency of the account.
 * The fee of a dispute goes along with its money, and one of no payment is found by its id.
 *
 * @param compared what became of the movements themselves: the fee of a payment that is not booked comes with it.
 */
export function compareFees(
  statement: Pick<Statement, 'movements' | 'ownFees'>,
  books: BookedFees,
  compared: readonly Compared[],
  { knownOf, wishedAt }: FeeKnowledge,
  { timeZone }: Pick<Place, 'timeZone'>,
): ComparedFees {
  const fees: ComparedFee[] = [];
  const differences: Difference[] = [];
  const expenses = books.entries.filter(({ kind }) => kind === 'expense');
  const byReference = Map.groupBy(expenses, ({ reference }) => reference);
  const byId = new Map(expenses.map((expense) => [expense.id, expense]));
  const standing = new Map(compared.flatMap((one) => (one.vendor === null ? [] : [[one.movement, one]])));

  for (const movement of statement.movements) {
    const { settled } = movement;
    if (settled === undefined || settled === null) continue;
    const own = standing.get(movement.id);
    const day = own?.vendor?.day ?? dayIn(timeZone, movement.movedAt);
    const vendor = { day, currency: settled.currency, minor: settled.feeMinor, grossMinor: settled.minor };
    if (settled.feeMinor === 0) {
      fees.push({ vendor, books: null, isBooked: false });
      continue;
    }
    if (movement.kind === 'payment') {
      const payment = {
        movement,
        settled,
        entry: own?.entry ?? null,
        known: knownOf(movement) ?? NOTHING_KNOWN,
      };
      paymentFee(payment, vendor);
    } else if (movement.kind === 'dispute') {
      // With its money, be it a transfer or words.
      const isThere = own !== undefined && own.books !== null;
      const { day: on, currency, minor } = vendor;
      fees.push({ vendor, books: isThere ? { day: on, currency, minor } : null, isBooked: isThere });
    } else fees.push({ vendor: { ...vendor, minor: 0 }, books: null, isBooked: false });
  }

  interface PaymentFee {
    readonly movement: StatedMovement;
    readonly settled: Settled;
    readonly entry: BookedEntry | null;
    readonly known: Known;
  }

  function paymentFee(payment: PaymentFee, vendor: KeptOn & { readonly grossMinor: number }): void {
    const { movement, entry, known } = payment;
    const { fee } = known;
    const isExpected = entry !== null && fee?.isDue === true && (fee.isDone || fee.isWished);
    if (!isExpected || fee === undefined) {
      fees.push({ vendor, books: null, isBooked: false });
      return;
    }
    const references = new Set([movement.id, movement.payment, ...movement.alsoKnownAs]);
    const named = [...references].flatMap((reference) => byReference.get(reference) ?? []);
    const first = saidOf(payment, fee, named);
    const again = named.filter(({ id }) => id !== (first === 'as-booked' ? null : first?.entry.id));
    if (first === 'as-booked') {
      const { day, currency, minor } = vendor;
      fees.push({ vendor, books: { day, currency, minor }, isBooked: true });
    } else if (first === null) {
      fees.push({ vendor, books: null, isBooked: true });
      differ(payment, { vendor, books: null }, absenceOf(known, fee), null);
    } else {
      const isExpense = first.entry.kind === 'expense';
      const day = isExpense ? dayOfExpense(movement, first.day, timeZone) : first.day;
      const kept = { ...vendor, day };
      fees.push({ vendor: kept, books: first, isBooked: true });
      if (first.currency !== kept.currency) {
        differ(payment, { vendor: kept, books: null }, EDITED, first.entry);
        differ(payment, { vendor: null, books: first }, EDITED, first.entry, ` in ${first.currency}`);
      } else if (first.minor !== kept.minor || first.day !== kept.day)
        // Charges that somebody took out are no expense of nothing.
        differ(
          payment,
          { vendor: kept, books: first.minor === 0 ? null : first },
          first.minor === 0 ? DELETED : EDITED,
          first.entry,
        );
    }
    for (const twin of again) {
      const twice = { day: twin.day, currency: twin.currency, minor: twin.minor };
      fees.push({ vendor: null, books: twice, isBooked: true });
      differ(payment, { vendor: null, books: twice }, TWICE, twin, ` again ${twin.id}`);
    }
  }

  /** Null: the books say nothing of it. */
  function saidOf(
    { entry, settled, movement }: PaymentFee,
    { isDone, expense }: KnownFee,
    named: readonly BookedEntry[],
  ): Said | 'as-booked' | null {
    const spent = (expense === null ? undefined : byId.get(expense)) ?? null;
    if (spent !== null) return { day: spent.day, currency: spent.currency, minor: spent.minor, entry: spent };
    if (expense !== null) return null;
    const charged = entry === null ? undefined : books.charges.get(entry.id);
    const isCharge = entry !== null && settled.currency === movement.currency;
    if (isCharge && isDone && (charged === undefined || charged === null)) return 'as-booked';
    if (isCharge && charged !== undefined && charged !== null && (isDone || charged.minor > 0))
      return { day: entry.day, currency: charged.currency, minor: charged.minor, entry };
    const [first] = named;
    return first === undefined
      ? null
      : { day: first.day, currency: first.currency, minor: first.minor, entry: first };
  }

  function differ(
    { movement, known }: PaymentFee,
    sides: { readonly vendor: KeptOn | null; readonly books: KeptOn | null },
    why: Absence,
    entry: BookedEntry | null,
    part = '',
  ): void {
    const { id, object, recordId, event, feeEvent } = movement;
    const vendor = sides.vendor && left(sides.vendor);
    const inBooks = sides.books && left(sides.books);
    const { run } = known;
    differences.push({
      key: `${id} fee${part}`,
      reason: why.reason,
      kind: 'fee',
      currency: (sides.vendor ?? sides.books)?.currency ?? movement.currency,
      vendor,
      books: inBooks,
      minor: (vendor?.minor ?? 0) - (inBooks?.minor ?? 0),
      who: movement.who,
      reference: movement.payment,
      movement: { id, object, recordId, event: feeEvent ?? event },
      document: entry === null ? null : { object: entry.object, id: entry.id },
      run: run === null ? null : { id: run.id, integration: run.integration, state: run.state },
      says: why.says,
    });
  }

  const beside = ownFees(statement, byReference, wishedAt, timeZone);
  return { fees: [...fees, ...beside.fees], differences: [...differences, ...beside.differences] };
}

/** What was kept is below zero, as all that leaves. */
const left = ({ day, minor }: KeptOn) => ({ day, minor: -minor });

const DELETED: Absence = { reason: 'deleted', says: null, document: null };
const TWICE: Absence = { reason: 'twice', says: null, document: null };

/** Why a fee that is to stand in the books does not. */
function absenceOf({ run }: Known, { isDone }: KnownFee): Absence {
  if (isDone) return DELETED;
  if (run?.state !== 'shelved') return { reason: 'not-booked', says: null, document: null };
  return { reason: waitsForCurrency(run) ? 'currency-missing' : 'shelved', says: run.says, document: null };
}

/** An expense stands on the day on which the fee was taken; where earlier versions did not know it, on the payment's. */
const dayOfExpense = (
  { movedAt, between }: Pick<StatedMovement, 'movedAt' | 'between'>,
  day: string,
  timeZone: string,
): string => bookedDay({ movedAt, between: { from: between?.from ?? movedAt, to: movedAt } }, day, timeZone);
