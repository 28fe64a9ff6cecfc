import type { FilterField } from '../filter/filter.ts';
import { leftOutText } from '../filter/judge.ts';
import type { RunFilter } from '../flow.ts';
import type { Sentence } from '../sentence.ts';
import type { Ticket } from './ticket.ts';

/** What is known of every ticket, for conditions. */
export const TICKET_FIELDS: readonly FilterField[] = [
  { name: 'department', kind: 'text', titles: { en: 'Department', fr: 'Département' } },
  { name: 'subject', kind: 'text', titles: { en: 'Subject', fr: 'Objet' } },
  { name: 'status', kind: 'text', titles: { en: 'Status', fr: 'Statut' } },
  { name: 'priority', kind: 'text', titles: { en: 'Priority', fr: 'Priorité' } },
  { name: 'channel', kind: 'text', titles: { en: 'Came by', fr: 'Arrivé par' } },
  { name: 'requester', kind: 'text', titles: { en: 'Customer', fr: 'Client' } },
  { name: 'email', kind: 'text', titles: { en: 'Customer’s e-mail', fr: 'E-mail du client' } },
  { name: 'agent', kind: 'text', titles: { en: 'Agent', fr: 'Agent' } },
  { name: 'created', kind: 'moment', titles: { en: 'Opened', fr: 'Ouvert' } },
];

/** Why a ticket is left out as it now is; null: it takes part. */
export function leftOutTicket(filter: RunFilter | null, ticket: Ticket): Sentence | null {
  if (filter === null) return null;
  const { department, subject, status, priority, channel, requester, agent, createdAt: created } = ticket;
  const { name, email } = requester;
  const values = { department, subject, status, priority, channel, requester: name, email, agent, created };
  const { fits, why } = filter.judge({ values, currency: null });
  return fits ? null : leftOutText(why, false);
}
