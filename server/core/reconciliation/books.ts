import type { OnRead } from './statement.ts';

/** Money as the books have it: a payment of a customer, what was credited to one, or a transfer between accounts. Plain data. */
export interface BookedEntry {
  readonly id: string;
  readonly kind: 'payment' | 'credit' | 'transfer';
  /** What it is found by; empty: somebody entered it without. */
  readonly reference: string;
  /** Above zero, also for a credit and a transfer. */
  readonly minor: number;
  readonly currency: string;
  /** `2026-11-23` */
  readonly day: string;
  /** Of a transfer: the accounts of the books that it goes between, by their ids; absent: the books do not say. */
  readonly between?: { readonly from: string; readonly to: string };
  readonly customerId: string | null;
  readonly who: string;
  /** The connector's object by which it is shown. */
  readonly object: string;
}

export interface DaySpan {
  /** Both belong to it: `2026-11-23`. */
  readonly from: string;
  readonly to: string;
}

export interface BooksExtract {
  readonly entries: readonly BookedEntry[];
  /** Documents that were made void, by their reference: the id of each. */
  readonly voided: ReadonlyMap<string, string>;
  /** ISO 4217: the currencies that books are kept in. */
  readonly currencies: ReadonlySet<string>;
  readonly isPart: boolean;
}

/** How the books of an organisation are read, to be held against somebody's statement. */
export interface BooksOffer<Client> {
  /** The connector's object of a document that was made of a payment: what is opened where its payment is gone. */
  readonly document: string;
  /**
   * In pages of the largest size. @param credits whether credits are read, too: accounts of earlier consents may not.
   */
  extract(client: Client, days: DaySpan, credits: boolean, onRead: OnRead): Promise<BooksExtract>;
  /** Entries of one reference, whatever their day. */
  byReference(client: Client, reference: string): Promise<readonly BookedEntry[]>;
  /** One transfer by its own id; null: it is gone. Absent: the books know none. */
  transfer?(client: Client, id: string): Promise<BookedEntry | null>;
}
