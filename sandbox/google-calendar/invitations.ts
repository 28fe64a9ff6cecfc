import type { VendorDesk } from '../core/simulator.ts';
import { account } from '../google-accounts/account.ts';
import { invalidParameter } from './refusal.ts';
import type { EventRow } from './rows.ts';

const CHOICES = ['none', 'all', 'externalOnly'] as const;
export type SendUpdates = (typeof CHOICES)[number];

/** Who is told of a change; nobody unless the caller says so. `sendNotifications` is the older word for all. */
export function sendUpdatesOf(query: URLSearchParams): SendUpdates {
  const given = query.get('sendUpdates');
  if (given === null) return query.get('sendNotifications') === 'true' ? 'all' : 'none';
  const found = CHOICES.find((choice) => choice === given);
  if (found === undefined) throw invalidParameter('sendUpdates', given);
  return found;
}

/**
 * Notes in the ledger whom a change would be mailed to, as one write of object `invitation`: so that "nobody
 * was written to" can be counted. Nothing is sent.
 */
export function mail(desk: VendorDesk, row: EventRow, send: SendUpdates, operation: string): void {
  if (send === 'none') return;
  const to = row.attendees
    .map(({ email }) => email)
    .filter((email) => email !== account().email)
    .filter((email) => send === 'all' || !email.endsWith(`@${account().hostedDomain}`));
  if (to.length === 0) return;
  const record = { to, about: row.fields.summary ?? null, status: row.status };
  desk.wrote({ operation, object: 'invitation', id: row.id, action: 'create', marker: send, record });
}
