import type { BeginningOffer } from '../beginning.ts';
import type { OfferedValue, RoleAccount } from '../flow.ts';
import type { Ticket, TicketAnswer } from './ticket.ts';

/** What Liaison writes of: paragraphs of plain words, which the vendor shows as they are, whatever signs they hold. */
export interface TicketText {
  readonly lines: readonly string[];
  /** Where one reads on; null: nowhere. */
  readonly page: string | null;
  /** What it is found by again. */
  readonly marker: string;
}

export interface NewComment extends TicketText {
  /** Customers see it, too. Absent: agents only. */
  readonly isPublic?: true;
}

export interface NewTicket extends TicketText {
  readonly subject: string;
  /** Id of one of the departments. */
  readonly department: string;
  /** One of the priorities; null: the vendor's usual one. */
  readonly priority: string | null;
  /** By the vendor's id where that is known; else by address, or by name alone for who left none. */
  readonly requester: { readonly id: string | null; readonly name: string; readonly email: string | null };
}

/** A ticket that was just made, or found again. */
export interface MadeTicket {
  readonly id: string;
  readonly number: string;
  /** Whose it is. */
  readonly requesterId: string | null;
}

/** How a support desk's tickets are read and written. Events of its topics name the ticket by `recordId`. */
export interface TicketsOffer<Client> extends BeginningOffer<Client> {
  /** Most characters of each text: what is longer is to be fitted before. */
  readonly longest: { readonly subject: number; readonly text: number; readonly comment: number };
  /** Where tickets are kept apart, each by its id, and by its name; the usual one first. */
  departments(client: Client): Promise<readonly OfferedValue[]>;
  /** The most urgent one first. */
  priorities(client: Client): Promise<readonly OfferedValue[]>;
  /** As it stands now; null when there is none of it (any more). */
  ticket(client: Client, id: string): Promise<Ticket | null>;
  /** When it came to have its priority, ISO 8601; null where the vendor does not say. */
  prioritySince(client: Client, id: string): Promise<string | null>;
  /** The newest. @param search only those in which the text stands; null: all. */
  latest(client: Client, search: string | null): Promise<readonly Ticket[]>;
  /** Makes one. A repeat makes another: look with `find` before. */
  open(client: Client, ticket: NewTicket): Promise<MadeTicket>;
  /** The ticket with this marker, or null, among those that were made since. */
  find(client: Client, ticket: NewTicket, since: Date): Promise<MadeTicket | null>;
  /** Adds a note, which customers do not see unless it says so. @returns the vendor's id of it. */
  comment(client: Client, id: string, text: NewComment): Promise<string>;
  /** Writes such a note anew; who sees it stays. @returns false where it is not there any more. */
  rewrite(client: Client, id: string, comment: string, text: TicketText): Promise<boolean>;
  /** Id of the note with this marker, or null. */
  commentWith(client: Client, id: string, marker: string): Promise<string | null>;
  /** What was answered to it for everybody to read, oldest first; nothing that Liaison wrote. */
  answers(client: Client, id: string): Promise<readonly TicketAnswer[]>;
  /** What an answer says, whole, in plain words; null where it is not there any more, or not for everybody. */
  answerText(client: Client, id: string, answer: string): Promise<string | null>;
  /** Closes it, or opens it again. */
  turn(client: Client, id: string, to: 'open' | 'closed'): Promise<void>;
}

/** The same, of one account. */
export interface BoundTickets extends Pick<TicketsOffer<unknown>, 'longest' | 'object'> {
  departments(): Promise<readonly OfferedValue[]>;
  priorities(): Promise<readonly OfferedValue[]>;
  ticket(id: string): Promise<Ticket | null>;
  prioritySince(id: string): Promise<string | null>;
  latest(search: string | null): Promise<readonly Ticket[]>;
  open(ticket: NewTicket): Promise<MadeTicket>;
  find(ticket: NewTicket, since: Date): Promise<MadeTicket | null>;
  comment(id: string, text: NewComment): Promise<string>;
  rewrite(id: string, comment: string, text: TicketText): Promise<boolean>;
  commentWith(id: string, marker: string): Promise<string | null>;
  answers(id: string): Promise<readonly TicketAnswer[]>;
  answerText(id: string, answer: string): Promise<string | null>;
  turn(id: string, to: 'open' | 'closed'): Promise<void>;
}

/** The tickets that an account offers. @throws when its connector offers none: a flow asked for no such role. */
export function ticketsOf({ connector, client }: RoleAccount): BoundTickets {
  const offer = connector.offers?.tickets;
  if (offer === undefined) throw new Error(`${connector.id} offers no tickets`);
  return {
    longest: offer.longest,
    object: offer.object,
    departments: () => offer.departments(client),
    priorities: () => offer.priorities(client),
    ticket: (id) => offer.ticket(client, id),
    prioritySince: (id) => offer.prioritySince(client, id),
    latest: (search) => offer.latest(client, search),
    open: (ticket) => offer.open(client, ticket),
    find: (ticket, since) => offer.find(client, ticket, since),
    comment: (id, text) => offer.comment(client, id, text),
    rewrite: (id, comment, text) => offer.rewrite(client, id, comment, text),
    commentWith: (id, marker) => offer.commentWith(client, id, marker),
    answers: (id) => offer.answers(client, id),
    answerText: (id, answer) => offer.answerText(client, id, answer),
    turn: (id, to) => offer.turn(client, id, to),
  };
}
