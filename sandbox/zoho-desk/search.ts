import type { VendorDesk } from '../core/simulator.ts';
import { invalid } from './api.ts';
import { deskTables, type TicketRow } from './rows.ts';

/** The index takes in what was written a moment later; a fault makes minutes of it, as Zoho itself sometimes does. */
const LAG_MS = 1_000;

export const shownInSearch = (
  desk: VendorDesk,
  { modifiedTime }: { readonly modifiedTime: number },
): boolean => modifiedTime <= desk.clock().getTime() - Math.max(LAG_MS, desk.lagMs());

const holds = (text: string | null | undefined, sought: string): boolean =>
  (text ?? '').toLowerCase().includes(sought.toLowerCase());

/** Whether a ticket is one that the query of a search asks for. */
export function isFoundBy(desk: VendorDesk, query: URLSearchParams, row: TicketRow): boolean {
  const contact = deskTables(desk).contacts.get(row.contactId);
  const isLike = (name: string, value: string | null): boolean => {
    const sought = query.get(name);
    return sought === null || value?.toLowerCase() === sought.toLowerCase();
  };
  const all = query.get('_all');
  return (
    isLike('id', row.id) &&
    isLike('ticketNumber', row.ticketNumber) &&
    isLike('departmentId', row.departmentId) &&
    isLike('contactId', row.contactId) &&
    isLike('priority', row.priority) &&
    isLike('status', row.status) &&
    isLike('channel', row.channel) &&
    (query.get('subject') === null || holds(row.subject, query.get('subject') ?? '')) &&
    (all === null ||
      [row.subject, row.description, row.email, contact?.email].some((text) => holds(text, all))) &&
    isWithin(query, 'modifiedTimeRange', row.modifiedTime) &&
    isWithin(query, 'createdTimeRange', row.createdTime)
  );
}

const RANGE =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z),(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z)$/;

/** `2026-11-01T00:00:00.000Z,2026-11-02T00:00:00.000Z`, both ends included. */
export function isWithin(query: URLSearchParams, name: string, at: number): boolean {
  const range = query.get(name);
  if (range === null) return true;
  const [, from = '', to = ''] = RANGE.exec(range) ?? [];
  if (from === '') throw invalid([name, 'invalid']);
  return at >= Date.parse(from) && at <= Date.parse(to);
}
