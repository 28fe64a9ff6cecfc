import { users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import {
  agentOf,
  type CommentRow,
  type ContactRow,
  departments,
  deskTables,
  type HistoryRow,
  moment,
  PORTAL,
  portal,
  statuses,
  type ThreadRow,
  type TicketRow,
} from './rows.ts';

const LAYOUT = `${PORTAL}000011`;

/** What is the same wherever a ticket is told of. */
function told(desk: VendorDesk, row: TicketRow) {
  const comments = deskTables(desk)
    .comments.all()
    .filter(({ ticketId }) => ticketId === row.id);
  return {
    id: row.id,
    ticketNumber: row.ticketNumber,
    subject: row.subject,
    departmentId: row.departmentId,
    contactId: row.contactId,
    email: row.email,
    phone: row.phone,
    status: row.status,
    statusType: statuses[row.status] ?? 'Open',
    priority: row.priority,
    channel: row.channel,
    assigneeId: row.assigneeId,
    createdTime: moment(row.createdTime),
    closedTime: moment(row.closedTime),
    customerResponseTime: moment(row.createdTime),
    webUrl: `${portal.url}/tickets/details/${row.id}`,
    commentCount: String(comments.length),
    threadCount: String(threadsOf(desk, row.id).length + 1),
    dueDate: null,
    responseDueDate: null,
    onholdTime: null,
    productId: null,
    accountId: null,
    teamId: null,
    language: 'French',
    isArchived: false,
    isSpam: false,
  };
}

/** Of a list: without what is long, and without when it was changed. */
export const ticketInList = (desk: VendorDesk, row: TicketRow) => ({
  ...ticketOfContact(desk, row),
  ...{ category: row.category, subCategory: null, layoutId: LAYOUT },
});

/** The list of one contact's says less still. */
export const ticketOfContact = (desk: VendorDesk, row: TicketRow) => ({
  ...told(desk, row),
  sentiment: null,
  relationshipType: null,
  lastThread: null,
});

export function ticketFound(desk: VendorDesk, row: TicketRow) {
  const contact = deskTables(desk).contacts.get(row.contactId);
  const department = departments.find(({ id }) => id === row.departmentId);
  return {
    ...told(desk, row),
    ...{ category: row.category, layoutId: LAYOUT, description: row.description },
    modifiedTime: moment(row.modifiedTime),
    ...{ modifiedBy: row.modifiedBy, createdBy: row.createdBy },
    contact: contact ? personIn(contact) : null,
    department: { id: row.departmentId, name: department?.name ?? null },
  };
}

export function ticketAlone(desk: VendorDesk, row: TicketRow, include: readonly string[] = []) {
  const contact = deskTables(desk).contacts.get(row.contactId);
  const department = departments.find(({ id }) => id === row.departmentId);
  const assignee = row.assigneeId === null ? undefined : agentOf(row.assigneeId);
  const with_ = (what: string, member: object): object => (include.includes(what) ? member : {});
  return {
    ...told(desk, row),
    ...{ category: row.category, subCategory: null, layoutId: LAYOUT, description: row.description },
    modifiedTime: moment(row.modifiedTime),
    modifiedBy: row.modifiedBy,
    classification: null,
    resolution: null,
    isDeleted: false,
    isTrashed: row.isTrashed,
    isOverDue: false,
    isEscalated: row.status === 'Escalated',
    isResponseOverdue: false,
    approvalCount: '0',
    timeEntryCount: '0',
    taskCount: '0',
    attachmentCount: '0',
    cf: {},
    customFields: {},
    sharedDepartments: [],
    secondaryContacts: [],
    entitySkills: [],
    ...with_('contacts', { contact: contact ? { ...personIn(contact), isSpam: false } : null }),
    ...with_('departments', { department: { id: row.departmentId, name: department?.name ?? null } }),
    ...with_('assignee', {
      assignee: assignee && {
        id: row.assigneeId,
        firstName: assignee.firstName,
        lastName: assignee.lastName,
        email: assignee.email,
        photoURL: null,
      },
    }),
  };
}

const personIn = ({ id, firstName, lastName, email, phone, mobile }: ContactRow) => ({
  ...{ id, firstName, lastName, email, phone, mobile },
  type: null,
  account: null,
});

export const contactView = (row: ContactRow) => ({
  ...{ id: row.id, firstName: row.firstName, lastName: row.lastName, email: row.email },
  ...{ phone: row.phone, mobile: row.mobile, secondaryEmail: null, type: null, ownerId: null },
  accountId: null,
  createdTime: moment(row.createdTime),
  webUrl: `${portal.url}/contacts/details/${row.id}`,
  isEndUser: false,
  photoURL: null,
  customerHappiness: { badPercentage: '0', okPercentage: '0', goodPercentage: '0' },
  zohoCRMContact: null,
});

/** Newest first. https://help.zoho.com/portal/en/kb/desk/for-developers/rest-apis/articles/get-ticket-history-api-explained-in-detail */
export function historyView({ eventName, at, agentId, given }: HistoryRow) {
  const agent = agentOf(agentId);
  const eventInfo = Object.entries(given).map(([name, propertyValue]) => ({
    ...{ propertyName: name, propertyType: 'Text', systemProperty: true, propertyValue },
  }));
  return {
    ...{ eventName, eventTime: moment(at), source: null, eventInfo, actorInfo: [] },
    actor: { id: agentId, name: agent ? `${agent.firstName} ${agent.lastName}` : null, type: 'Agent' },
  };
}

export function commentView(row: CommentRow) {
  const agent = agentOf(row.commenterId) ?? users[0];
  return {
    id: row.id,
    content: row.content,
    encodedContent: null,
    contentType: row.contentType,
    isPublic: row.isPublic,
    commentedTime: moment(row.commentedTime),
    modifiedTime: moment(row.modifiedTime),
    attachments: [],
    commenterId: row.commenterId,
    impersonatedUser: null,
    commenter: {
      id: row.commenterId,
      firstName: agent?.firstName ?? null,
      lastName: agent?.lastName ?? null,
      name: agent ? `${agent.firstName} ${agent.lastName}` : null,
      email: agent?.email ?? null,
      photoURL: null,
      roleName: 'Agent',
      type: 'AGENT',
    },
  };
}

/** Oldest first. */
export const threadsOf = (desk: VendorDesk, ticket: string): ThreadRow[] =>
  deskTables(desk)
    .threads.all()
    .filter(({ ticketId }) => ticketId === ticket);

/** A reply by itself: https://desk.zoho.com/DeskAPIDocument#Threads */
export const threadView = (desk: VendorDesk, row: ThreadRow) => ({
  ...threadInList(desk, row),
  ...{ content: row.content, attachments: [] },
});

/** Of a list: its beginning alone. */
export function threadInList(desk: VendorDesk, row: ThreadRow) {
  const ticket = deskTables(desk).tickets.get(row.ticketId);
  const contact = deskTables(desk).contacts.get(ticket?.contactId ?? '');
  const agent = row.agentId === null ? undefined : agentOf(row.agentId);
  const who = agent ?? contact;
  const name = [who?.firstName, who?.lastName].filter(Boolean).join(' ') || null;
  const summary = row.content.replace(/<[^>]*>/g, ' ').replace(/[^a-z0-9\s.?_,-]/gi, '');
  return {
    id: row.id,
    ...{ channel: 'EMAIL', contentType: 'text/html', direction: row.direction },
    ...{ visibility: row.visibility, status: row.status, isForward: row.isForward },
    ...{ isDescriptionThread: false, isContentTruncated: false, canReply: true, hasAttach: false },
    createdTime: moment(row.createdTime),
    summary: summary.slice(0, 100),
    author: {
      id: row.agentId ?? contact?.id ?? null,
      ...{ firstName: who?.firstName ?? null, lastName: who?.lastName ?? null, name },
      ...{ email: who?.email ?? null, photoURL: null, type: agent ? 'AGENT' : 'END_USER' },
    },
    fromEmailAddress: who?.email ?? null,
    ...{ to: null, cc: null, bcc: null, replyTo: null, fullContentURL: null, respondedIn: null },
    ...{ attachmentCount: '0', attachmentIds: [], actions: [], aspects: [], keyWords: [], readReceipts: [] },
    ...{ channelRelatedInfo: null, impersonatedUser: null, lastRatingIconURL: null, sentiment: null },
    source: { appName: null, extId: null, permalink: null, type: 'SYSTEM', appPhotoURL: null },
  };
}
