import type { FilterField } from '../../core/filter/filter.ts';
import { leftOutText } from '../../core/filter/judge.ts';
import type { FilterSource } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Ticket } from '../../core/ticket/ticket.ts';
import type { Settings } from './settings.ts';
import type { Context } from './steps.ts';

const FIELDS: readonly FilterField[] = [
  { name: 'department', kind: 'text', titles: { en: 'Department', fr: 'Département' } },
  { name: 'subject', kind: 'text', titles: { en: 'Subject', fr: 'Objet' } },
  { name: 'status', kind: 'text', titles: { en: 'Status', fr: 'Statut' } },
  { name: 'channel', kind: 'text', titles: { en: 'Came by', fr: 'Arrivé par' } },
  { name: 'requester', kind: 'text', titles: { en: 'Customer', fr: 'Client' } },
  { name: 'email', kind: 'text', titles: { en: 'Customer’s e-mail', fr: 'E-mail du client' } },
  { name: 'agent', kind: 'text', titles: { en: 'Agent', fr: 'Agent' } },
  { name: 'created', kind: 'moment', titles: { en: 'Opened', fr: 'Ouvert' } },
];

/** Tickets are not counted: which became urgent, and when, no list of a desk says. */
export const ticketFilter: FilterSource<Settings> = { fields: async () => FIELDS };

/** Why a ticket is left out as it now is; null: it is announced. */
export function leftOutTicket({ filter }: Context, ticket: Ticket): Sentence | null {
  if (filter === null) return null;
  const { department, subject, status, channel, requester, agent, createdAt: created } = ticket;
  const { name, email } = requester;
  const values = { department, subject, status, channel, requester: name, email, agent, created };
  const { fits, why } = filter.judge({ values, currency: null });
  return fits ? null : leftOutText(why, false);
}
