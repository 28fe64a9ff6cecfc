import type { TicketsOffer } from '../../core/ticket/offer.ts';
import { TICKETS } from './addresses.ts';
import type { ZohoDeskClient } from './client.ts';
import { LONGEST } from './texts.ts';
import { sweepTickets } from './ticket-sweep.ts';
import { ANSWER_TOPICS, TICKET_TOPICS } from './webhooks.ts';

const MONTH_MS = 30 * 86_400_000;

export const tickets: TicketsOffer<ZohoDeskClient> = {
  object: TICKETS,
  topics: TICKET_TOPICS,
  longest: { subject: LONGEST.subject, text: LONGEST.text, comment: LONGEST.comment },
  answerTopics: ANSWER_TOPICS,
  changed: sweepTickets,
  departments: (client) => client.departments(),
  priorities: (client) => client.priorities(),
  ticket: (client, id) => client.ticket(id),
  prioritySince: (client, id) => client.prioritySince(id),
  latest: (client, search) => client.newest(search === null ? {} : { text: search }, MONTH_MS),
  open: (client, ticket) => client.open(ticket),
  find: (client, ticket, since) => client.find(ticket, since),
  comment: (client, id, text) => client.comment(id, text),
  rewrite: (client, id, comment, text) => client.rewrite(id, comment, text),
  commentWith: (client, id, marker) => client.commentWith(id, marker),
  answers: (client, id) => client.answers(id),
  answerText: (client, id, answer) => client.answerText(id, answer),
  turn: (client, id, to) => client.turn(id, to),
};
