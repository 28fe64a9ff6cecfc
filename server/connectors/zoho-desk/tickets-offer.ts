import type { TicketsOffer } from '../../core/ticket/offer.ts';
import type { Ticket } from '../../core/ticket/ticket.ts';
import { TICKETS } from './addresses.ts';
import { PAGE } from './api.ts';
import type { ZohoDeskClient } from './client.ts';
import { LONGEST } from './texts.ts';
import { sweepTickets } from './ticket-sweep.ts';
import { TICKET_TOPICS } from './webhooks.ts';

const MONTH_MS = 30 * 86_400_000;

/** The newest of the last month: the search says how many there are, and not in which direction it sorts. */
async function latest(client: ZohoDeskClient, search: string | null): Promise<readonly Ticket[]> {
  const now = await client.time();
  const wish = {
    created: [now - MONTH_MS, now + 3_600_000] as const,
    ...(search === null ? {} : { text: search }),
  };
  const first = await client.searchTickets(wish);
  const last = first.count > PAGE ? await client.searchTickets(wish, first.count - PAGE) : null;
  const all = new Map([...first.tickets, ...(last?.tickets ?? [])].map((one) => [one.id, one]));
  return [...all.values()].sort((one, other) => other.createdAt.localeCompare(one.createdAt));
}

export const tickets: TicketsOffer<ZohoDeskClient> = {
  object: TICKETS,
  topics: TICKET_TOPICS,
  longest: { subject: LONGEST.subject, text: LONGEST.text, comment: LONGEST.comment },
  changed: sweepTickets,
  departments: (client) => client.departments(),
  priorities: (client) => client.priorities(),
  ticket: (client, id) => client.ticket(id),
  prioritySince: (client, id) => client.prioritySince(id),
  latest,
  open: (client, ticket) => client.open(ticket),
  find: (client, ticket, since) => client.find(ticket, since),
  comment: (client, id, text) => client.comment(id, text),
  rewrite: (client, id, comment, text) => client.rewrite(id, comment, text),
  commentWith: (client, id, marker) => client.commentWith(id, marker),
  turn: (client, id, to) => client.turn(id, to),
};
