import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { changeTicket, commentOn, makeContact, openTicket, replyTo } from './change-ticket.ts';
import { contactWithEmail } from './contacts.ts';
import { send } from './notify.ts';
import { agentIdOf, departments, deskTables, priorities, statuses, type TicketRow } from './rows.ts';
import { newKey } from './sign.ts';
import { ticketAlone } from './views.ts';

const ticket = z.string().min(1);
const picked = {
  priority: z.enum(priorities).nullable().optional(),
  status: z.enum(Object.keys(statuses)).optional(),
};

const wishes = z.discriminatedUnion('act', [
  /** A customer writes, or an agent for them. */
  z.strictObject({
    act: z.literal('open'),
    subject: z.string().min(1),
    description: z.string().optional(),
    email: z.string().optional(),
    name: z.string().optional(),
    department: z.string().optional(),
    ...picked,
  }),
  /** An agent changes a ticket. */
  z.strictObject({ act: z.literal('change'), ticket, subject: z.string().optional(), ...picked }),
  z.strictObject({
    act: z.literal('comment'),
    ticket,
    content: z.string().min(1),
    isPublic: z.boolean().optional(),
    contentType: z.enum(['plainText', 'html']).optional(),
  }),
  /** An agent answers the customer by mail, or the customer does. */
  z.strictObject({
    act: z.literal('reply'),
    ticket,
    content: z.string().min(1),
    direction: z.enum(['in', 'out']),
    visibility: z.enum(['public', 'private']).optional(),
    status: z.enum(['SUCCESS', 'PENDING', 'FAILED', 'DRAFT']).optional(),
  }),
  z.strictObject({ act: z.literal('delete-comment'), comment: z.string().min(1) }),
  z.strictObject({ act: z.literal('trash'), ticket }),
  /** A signed delivery with a body of one's own. */
  z.strictObject({ act: z.literal('announce'), events: z.array(z.record(z.string(), z.unknown())) }),
  z.strictObject({ act: z.literal('rotate-keys') }),
  z.strictObject({ act: z.literal('switch-off-webhooks') }),
  z.strictObject({ act: z.literal('delete-webhooks') }),
]);

/**
 * What customers and agents do: `open`, `change`, `comment`, `reply`, `delete-comment`, `trash`; and the portal: `announce`, `rotate-keys`,
 * `switch-off-webhooks`, `delete-webhooks`.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function act(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const asked = wishes.safeParse(wish);
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new Error(
      `Zoho Desk does not know this act: ${issue?.path.join('.') || 'act'}: ${issue?.message}.`,
    );
  }
  const { webhooks } = deskTables(desk);
  const wanted = asked.data;
  switch (wanted.act) {
    case 'open':
      return { ticket: ticketAlone(desk, opened(desk, wanted)) };
    case 'change': {
      const { act: _act, ticket: id, ...change } = wanted;
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      return { ticket: ticketAlone(desk, changeTicket(desk, known(desk, id), given, AGENT)) };
    }
    case 'comment':
      return {
        comment: commentOn(
          desk,
          known(desk, wanted.ticket),
          {
            content: wanted.content,
            isPublic: wanted.isPublic ?? false,
            contentType: wanted.contentType ?? 'plainText',
          },
          AGENT,
        ),
      };
    case 'reply': {
      const { content, direction, visibility = 'public', status = 'SUCCESS' } = wanted;
      const agentId = direction === 'out' ? AGENT : null;
      const reply = { content, direction, visibility, status, agentId };
      return { reply: replyTo(desk, known(desk, wanted.ticket), reply) };
    }
    case 'delete-comment':
      return { deleted: deskTables(desk).comments.delete(wanted.comment) };
    case 'trash':
      return {
        ticket: ticketAlone(desk, changeTicket(desk, known(desk, wanted.ticket), { isTrashed: true }, AGENT)),
      };
    case 'announce':
      for (const webhook of webhooks.all()) send(desk, webhook, 'Ticket_Update', wanted.events);
      return {};
    case 'rotate-keys':
      return { kid: newKey(desk).kid };
    case 'switch-off-webhooks':
      for (const row of webhooks.all()) webhooks.put(row.id, { ...row, isEnabled: false });
      return {};
    case 'delete-webhooks':
      for (const { id } of webhooks.all()) webhooks.delete(id);
      return {};
  }
}

const AGENT = agentIdOf('ines');

function known(desk: VendorDesk, id: string): TicketRow {
  const { tickets } = deskTables(desk);
  const row = tickets.get(id) ?? tickets.all().find(({ ticketNumber }) => ticketNumber === id);
  if (!row) throw new Error(`Zoho Desk has no ticket ${id}.`);
  return row;
}

export interface Request {
  readonly subject: string;
  readonly description?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly department?: string | undefined;
  readonly priority?: string | null | undefined;
  readonly status?: string | undefined;
}

/** A request comes in by e-mail or, from who left no address, by phone. */
export function opened(desk: VendorDesk, wish: Request): TicketRow {
  const { email, name, department, description, priority, status } = wish;
  const contact =
    (email === undefined ? undefined : contactWithEmail(desk, email)) ??
    makeContact(desk, { lastName: name ?? email ?? 'Inconnu', email: email ?? null });
  const place =
    department === undefined ? departments[0] : departments.find(({ name: known }) => known === department);
  if (place === undefined) throw new Error(`Zoho Desk has no department ${department}.`);
  return openTicket(
    desk,
    {
      subject: wish.subject,
      departmentId: place.id,
      contactId: contact.id,
      email: contact.email,
      channel: email === undefined ? 'Phone' : 'Email',
      ...(description === undefined ? {} : { description }),
      ...(priority === undefined ? {} : { priority }),
      ...(status === undefined ? {} : { status }),
    },
    AGENT,
  );
}
