import { z } from 'zod';
import type { Ticket } from '../../core/ticket/ticket.ts';
import { idSchema } from './api.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));
const person = z
  .object({ firstName: text, lastName: text, email: text.catch(null) })
  .nullish()
  .catch(null);

/** A ticket, as far as it is read, of a list, of a search or by itself. https://desk.zoho.com/DeskAPIDocument#Tickets */
export const ticketSchema = z
  .object({
    id: idSchema,
    ticketNumber: idSchema,
    subject: text,
    status: text,
    statusType: text,
    priority: text,
    channel: text,
    email: text,
    contactId: idSchema.nullish(),
    departmentId: idSchema.nullish(),
    webUrl: text,
    createdTime: text,
    modifiedTime: text,
    isTrashed: z.boolean().nullish().catch(null),
    isDeleted: z.boolean().nullish().catch(null),
    contact: person,
    assignee: person,
    department: z.object({ name: text }).nullish().catch(null),
  })
  .transform((one): Ticket & { readonly departmentId: string | null } => ({
    id: one.id,
    number: one.ticketNumber,
    subject: one.subject ?? '',
    state: stateOf(one.statusType, one.isTrashed === true || one.isDeleted === true),
    status: one.status,
    priority: one.priority,
    department: one.department?.name ?? null,
    departmentId: one.departmentId ?? null,
    channel: one.channel,
    requester: {
      id: one.contactId ?? null,
      name: nameOf(one.contact),
      email: one.contact?.email ?? one.email,
    },
    agent: nameOf(one.assignee),
    page: one.webUrl,
    createdAt: one.createdTime ?? '',
    changedAt: one.modifiedTime,
  }));

export type DeskTicket = z.output<typeof ticketSchema>;

function stateOf(statusType: string | null, isGone: boolean): Ticket['state'] {
  if (isGone) return 'gone';
  if (statusType === 'Closed') return 'closed';
  return statusType === 'On Hold' ? 'held' : 'open';
}

const nameOf = (one: z.output<typeof person>): string | null =>
  [one?.firstName, one?.lastName].filter(Boolean).join(' ') || null;

/** What is answered to a ticket that was made. */
export const madeSchema = z
  .object({ id: idSchema, ticketNumber: idSchema, contactId: idSchema.nullish() })
  .transform(({ id, ticketNumber, contactId }) => ({
    id,
    number: ticketNumber,
    requesterId: contactId ?? null,
  }));
