import type { ToldAgain } from './told-again.ts';

/** What a vendor paid out to the bank, with what it consists of, in the account's currency. */
export interface Payout {
  readonly id: string;
  /** Of the day on which it was made: ISO 8601, UTC. */
  readonly at: string;
  /** `2026-11-23`, when it reaches the bank. */
  readonly arrivesOn: string | null;
  readonly minor: number;
  readonly currency: string;
  /** Payments, refunds, disputes and whatever else, each without fees; and what was kept. */
  readonly paymentsMinor: number;
  readonly refundsMinor: number;
  readonly disputesMinor: number;
  readonly otherMinor: number;
  readonly feesMinor: number;
  /** Ids of the movements that it paid out. */
  readonly movements: readonly string[];
  /** The vendor cannot say what a payout that somebody made by hand consists of. */
  readonly isByHand: boolean;
  /** How it stands by now; absent: the vendor does not say, and no transfer of it is looked for. */
  readonly standing?: PayoutStanding;
}

export interface PayoutStanding {
  /** `paid` may still become `failed`; one that was cancelled counts as failed. */
  readonly state: 'pending' | 'paid' | 'failed';
  /** When its money was back: ISO 8601, UTC; null: it is not, or the vendor does not say when. */
  readonly failedAt: string | null;
  /** The connector's object that people look it up by. */
  readonly object: string;
  /** What is told to the flows so that it is taken up (again). */
  readonly event: ToldAgain;
}

/** What a payout is more than what it consists of; 0 where it adds up. Nothing is known of one made by hand. */
export const unexplainedOf = (payout: Payout): number =>
  payout.isByHand
    ? 0
    : payout.minor -
      (payout.paymentsMinor +
        payout.refundsMinor +
        payout.disputesMinor +
        payout.otherMinor -
        payout.feesMinor);
