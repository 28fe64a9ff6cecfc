import type { OrderLine } from '../order/order.ts';

/** How often something is charged: every two months. */
export interface Rhythm {
  readonly unit: 'day' | 'week' | 'month' | 'year';
  /** 1 or more. */
  readonly every: number;
}

/** One thing that a subscription charges for in each of its periods, after what is taken off in the next of them. */
export interface SubscriptionItem {
  /** For a whole period; `netMinor` and `taxMinor` are what it costs each time. */
  readonly line: OrderLine;
  readonly rhythm: Rhythm;
}

/**
 * What of a subscription cannot be told as amounts that come again and again: `usage`, it costs what was used;
 * `tiers`, it costs by steps of its quantity; `amounts`, what it costs is not said.
 */
export type Untold = 'usage' | 'tiers' | 'amounts';

/**
 * What it charges beside its items, so that a period may come to another amount: `discount`, one of which the vendor did not say
 * enough; `tax`, one that the vendor counts each time.
 */
export type Beside = 'discount' | 'tax';

/**
 * How far it is. `starting`: nothing was paid yet, and it may never begin; `running`: it charges, also where a payment is
 * late; `resting`: nobody is charged for now; `over`: for good.
 */
export type SubscriptionState = 'starting' | 'running' | 'resting' | 'over';

/** Something that somebody pays for again and again, as every vendor's is read. Amounts are whole minor units. */
export interface Subscription {
  /** The vendor's own. */
  readonly id: string;
  readonly state: SubscriptionState;
  readonly subscriber: {
    /** The vendor's id. */
    readonly id: string;
    readonly email: string | null;
    readonly name: string | null;
    readonly phone: string | null;
  };
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly items: readonly SubscriptionItem[];
  readonly reduction: {
    /** What discounts take off the items in the next period, before tax. */
    readonly minor: number;
    /** Whether one of them is of the next charge alone. */
    readonly isOnce: boolean;
    /** Whether the period that it is in was the last one of a discount. */
    readonly isEnding: boolean;
  };
  /** What the period that it is in was invoiced with; null: nobody said. */
  readonly chargedMinor: number | null;
  readonly untold: Untold | null;
  readonly beside: readonly Beside[];
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** The moment from which its periods are counted: of a trial, its end. */
  readonly anchorAt: string;
  /** When the period that it is in began, and when the next one does. */
  readonly periodAt: string;
  readonly nextAt: string;
  /** The moment from which nothing is charged any more; null: none is set. */
  readonly endsAt: string | null;
}
