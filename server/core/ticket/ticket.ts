import type { Sentence } from '../sentence.ts';

/** A request for help as every vendor's is read. */
export interface Ticket {
  /** The vendor's own. */
  readonly id: string;
  /** What people know it by. */
  readonly number: string;
  readonly subject: string;
  /** `held`: open, and something else is waited for; `gone`: thrown away. */
  readonly state: 'open' | 'held' | 'closed' | 'gone';
  /** The vendor's words; null: none was given. */
  readonly status: string | null;
  readonly priority: string | null;
  readonly department: string | null;
  readonly channel: string | null;
  readonly requester: TicketPerson;
  /** Who takes care of it; null: nobody yet. */
  readonly agent: string | null;
  /** Where the vendor shows it. */
  readonly page: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Null where the vendor does not say. */
  readonly changedAt: string | null;
}

export interface TicketPerson {
  /** The vendor's own id of whoever asks. */
  readonly id: string | null;
  readonly name: string | null;
  readonly email: string | null;
}

/** What was said of a ticket for everybody to read, after the request itself. */
export interface TicketAnswer {
  /** The vendor's own, one for each answer of a ticket; no space in it. */
  readonly id: string;
  readonly by: 'agent' | 'customer';
  readonly name: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** What people know it by, in one line. */
export const titleOf = ({ number, subject }: Pick<Ticket, 'number' | 'subject'>): string =>
  `#${number} ${subject}`.trim();

export const TICKET_GONE: Sentence = {
  en: 'The ticket no longer exists.',
  fr: 'Le ticket n’existe plus.',
};

/** Whether anybody still works on it. */
export const isOpen = ({ state }: Pick<Ticket, 'state'>): boolean => state === 'open' || state === 'held';
