import type { Difference } from '../../core/reconciliation/compare.ts';
import type { Payout, PayoutStanding } from '../../core/reconciliation/payout.ts';
import type { ComparedPayout } from '../../core/reconciliation/payouts.ts';
import { needsSomebody } from '../../core/reconciliation/reasons.ts';
import type { DaySum, FeeSum } from '../../core/reconciliation/sums.ts';

/** A difference as it is kept until the next check. */
export interface FoundDifference extends Difference {
  /** It may well be booked in a minute: its run is under way, or it happened just now. */
  readonly isYoung: boolean;
}

/** Fees of a day; as of old, without what the books say of them. */
export type KeptFees = Pick<FeeSum, 'day' | 'currency' | 'grossMinor' | 'feeMinor'> & Partial<FeeSum>;

/** A payout, with how many of its movements differ from the books, and what became of it there; absent: as of old. */
export type KeptPayout = Omit<Payout, 'standing'> & {
  readonly differences: number;
  readonly state?: PayoutStanding['state'];
  readonly inBooks?: Omit<ComparedPayout, 'id' | 'currency'>;
};

/** What a check found. */
export interface MoneyResult {
  /** `2026-11-23`: the days that were looked at, in the organisation's zone. */
  readonly from: string;
  readonly to: string;
  readonly days: readonly DaySum[];
  readonly fees: readonly KeptFees[];
  readonly payouts: readonly KeptPayout[];
  readonly differences: readonly FoundDifference[];
  /** Differences beyond those that are kept. */
  readonly omitted: number;
  /** There was more than could be read: the sums are of a part. */
  readonly isPart: boolean;
  readonly movements: number;
  /** Fees that were too many to be read one by one: they count as they were booked. Absent: none were, as of old. */
  readonly feesUnread?: number;
  readonly documents: number;
}

/** What tells a difference from another one of the same movement: an acceptance is of this one alone. */
export const fingerprintOf = ({ reason, currency, vendor, books }: Difference): string =>
  [reason, currency, vendor?.day, vendor?.minor, books?.day, books?.minor].join(' ');

/** Whether somebody has to look at it. */
export const isOpen = (
  difference: FoundDifference,
  accepted: ReadonlyMap<string, { readonly fingerprint: string }>,
): boolean =>
  needsSomebody(difference.reason) &&
  !difference.isYoung &&
  accepted.get(difference.key)?.fingerprint !== fingerprintOf(difference);

/** Those of which somebody has to look. @param accepted by key. */
export const openOf = (
  differences: readonly FoundDifference[],
  accepted: ReadonlyMap<string, { readonly fingerprint: string }>,
): FoundDifference[] => differences.filter((one) => isOpen(one, accepted));
