import type { Money } from '../money.ts';
import type { OnRead } from './statement.ts';

/** Money as the books have it: a payment of a customer, what was credited to one, a transfer between accounts, or an expense. Plain data. */
export interface BookedEntry {
  readonly id: string;
  readonly kind: 'payment' | 'credit' | 'transfer' | 'expense';
  /** What it is found by; empty: somebody entered it without. */
  readonly reference: string;
  /** Above zero, also for a credit, a transfer and an expense. */
  readonly minor: number;
  readonly currency: string;
  /** `2026-11-23` */
  readonly day: string;
  /** When it was last changed: ISO 8601; absent: the books do not say. */
  readonly changedAt?: string;
  /** Of a transfer: the accounts of the books that it goes between, by their ids, empty for one that they do not say; absent: they say neither. */
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

/** What is read beside payments: accounts of earlier consents may not read it. */
export interface ExtractWish {
  readonly credits: boolean;
  readonly expenses: boolean;
}

/** How the books of an organisation are read, to be held against somebody's statement. */
export interface BooksOffer<Client> {
  /** The connector's object of a document that was made of a payment: what is opened where its payment is gone. */
  readonly document: string;
  /** In pages of the largest size. */
  extract(client: Client, days: DaySpan, wish: ExtractWish, onRead: OnRead): Promise<BooksExtract>;
  /** Entries of one reference, whatever their day. */
  byReference(client: Client, reference: string): Promise<readonly BookedEntry[]>;
  /** One transfer by its own id; null: it is gone. Absent: the books know none. */
  transfer?(client: Client, id: string): Promise<BookedEntry | null>;
  /** Transfers of these days that touch an account of the books, whoever made them. Absent: the books know none. */
  transfersOf?(
    client: Client,
    accountId: string,
    days: DaySpan,
    onRead: OnRead,
  ): Promise<readonly BookedEntry[]>;
  /** One expense by its own id; null: it is gone. Absent: the books know none. */
  expense?(client: Client, id: string): Promise<BookedEntry | null>;
  /** What was kept of a payment, as it stands on it, by the payment's own id; null: it is gone. Absent: nothing stands there. */
  bankCharges?(client: Client, paymentId: string): Promise<Money | null>;
}
