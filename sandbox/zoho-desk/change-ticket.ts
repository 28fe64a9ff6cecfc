import type { VendorDesk } from '../core/simulator.ts';
import { tell, tellOfAnswer } from './notify.ts';
import {
  type CommentRow,
  type ContactRow,
  deskTables,
  type HistoryRow,
  newId,
  nextTicketNumber,
  statuses,
  type ThreadRow,
  type TicketRow,
} from './rows.ts';
import { commentView, threadView, ticketAlone } from './views.ts';

/** The records of tickets as they change, with what is told of it; who changes them is the caller's. */

export type NewTicket = Pick<TicketRow, 'departmentId' | 'contactId' | 'subject'> &
  Partial<Omit<TicketRow, 'id' | 'ticketNumber'>>;

/** @param marker what tells a repeat from a new ticket, for the ledger. */
export function openTicket(desk: VendorDesk, wish: NewTicket, agentId: string): TicketRow {
  const now = desk.clock().getTime();
  const status = wish.status ?? 'Open';
  const row: TicketRow = {
    description: null,
    email: null,
    phone: null,
    priority: null,
    category: null,
    channel: 'Phone',
    assigneeId: null,
    ...wish,
    status,
    id: newId(desk),
    ticketNumber: nextTicketNumber(desk),
    createdTime: now,
    modifiedTime: now,
    closedTime: statuses[status] === 'Closed' ? now : null,
    isTrashed: false,
    createdBy: agentId,
    modifiedBy: agentId,
  };
  deskTables(desk).tickets.put(row.id, row);
  const { subject, priority, departmentId } = row;
  noteDone(desk, row, 'TicketCreated', { subject, status, priority, departmentId }, agentId);
  wrote(desk, 'POST /tickets', 'create', row);
  tell(desk, 'Ticket_Add', row, null);
  return row;
}

/** What changes is told with how it was; a change to the same is none. */
export function changeTicket(
  desk: VendorDesk,
  row: TicketRow,
  change: Partial<TicketRow>,
  agentId: string,
): TicketRow {
  const fields = Object.keys(change).filter(
    (name) => change[name as keyof TicketRow] !== row[name as keyof TicketRow],
  );
  if (fields.length === 0) return row;
  const now = desk.clock().getTime();
  const status = change.status ?? row.status;
  const isClosed = statuses[status] === 'Closed';
  const changed: TicketRow = {
    ...row,
    ...change,
    modifiedTime: Math.max(now, row.modifiedTime + 1),
    modifiedBy: agentId,
    closedTime: isClosed ? (row.closedTime ?? now) : null,
  };
  deskTables(desk).tickets.put(row.id, changed);
  const given = fields.map((name) => [name, changed[name as keyof TicketRow]] as const);
  noteDone(desk, changed, 'TicketUpdated', Object.fromEntries(given) as HistoryRow['given'], agentId);
  wrote(desk, 'PATCH /tickets', 'update', changed);
  if (changed.isTrashed) tell(desk, 'Ticket_Delete', changed, null);
  else tell(desk, 'Ticket_Update', changed, { row, fields });
  return changed;
}

function noteDone(
  desk: VendorDesk,
  { id: ticketId, modifiedTime: at }: TicketRow,
  eventName: HistoryRow['eventName'],
  given: HistoryRow['given'],
  agentId: string,
): void {
  const id = newId(desk);
  const kept = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  deskTables(desk).history.put(id, { id, ticketId, eventName, given: kept, at, agentId });
}

export function commentOn(
  desk: VendorDesk,
  ticket: TicketRow,
  wish: Pick<CommentRow, 'content'> & Partial<CommentRow>,
  agentId: string,
): CommentRow {
  const now = desk.clock().getTime();
  const row: CommentRow = {
    contentType: 'plainText',
    isPublic: false,
    ...wish,
    id: newId(desk),
    ticketId: ticket.id,
    commenterId: agentId,
    commentedTime: now,
    modifiedTime: null,
  };
  deskTables(desk).comments.put(row.id, row);
  desk.wrote({
    operation: 'POST /tickets/comments',
    object: 'comment',
    id: row.id,
    action: 'create',
    marker: markOf(row.content),
    record: { ticketId: ticket.id, ...commentView(row) },
  });
  tellOfAnswer(desk, 'Ticket_Comment_Add', ticket, { payload: commentView(row), at: now });
  return row;
}

/** A reply by mail: what changes of the ticket is when it was last changed. */
export function replyTo(
  desk: VendorDesk,
  ticket: TicketRow,
  wish: Pick<ThreadRow, 'content' | 'direction' | 'agentId'> & Partial<ThreadRow>,
): ThreadRow {
  const now = desk.clock().getTime();
  const row: ThreadRow = {
    ...{ visibility: 'public', status: 'SUCCESS', isForward: false },
    ...wish,
    ...{ id: newId(desk), ticketId: ticket.id, createdTime: now },
  };
  const { threads, tickets } = deskTables(desk);
  threads.put(row.id, row);
  tickets.put(ticket.id, { ...ticket, modifiedTime: Math.max(now, ticket.modifiedTime + 1) });
  const { direction } = row;
  if (row.status === 'SUCCESS')
    tellOfAnswer(desk, 'Ticket_Thread_Add', ticket, { payload: threadView(desk, row), at: now, direction });
  return row;
}

export function changeComment(desk: VendorDesk, row: CommentRow, content: string): CommentRow {
  const changed = { ...row, content, modifiedTime: desk.clock().getTime() };
  deskTables(desk).comments.put(row.id, changed);
  desk.wrote({
    operation: 'PATCH /tickets/comments',
    object: 'comment',
    id: row.id,
    action: 'update',
    marker: markOf(content),
    record: { ticketId: row.ticketId, ...commentView(changed) },
  });
  return changed;
}

export function makeContact(
  desk: VendorDesk,
  wish: Pick<ContactRow, 'lastName'> & Partial<ContactRow>,
): ContactRow {
  const now = desk.clock().getTime();
  const row: ContactRow = {
    ...{ firstName: null, email: null, phone: null, mobile: null },
    ...wish,
    ...{ id: newId(desk), createdTime: now, modifiedTime: now },
  };
  deskTables(desk).contacts.put(row.id, row);
  desk.wrote({
    operation: 'POST /contacts',
    object: 'contact',
    id: row.id,
    action: 'create',
    marker: row.email,
    record: row,
  });
  return row;
}

const wrote = (desk: VendorDesk, operation: string, action: 'create' | 'update', row: TicketRow): void =>
  desk.wrote({
    operation,
    object: 'ticket',
    id: row.id,
    action,
    marker: markOf(row.description ?? ''),
    record: ticketAlone(desk, row),
  });

/** Desk has no key for repeats: what tells one is the fragment of a link in the text. */
const markOf = (text: string): string | null => /https?:\/\/[^\s"<)]+#([^\s"<)]+)/.exec(text)?.[1] ?? null;
