import type { VendorDesk } from '../core/simulator.ts';
import type { BodyFields } from '../kit/body-fields.ts';
import { isMembers, type Members } from '../kit/json-body.ts';
import type { Reply } from '../kit/refusal.ts';
import { type Call, invalid, listed, notFound, type Operation, sorted } from './api.ts';
import { changeComment, changeTicket, commentOn, makeContact, openTicket } from './change-ticket.ts';
import { contactWithEmail, isEmail } from './contacts.ts';
import { channels, departments, deskTables, priorities, statuses, type TicketRow } from './rows.ts';
import { isFoundBy, shownInSearch } from './search.ts';
import {
  commentView,
  historyView,
  threadInList,
  threadsOf,
  threadView,
  ticketAlone,
  ticketFound,
  ticketInList,
  ticketOfContact,
} from './views.ts';

/** https://desk.zoho.com/DeskAPIDocument#Tickets: the stricter of the prose and of Zoho's own OpenAPI file. */
const WRITTEN: BodyFields = {
  subject: { is: 'text', most: 255 },
  description: { is: 'text', most: 65_535 },
  departmentId: { is: 'text' },
  contactId: { is: 'text' },
  email: { is: 'text', most: 150 },
  phone: { is: 'text', most: 120 },
  status: { is: 'text', most: 120 },
  priority: { is: 'text', most: 120 },
  channel: { is: 'text' },
  category: { is: 'text', most: 300 },
  assigneeId: { is: 'text' },
  classification: { is: 'text' },
  language: { is: 'text' },
  dueDate: { is: 'text' },
  cf: { is: 'object' },
};
const CREATED: BodyFields = {
  ...WRITTEN,
  subject: { is: 'text', most: 255, required: true },
  departmentId: { is: 'text', required: true },
  contact: { is: 'object' },
};

const reads = (path: string, run: Operation['run'], scopes = ['Desk.tickets.READ']): Operation => ({
  ...{ method: 'GET' as const, path, scopes, run },
});

export const ticketOperations: readonly Operation[] = [
  reads('/tickets', listTickets),
  reads('/tickets/search', searchTickets, ['Desk.tickets.READ', 'Desk.search.READ']),
  reads('/tickets/{ticket}', ({ desk, path, query }) => ({
    body: {
      ...ticketAlone(desk, held(desk, path.ticket), (query.get('include') ?? '').split(',')),
      createdBy: held(desk, path.ticket).createdBy,
    },
  })),
  reads('/contacts/{contact}/tickets', ticketsOfContact, ['Desk.contacts.READ', 'Desk.tickets.READ']),
  reads('/tickets/{ticket}/History', (call) => {
    const ticket = held(call.desk, call.path.ticket);
    const field = call.query.get('fieldName');
    const rows = deskTables(call.desk)
      .history.all()
      .filter(({ ticketId, given }) => ticketId === ticket.id && (field === null || field in given))
      .toReversed();
    return listed(call, rows.map(historyView), { most: 50 });
  }),
  { method: 'POST', path: '/tickets', scopes: ['Desk.tickets.CREATE'], takes: CREATED, run: create },
  {
    method: 'PATCH',
    path: '/tickets/{ticket}',
    scopes: ['Desk.tickets.UPDATE'],
    takes: WRITTEN,
    run: update,
  },
  reads('/tickets/{ticket}/comments', (call) => {
    const ticket = held(call.desk, call.path.ticket);
    const own = deskTables(call.desk)
      .comments.all()
      .filter(({ ticketId }) => ticketId === ticket.id);
    const rows = sorted(own, call.query.get('sortBy'), { commentedTime: (row) => row.commentedTime });
    return listed(call, rows.map(commentView), { most: 100 });
  }),
  {
    method: 'POST',
    path: '/tickets/{ticket}/comments',
    scopes: ['Desk.tickets.UPDATE'],
    takes: {
      content: { is: 'text', most: 32_000, required: true },
      isPublic: { is: 'boolean' },
      contentType: { is: 'text' },
      attachmentIds: { is: 'list' },
    },
    run({ desk, path, body, agentId }) {
      const { content, isPublic = true, contentType = 'html' } = body;
      if (contentType !== 'plainText' && contentType !== 'html') throw invalid(['contentType', 'invalid']);
      const wish = { content: String(content), isPublic: isPublic === true, contentType } as const;
      return { body: commentView(commentOn(desk, held(desk, path.ticket), wish, agentId)) };
    },
  },
  reads('/tickets/{ticket}/comments/{comment}', ({ desk, path }) => {
    const comment = deskTables(desk).comments.get(path.comment ?? '');
    if (comment?.ticketId !== held(desk, path.ticket).id) throw notFound();
    return { body: commentView(comment) };
  }),
  reads('/tickets/{ticket}/threads', (call) => {
    const { desk, path } = call;
    const rows = threadsOf(desk, held(desk, path.ticket).id).toReversed();
    return listed(
      call,
      rows.map((row) => threadInList(desk, row)),
      { most: 100 },
    );
  }),
  reads('/tickets/{ticket}/threads/{thread}', ({ desk, path }) => {
    const thread = deskTables(desk).threads.get(path.thread ?? '');
    if (thread?.ticketId !== held(desk, path.ticket).id) throw notFound();
    return { body: threadView(desk, thread) };
  }),
  {
    method: 'PATCH',
    path: '/tickets/{ticket}/comments/{comment}',
    scopes: ['Desk.tickets.UPDATE'],
    takes: { content: { is: 'text', most: 32_000, required: true } },
    run({ desk, path, body }) {
      const ticket = held(desk, path.ticket);
      const comment = deskTables(desk).comments.get(path.comment ?? '');
      if (comment?.ticketId !== ticket.id) throw notFound();
      return { body: commentView(changeComment(desk, comment, String(body.content))) };
    },
  },
];

/** One that lies in the recycle bin is read as before by its id, and says so; it stands in no list. */
function held(desk: VendorDesk, id = ''): TicketRow {
  const row = deskTables(desk).tickets.get(id);
  if (!row) throw notFound();
  return row;
}

const standing = (desk: VendorDesk): TicketRow[] =>
  deskTables(desk)
    .tickets.all()
    .filter(({ isTrashed }) => !isTrashed);

const MOMENTS = {
  createdTime: (row: TicketRow) => row.createdTime,
  modifiedTime: (row: TicketRow) => row.modifiedTime,
};
const DAYS: Readonly<Record<string, number>> = { '15': 15, '30': 30, '90': 90 };

function listTickets(call: Call): Reply {
  const { desk, query } = call;
  const [department, status, days] = [
    query.get('departmentId'),
    query.get('status'),
    query.get('receivedInDays'),
  ];
  if (days !== null && DAYS[days] === undefined) throw invalid(['receivedInDays', 'invalid']);
  const since = days === null ? 0 : desk.clock().getTime() - (DAYS[days] ?? 0) * 86_400_000;
  const rows = standing(desk).filter(
    (row) =>
      (department === null || row.departmentId === department) &&
      (status === null || status.split(',').includes(row.status)) &&
      row.createdTime >= since,
  );
  const { modifiedTime: _none, ...moments } = MOMENTS;
  return listed(
    call,
    sorted(rows, query.get('sortBy'), moments).map((row) => ticketInList(desk, row)),
    { most: 100 },
  );
}

function ticketsOfContact(call: Call): Reply {
  const { desk, query, path } = call;
  if (!deskTables(desk).contacts.get(path.contact ?? '')) throw notFound();
  const own = standing(desk).filter(({ contactId }) => contactId === path.contact);
  const rows = sorted(own, query.get('sortBy'), MOMENTS);
  return listed(
    call,
    rows.map((row) => ticketOfContact(desk, row)),
    { most: 100 },
  );
}

/** From the index, which comes late. */
function searchTickets(call: Call): Reply {
  const { desk, query } = call;
  const found = standing(desk).filter((row) => shownInSearch(desk, row) && isFoundBy(desk, query, row));
  const rows = sorted(found, query.get('sortBy'), MOMENTS).map((row) => ticketFound(desk, row));
  return listed(call, rows, { most: 100, counted: true });
}

function create({ desk, body, agentId }: Call): Reply {
  const fields = written(body);
  if (!departments.some(({ id, isEnabled }) => id === body.departmentId && isEnabled))
    throw invalid(['departmentId', 'invalid']);
  const row = openTicket(
    desk,
    {
      ...fields,
      subject: String(body.subject),
      departmentId: String(body.departmentId),
      contactId: requester(desk, body),
    },
    agentId,
  );
  return { body: ticketAlone(desk, row) };
}

/** Whom the ticket is of: by id, or by the address of somebody known; else somebody new. */
function requester(desk: VendorDesk, { contactId, contact }: Members): string {
  const { contacts } = deskTables(desk);
  if (typeof contactId === 'string') {
    if (!contacts.get(contactId)) throw invalid(['contactId', 'invalid']);
    return contactId;
  }
  if (!isMembers(contact)) throw invalid(['contactId', 'missing']);
  const { email = null, lastName = null, ...more } = contact;
  if (Object.keys(more).length > 0) throw invalid([`contact/${Object.keys(more)[0]}`, 'invalid']);
  if (email === null && lastName === null) throw invalid(['contact', 'missing']);
  if (email !== null && !isEmail(email)) throw invalid(['contact/email', 'invalid']);
  if (lastName !== null && (typeof lastName !== 'string' || lastName.length > 200))
    throw invalid(['contact/lastName', 'invalid']);
  const known = email === null ? undefined : contactWithEmail(desk, email);
  const name = lastName ?? (email ?? '').split('@')[0] ?? '';
  return (known ?? makeContact(desk, { lastName: name, email })).id;
}

function update({ desk, path, body, agentId }: Call): Reply {
  const row = held(desk, path.ticket);
  if ('departmentId' in body) throw invalid(['departmentId', 'invalid']);
  return { body: ticketAlone(desk, changeTicket(desk, row, written(body), agentId)) };
}

/** The members of a body that a ticket has, each of them one that the portal knows. */
function written(body: Members): Partial<TicketRow> {
  const choices = [
    ['status', Object.keys(statuses)],
    ['priority', priorities],
    ['channel', channels],
  ] as const;
  for (const [name, known] of choices) {
    const value = body[name];
    if (typeof value === 'string' && !known.includes(value)) throw invalid([name, 'invalid']);
  }
  if (typeof body.email === 'string' && !isEmail(body.email)) throw invalid(['email', 'invalid']);
  const taken = [
    'subject',
    'description',
    'email',
    'phone',
    'status',
    'priority',
    'channel',
    'category',
    'assigneeId',
  ];
  return Object.fromEntries(Object.entries(body).filter(([name]) => taken.includes(name)));
}
