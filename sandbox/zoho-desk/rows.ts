import { type UserKey, users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';

export interface ContactRow {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  /** Epoch milliseconds. */
  readonly createdTime: number;
  readonly modifiedTime: number;
}

export interface TicketRow {
  readonly id: string;
  readonly ticketNumber: string;
  readonly departmentId: string;
  readonly contactId: string;
  readonly subject: string;
  readonly description: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly status: string;
  readonly priority: string | null;
  readonly category: string | null;
  readonly channel: string;
  readonly assigneeId: string | null;
  /** Epoch milliseconds. */
  readonly createdTime: number;
  readonly modifiedTime: number;
  readonly closedTime: number | null;
  readonly isTrashed: boolean;
  readonly createdBy: string;
  readonly modifiedBy: string;
}

export interface CommentRow {
  readonly id: string;
  readonly ticketId: string;
  readonly content: string;
  readonly contentType: 'plainText' | 'html';
  readonly isPublic: boolean;
  readonly commenterId: string;
  readonly commentedTime: number;
  readonly modifiedTime: number | null;
}

/** A reply to or from the customer. */
export interface ThreadRow {
  readonly id: string;
  readonly ticketId: string;
  readonly direction: 'in' | 'out';
  /** HTML. */
  readonly content: string;
  readonly visibility: 'public' | 'private';
  readonly status: 'SUCCESS' | 'PENDING' | 'FAILED' | 'DRAFT';
  readonly isForward: boolean;
  /** Of an agent; null: of the customer. */
  readonly agentId: string | null;
  readonly createdTime: number;
}

/** What was done to a ticket, and by whom. */
export interface HistoryRow {
  readonly id: string;
  readonly ticketId: string;
  readonly eventName: 'TicketCreated' | 'TicketUpdated';
  /** The values that fields were given, by their API names. */
  readonly given: Readonly<Record<string, string | null>>;
  readonly at: number;
  readonly agentId: string;
}

export interface WebhookRow {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly isEnabled: boolean;
  readonly description: string | null;
  readonly ignoreSourceId: string | null;
  readonly subscriptions: Readonly<Record<string, Subscribed | null>>;
  readonly createdBy: string;
  readonly createdTime: number;
  readonly modifiedTime: number;
}

/** What is asked of one kind of event: none of it narrows anything where it is left out. */
export interface Subscribed {
  readonly departmentIds?: readonly (string | number)[] | null;
  /** Of updates: those that change one of these. */
  readonly fields?: readonly string[] | null;
  readonly includePrevState?: boolean | null;
  /** Of replies: those of one direction. */
  readonly direction?: 'in' | 'out' | null;
}

/** A pair of keys as they are kept: both as JSON web keys. */
export interface KeyRow {
  readonly kid: string;
  readonly privateKey: string;
  readonly publicKey: Readonly<Record<string, unknown>>;
  readonly madeAt: number;
}

export const deskTables = (desk: VendorDesk) => ({
  contacts: desk.table<ContactRow>('contacts'),
  tickets: desk.table<TicketRow>('tickets'),
  comments: desk.table<CommentRow>('comments'),
  threads: desk.table<ThreadRow>('threads'),
  history: desk.table<HistoryRow>('history'),
  series: desk.table<{ readonly last: number }>('series'),
  webhooks: desk.table<WebhookRow>('webhooks', { kept: true }),
  keys: desk.table<KeyRow>('keys', { kept: true }),
});

/** Ids of this portal's records share their beginning. */
export const PORTAL = '1892000000';
export const portal = {
  name: 'atelier-lumen',
  url: 'https://desk.zoho.eu/agent/atelier-lumen',
  /** Its edition decides how many webhooks may be enabled: https://desk.zoho.com/support/WebhookDocument.do */
  edition: 'ENTERPRISE',
  webhooks: { enabled: 10, all: 20 },
} as const;

export const departments = [
  { id: `${PORTAL}006907`, name: 'Support', isDefault: true, isEnabled: true },
  { id: `${PORTAL}007231`, name: 'Facturation', isDefault: false, isEnabled: true },
  { id: `${PORTAL}007554`, name: 'Salon 2024', isDefault: false, isEnabled: false },
] as const;

/** Statuses and priorities of the company; Zoho's own kinds of status stand behind them. */
export const statuses: Readonly<Record<string, 'Open' | 'On Hold' | 'Closed'>> = {
  Open: 'Open',
  'On Hold': 'On Hold',
  Escalated: 'Open',
  Closed: 'Closed',
};
export const priorities: readonly string[] = ['Urgent', 'High', 'Medium', 'Low'];
export const channels: readonly string[] = ['Phone', 'Email', 'Web', 'Chat', 'Forums'];

export const agentIdOf = (key: UserKey): string =>
  `${PORTAL}05${users.findIndex((one) => one.key === key)}001`;
export const agentOf = (id: string) => users.find(({ key }) => agentIdOf(key) === id);

export function nextTicketNumber(desk: VendorDesk): string {
  const { series } = deskTables(desk);
  const last = (series.get('ticket')?.last ?? 100) + 1;
  series.put('ticket', { last });
  return String(last);
}

export const newId = (desk: VendorDesk): string => desk.digits(PORTAL, 8);
/** Zoho writes moments in UTC, to the millisecond. */
export const moment = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
