import type { Compared, Difference, DifferenceKind, Place } from './compare.ts';
import type { ComparedFee } from './fees.ts';

/** One day in one currency, in minor units; what left is below zero. */
export interface DaySum {
  readonly day: string;
  readonly currency: string;
  readonly vendor: Parts;
  readonly books: Parts;
  /** Of what the books say, as much as they say in words only. */
  readonly notedMinor: number;
  /** What the vendor says more than the books. */
  readonly differenceMinor: number;
  readonly differences: number;
  readonly movements: number;
}

export interface Parts {
  readonly payments: number;
  readonly refunds: number;
  readonly disputes: number;
}

export const sumOf = ({ payments, refunds, disputes }: Parts): number => payments + refunds + disputes;

/** What an account kept of its days' money, in its own currency. */
export interface FeeSum {
  readonly day: string;
  readonly currency: string;
  readonly grossMinor: number;
  /** Above zero for what was kept, also in the books. */
  readonly feeMinor: number;
  readonly booksMinor: number;
  /** Of what was kept, as much as is not to stand in the books, or comes with a payment that does not. */
  readonly unbookedMinor: number;
  /** What the vendor says more than the books: below zero where more was kept than they say. */
  readonly differenceMinor: number;
  readonly differences: number;
}

const NONE: Parts = { payments: 0, refunds: 0, disputes: 0 };
const PART = { payment: 'payments', refund: 'refunds', dispute: 'disputes' } as const;

const isMovement = (kind: DifferenceKind): boolean => kind !== 'fee' && kind !== 'payout';

type Building = { -readonly [Name in keyof DaySum]: DaySum[Name] };

/** Day by day and currency by currency, the latest day first; days on which nothing happened are left out. */
export function daySums(
  compared: readonly Compared[],
  differences: readonly Difference[],
  { from, to }: Pick<Place, 'from' | 'to'>,
): DaySum[] {
  const sums = new Map<string, Building>();
  const at = (day: string, currency: string): Building => {
    const key = `${day} ${currency}`;
    const sum = sums.get(key) ?? {
      day,
      currency,
      vendor: NONE,
      books: NONE,
      notedMinor: 0,
      differenceMinor: 0,
      differences: 0,
      movements: 0,
    };
    sums.set(key, sum);
    return sum;
  };
  for (const { vendor, books, currency, kind, isNoted } of compared) {
    const part = PART[kind];
    if (vendor !== null) {
      const sum = at(vendor.day, currency);
      sum.vendor = { ...sum.vendor, [part]: sum.vendor[part] + vendor.minor };
      sum.differenceMinor += vendor.minor;
      sum.movements += 1;
    }
    if (books !== null) {
      const sum = at(books.day, currency);
      sum.books = { ...sum.books, [part]: sum.books[part] + books.minor };
      sum.differenceMinor -= books.minor;
      if (isNoted) sum.notedMinor += books.minor;
    }
  }
  for (const { vendor, books, currency, kind } of differences) {
    if (!isMovement(kind)) continue;
    for (const day of new Set([vendor?.day, books?.day]))
      if (day !== undefined) at(day, currency).differences += 1;
  }
  return [...sums.values()]
    .filter(({ day }) => day >= from && day <= to)
    .sort((one, other) =>
      one.day === other.day ? (one.currency < other.currency ? -1 : 1) : one.day < other.day ? 1 : -1,
    );
}

type BuildingFees = { -readonly [Name in keyof FeeSum]: FeeSum[Name] };

/** Fees of each day, in the account's currency, as the vendor and as the books have them. */
export function feeSums(
  fees: readonly ComparedFee[],
  differences: readonly Difference[],
  { from, to }: Pick<Place, 'from' | 'to'>,
): FeeSum[] {
  const sums = new Map<string, BuildingFees>();
  const at = (day: string, currency: string): BuildingFees => {
    const key = `${day} ${currency}`;
    const sum = sums.get(key) ?? {
      ...{ day, currency, grossMinor: 0, feeMinor: 0, booksMinor: 0 },
      ...{ unbookedMinor: 0, differenceMinor: 0, differences: 0 },
    };
    sums.set(key, sum);
    return sum;
  };
  for (const { vendor, books, isBooked } of fees) {
    if (vendor !== null) {
      const sum = at(vendor.day, vendor.currency);
      sum.grossMinor += vendor.grossMinor;
      sum.feeMinor += vendor.minor;
      if (isBooked) sum.differenceMinor -= vendor.minor;
      else sum.unbookedMinor += vendor.minor;
    }
    if (books !== null) {
      const sum = at(books.day, books.currency);
      sum.booksMinor += books.minor;
      sum.differenceMinor += books.minor;
    }
  }
  for (const { vendor, books, currency, kind, reason } of differences) {
    // What is not known yet changes no sum.
    if (kind !== 'fee' || reason === 'fee-unknown') continue;
    for (const day of new Set([vendor?.day, books?.day]))
      if (day !== undefined) at(day, currency).differences += 1;
  }
  return [...sums.values()]
    .filter(({ day }) => day >= from && day <= to)
    .map((sum) => ({ ...sum, differenceMinor: sum.differenceMinor + 0 }))
    .sort((one, other) => (one.day < other.day ? 1 : -1));
}

/** Whether a difference belongs to the days that are shown. */
export const isShown = ({ vendor, books }: Difference, { from, to }: Pick<Place, 'from' | 'to'>): boolean => {
  const days = [vendor?.day, books?.day].filter((day) => day !== undefined);
  return days.length === 0 || days.some((day) => day >= from && day <= to);
};
