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
