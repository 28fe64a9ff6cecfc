import type { Payout } from './payout.ts';
import type { ToldAgain } from './told-again.ts';

/** A span of moments in ISO 8601: the first belongs to it, the last does not. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export type MovementKind = 'payment' | 'refund' | 'dispute';

/** Money that moved at a vendor, as its own statement has it. Plain data. */
export interface StatedMovement {
  /** The vendor's own id, unique among its account's movements. */
  readonly id: string;
  readonly kind: MovementKind;
  /** By what the books know the payment that it is, or that it is about. */
  readonly payment: string;
  /** The reference of the credit by which money that left may stand in the books; null: no credit is made of it. */
  readonly credit: string | null;
  /** The reference of the transfer by which it may stand in the books, as it reached the account; absent: none is made of it. */
  readonly transfer?: string;
  /** Other references under which the books may have it. */
  readonly alsoKnownAs: readonly string[];
  /** Ids of the records whose events tell of it. */
  readonly toldBy: readonly string[];
  /** A whole count of the minor unit of the currency in which it was paid; below zero for what left. */
  readonly minor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** ISO 8601, UTC. */
  readonly movedAt: string;
  /**
   * Where the vendor does not say the very moment (a capture that is settled later, a debit that takes days): within this
   * span the day on which the books have it is as right. ISO 8601, both ends within.
   */
  readonly between?: Span;
  /** Since when a run can know of it, where that is not when it moved. */
  readonly knownSince?: string;
  /** What reached the account of it; null: the vendor does not know it yet. Absent: it keeps no balance. */
  readonly settled?: Settled | null;
  /** Who paid, where the vendor says. */
  readonly who: string | null;
  /** The connector's object that people look it up by, and its id. */
  readonly object: string;
  readonly recordId: string;
  /** What is told to the flows so that it is taken up (again). */
  readonly event: ToldAgain;
  /** What is told so that its fee is taken up (again); absent: the flows hear of no fee of it. */
  readonly feeEvent?: ToldAgain;
}

/** What the vendor kept, or gave back, of no movement: for a service of its own. */
export interface OwnFee {
  /** The vendor's own id, by which the books may have it. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Above zero for what was kept. */
  readonly minor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** In the vendor's words; empty: it has none. */
  readonly description: string;
}

/** In the account's own currency. */
export interface Settled {
  readonly minor: number;
  readonly currency: string;
  /** What the vendor keeps; below zero where it gives some back. */
  readonly feeMinor: number;
}

export interface Statement {
  readonly movements: readonly StatedMovement[];
  readonly payouts: readonly Payout[];
  /** Absent: the vendor keeps none. */
  readonly ownFees?: readonly OwnFee[];
  /** There is more than was read: the sums are of a part. */
  readonly isPart: boolean;
}

/** Told while a long list is read: how many were. Rejects when the check is to end. */
export type OnRead = (count: number) => Promise<void>;

/** How an account's own statement of its money is read. */
export interface BalanceOffer<Client> {
  /** In pages of the vendor's largest size: how many calls it takes hangs on the movements and payouts of the span. */
  statement(client: Client, span: Span, onRead: OnRead): Promise<Statement>;
}
