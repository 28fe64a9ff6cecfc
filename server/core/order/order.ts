import type { Money } from '../money.ts';

/**
 * An order of a shop as every vendor's is read. Amounts are whole counts of the currency's minor unit; what the
 * customer was charged (`totalMinor`) is the judge, and lines follow it.
 */
export interface Order {
  /** The vendor's own. */
  readonly id: string;
  /** What people know it by. */
  readonly number: string;
  /** Tells it from the orders of every other shop, and says where it is: what a document is found by again. */
  readonly reference: string;
  readonly state: OrderState;
  /** Placed to try the shop out: no money moves. */
  readonly isTest: boolean;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly totalMinor: number;
  /** What the shop itself counts the order as, where the customer pays in another currency than its own. */
  readonly shopTotal?: Money;
  readonly lines: readonly OrderLine[];
  readonly customer: OrderCustomer;
  /** ISO 8601, UTC. */
  readonly placedAt: string;
  /** When anything of it last changed, ISO 8601, UTC; absent where a shop does not tell. */
  readonly changedAt?: string;
  /** When the money came: null while it has not, or has not wholly. */
  readonly paidAt: string | null;
  /** How the customer pays, in the shop's words; empty where it does not say. */
  readonly paidBy: string;
  /** Codes of what reduced the price, as the customer wrote them. */
  readonly coupons: readonly string[];
  readonly refunds: readonly OrderRefund[];
}

/** An order as a list of many tells it: without its lines, which some shops give of a few orders at a time only. */
export type ListedOrder = Omit<Order, 'lines'>;

/**
 * How far an order is. `draft`: nobody placed it; `unpaid`: placed, the payment is not done; `held`: placed, money is
 * awaited (a transfer, a cheque); `accepted`: paid, or to be paid on delivery; `fulfilled`: nothing is left to do;
 * `ended`: cancelled or failed; `gone`: thrown away; `other`: a state of the shop's own.
 */
export type OrderState =
  | 'draft'
  | 'unpaid'
  | 'held'
  | 'accepted'
  | 'fulfilled'
  | 'refunded'
  | 'ended'
  | 'gone'
  | 'other';

export interface OrderLine {
  readonly kind: 'product' | 'shipping' | 'fee' | 'tip' | 'duties';
  readonly name: string;
  /** Null: it has none, and then it is nothing that another line could be held against. */
  readonly sku: string | null;
  /** Decimal text: `2`, `0.75`. */
  readonly quantity: string;
  /** Of it, what was neither sent back nor taken out since; absent where the refunds tell. */
  readonly standing?: string;
  /** For all of it, after discounts and before tax; negative for what lowers the price. */
  readonly netMinor: number;
  readonly taxMinor: number;
  /** Of the whole tax of the line, several rates and compound ones taken together; null: nobody says. */
  readonly taxPercent: number | null;
}

export interface OrderCustomer {
  /** The shop's own id of the customer; null for a guest. */
  readonly id: string | null;
  readonly email: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
  readonly phone: string;
}

/** Money that went back to the customer. */
export interface OrderRefund {
  readonly id: string;
  /** Above zero. */
  readonly minor: number;
  readonly reason: string;
  /** When it went back, ISO 8601, UTC; absent where an order does not tell. */
  readonly at?: string;
  /** What it was for, amounts above zero; absent where an order does not tell, empty for an amount without lines. */
  readonly lines?: readonly OrderLine[];
}

/** The person who ordered; empty where the order names none. */
export const personOf = ({ firstName, lastName }: OrderCustomer): string =>
  [firstName, lastName].filter(Boolean).join(' ');
