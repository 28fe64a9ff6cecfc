import type { PayoutAccounts } from '../flow.ts';
import type { Sentence } from '../sentence.ts';
import type { BookedEntry } from './books.ts';
import {
  type Absence,
  type Difference,
  EDITED,
  type KnownRun,
  movedBy,
  type Place,
  type Side,
  waitsForCurrency,
} from './compare.ts';
import { bookedDay, daysBetween } from './days.ts';
import type { Payout, PayoutStanding } from './payout.ts';

/** What Liaison itself knows of a payout. */
export interface KnownPayout {
  /** The transfer to the bank that was made of it, and the one back; null: none was. */
  readonly there: string | null;
  readonly back: string | null;
  /** The accounts in the books that it goes between; null: nobody remembers. */
  readonly accounts: PayoutAccounts | null;
  /** Those that are set by now; null: none are. */
  readonly accountsNow: PayoutAccounts | null;
  readonly run: KnownRun | null;
  /** Whether payouts were to be recorded when it arrived. */
  readonly isWished: boolean;
}

export interface BookedTransfers {
  /** Those that Liaison made, by their ids, as they stand by now. */
  readonly made: ReadonlyMap<string, BookedEntry>;
  /** Those that touch an account of the books, the money's, whoever made them; null: no account is chosen. */
  readonly listed: { readonly account: string; readonly entries: readonly BookedEntry[] } | null;
  /** Ids of transfers that Liaison made of anything. */
  readonly ownIds: ReadonlySet<string>;
  readonly currencies: ReadonlySet<string>;
}

/** A payout on both sides: below zero for what left the account, 0 where it came back. */
export interface ComparedPayout {
  readonly id: string;
  readonly currency: string;
  readonly vendorMinor: number;
  readonly booksMinor: number;
  /** Whether it is to stand in the books. */
  readonly isBooked: boolean;
  readonly differences: number;
}

/** How many days an entry by hand may be away. */
const TWIN_DAYS = 3;
/** What failed is announced a moment after its money is back. */
const ANNOUNCED_MS = 3_600_000;

type Standing = Payout & { readonly standing: PayoutStanding };

/** One transfer that a payout is, or was. */
interface Leg {
  readonly part: '' | ' failed';
  /** Below zero where it leaves the account of the money. */
  readonly minor: number;
  readonly made: string | null;
  /** The day on which it belongs in the books, where they have it on this one. */
  dayFor(booked: string | null): string;
}

/**
 * Holds payouts against the transfers in the books: the way to the bank on the day on which it arrives, and the way back where
 * it failed afterwards.
 */
export function comparePayouts(
  payouts: readonly Payout[],
  books: BookedTransfers,
  knownOf: (id: string) => KnownPayout,
  { timeZone }: Pick<Place, 'timeZone'>,
): { readonly compared: readonly ComparedPayout[]; readonly differences: readonly Difference[] } {
  const compared: ComparedPayout[] = [];
  const differences: Difference[] = [];
  const taken = new Set<string>();
  const { entries } = books.listed ?? { entries: [] };
  const references = new Set(payouts.flatMap(({ id }) => [id, `${id} failed`]));
  const standing = payouts.filter((one): one is Standing => one.standing !== undefined);

  const foundFor = (payout: Standing, part: Leg['part'], made: string | null): BookedEntry | null => {
    const own = made === null ? undefined : books.made.get(made);
    const listed = entries.find(({ reference }) => reference === `${payout.id}${part}`);
    return own ?? (made === null ? (listed ?? null) : null);
  };
  const isExpected = (payout: Standing): boolean => {
    const { there, back, isWished } = knownOf(payout.id);
    return there !== null || back !== null || (isWished && payout.minor !== 0);
  };

  // What nobody wished to be recorded may stand there by somebody's hand: it is nobody else's twin.
  for (const payout of standing)
    if (!isExpected(payout)) {
      const byHand = legOf(payout, '', null, timeZone);
      const own = twinOf(payout, byHand, null);
      if (own !== undefined) taken.add(own.id);
    }

  for (const payout of standing) {
    const known = knownOf(payout.id);
    const { there, back } = known;
    const { state } = payout.standing;
    const [to, from] = [foundFor(payout, '', there), foundFor(payout, ' failed', back)];
    const legs: Leg[] = [];
    // One that failed before it was recorded, or that somebody took out, leaves nothing.
    if (isExpected(payout) && (state === 'paid' || (state === 'failed' && (to !== null || from !== null)))) {
      legs.push(legOf(payout, '', there, timeZone));
      if (state === 'failed') legs.push(legOf(payout, ' failed', back, timeZone));
    }
    const before = differences.length;
    let booksMinor = 0;
    for (const leg of legs) booksMinor += held(payout, known, leg, leg.part === '' ? to : from);
    compared.push({
      id: payout.id,
      currency: payout.currency,
      vendorMinor: legs.reduce((sum, { minor }) => sum + minor, 0),
      booksMinor,
      isBooked: legs.length > 0,
      differences: differences.length - before,
    });
  }
  return { compared, differences };

  /** @returns what the books say of it, in the payout's currency. */
  function held(payout: Standing, known: KnownPayout, leg: Leg, entry: BookedEntry | null): number {
    if (entry === null) {
      const vendor = { day: leg.dayFor(null), minor: leg.minor };
      differ(
        payout,
        known,
        leg,
        { vendor, books: null },
        absenceOf(payout, known, leg, books.currencies),
        null,
      );
      return 0;
    }
    taken.add(entry.id);
    const accounts = accountsOf(known, entry);
    const minor = movedBy(entry, accounts?.money ?? null, Math.sign(leg.minor));
    const inBooks = { day: entry.day, minor };
    const vendor = { day: leg.dayFor(entry.day), minor: leg.minor };
    const isAlike = entry.currency === payout.currency;
    if (!isAlike) {
      differ(payout, known, leg, { vendor, books: null }, EDITED, entry);
      const other = { vendor: null, books: inBooks, currency: entry.currency };
      differ(payout, known, leg, other, EDITED, entry, ` in ${entry.currency}`);
    } else if (minor !== leg.minor || entry.day !== vendor.day || goesElsewhere(entry, accounts))
      differ(payout, known, leg, { vendor, books: inBooks }, EDITED, entry);
    const twin = twinOf(payout, leg, entry);
    if (twin === undefined) return isAlike ? minor : 0;
    taken.add(twin.id);
    const again = { day: twin.day, minor: leg.minor };
    const why: Absence = { reason: 'twice', says: null, document: null };
    differ(payout, known, leg, { vendor: null, books: again }, why, twin, ` again ${twin.id}`);
    return (isAlike ? minor : 0) + leg.minor;
  }

  /** The same money once more by somebody's hand, or under the same reference. */
  function twinOf(payout: Standing, leg: Leg, first: BookedEntry | null): BookedEntry | undefined {
    return entries.find(
      (entry) =>
        entry.id !== first?.id &&
        !taken.has(entry.id) &&
        !books.ownIds.has(entry.id) &&
        entry.currency === payout.currency &&
        entry.minor === Math.abs(leg.minor) &&
        Math.sign(movedBy(entry, books.listed?.account ?? null, 0)) === Math.sign(leg.minor) &&
        (entry.reference === `${payout.id}${leg.part}` ||
          (!references.has(entry.reference) && daysBetween(entry.day, leg.dayFor(null)) <= TWIN_DAYS)),
    );
  }

  function differ(
    payout: Standing,
    { run }: KnownPayout,
    leg: Leg,
    sides: { readonly vendor: Side | null; readonly books: Side | null; readonly currency?: string },
    why: Absence,
    entry: BookedEntry | null,
    part = '',
  ): void {
    const { id } = payout;
    differences.push({
      key: `payout ${id}${leg.part}${part}`,
      reason: why.reason,
      kind: 'payout',
      currency: sides.currency ?? payout.currency,
      vendor: sides.vendor,
      books: sides.books,
      minor: (sides.vendor?.minor ?? 0) - (sides.books?.minor ?? 0),
      who: null,
      reference: id,
      movement: { id, object: payout.standing.object, recordId: id, event: payout.standing.event },
      document: entry === null ? null : { object: entry.object, id: entry.id },
      run: run === null ? null : { id: run.id, integration: run.integration, state: run.state },
      says: why.says,
    });
  }
}

function legOf(payout: Standing, part: Leg['part'], made: string | null, timeZone: string): Leg {
  const { standing, minor, arrivesOn, at } = payout;
  if (part === '') return { part, made, minor: -minor, dayFor: () => arrivesOn ?? at.slice(0, 10) };
  const { failedAt } = standing;
  return {
    part,
    made,
    minor,
    dayFor(booked) {
      // Where the vendor does not say when, the day on which the books have it is as right.
      if (failedAt === null) return booked ?? arrivesOn ?? at.slice(0, 10);
      const to = new Date(Date.parse(failedAt) + ANNOUNCED_MS).toISOString();
      return bookedDay({ movedAt: failedAt, between: { from: failedAt, to } }, booked ?? '', timeZone);
    },
  };
}

function absenceOf(
  { currency }: Payout,
  { run }: KnownPayout,
  { made }: Leg,
  currencies: ReadonlySet<string>,
): Absence {
  const because = (reason: Absence['reason'], says: Sentence | null = null): Absence => ({
    reason,
    says,
    document: null,
  });
  if (made !== null) return because('deleted');
  const isForCurrency = waitsForCurrency(run) || !currencies.has(currency);
  if (run?.state === 'shelved') return because(isForCurrency ? 'currency-missing' : 'shelved', run.says);
  return because(isForCurrency ? 'currency-missing' : 'not-booked');
}

/** Of those that an earlier version made nobody remembers the accounts: where it touches those of now, these are meant. */
function accountsOf({ accounts, accountsNow }: KnownPayout, { between }: BookedEntry): PayoutAccounts | null {
  if (accounts !== null || accountsNow === null || between === undefined) return accounts;
  const ends = [between.from, between.to];
  return ends.includes(accountsNow.money) ? accountsNow : null;
}

/** Whether a transfer leads to, or from, another account than the bank's. */
function goesElsewhere({ between }: BookedEntry, accounts: KnownPayout['accounts']): boolean {
  if (between === undefined || accounts === null || between.from === '' || between.to === '') return false;
  const other = between.from === accounts.money ? between.to : between.from;
  return other !== accounts.bank;
}
