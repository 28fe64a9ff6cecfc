import type { VendorDesk } from '../core/simulator.ts';
import { account } from '../microsoft-accounts/account.ts';
import { calendarTables, type EventRow, type MailRow } from './rows.ts';

/**
 * What Exchange mails when a program changes a meeting of the account's own; nothing in Graph asks it not to.
 * https://learn.microsoft.com/graph/api/event-update, https://learn.microsoft.com/graph/api/event-delete
 */
export function mailAttendees(
  desk: VendorDesk,
  kind: MailRow['kind'],
  row: EventRow,
  addresses = row.attendees.map(({ address }) => address),
): void {
  if (row.organizer.address !== account().email) return;
  for (const to of addresses) {
    if (to === account().email) continue;
    const id = desk.id('mail', 12);
    calendarTables(desk).mails.put(id, { id, to, kind, subject: row.fields.subject });
  }
}
