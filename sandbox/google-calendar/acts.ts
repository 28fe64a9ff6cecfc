import type { VendorDesk } from '../core/simulator.ts';
import { account } from '../google-accounts/account.ts';
import { cancel, change, create, put } from './change-event.ts';
import { notifyChannels } from './channels.ts';
import { asRow, type Found, findCalendar, findEvent } from './find.ts';
import { readEvent, readId, readPatch } from './read-event.ts';
import { readInvitation } from './read-invitation.ts';
import { CalendarRefusal } from './refusal.ts';
import { type Attendee, type CalendarRow, type EventRow, eventsOf } from './rows.ts';

type Wish = Readonly<Record<string, unknown>>;

/**
 * What people do in Google's own calendar, or what other people's mail does to it; the ledger, which counts what
 * came through the API, says nothing of it. `{"act": "create", "event": {…}}`, `{"act": "edit", "event": "<id or
 * title>", "changes": {…}}`, `{"act": "delete", "event": "…"}`, `{"act": "answer", "event": "…", "response":
 * "declined"}`, and `{"act": "invite", "event": {…}}`: an event as it comes from somebody else's calendar, which
 * may be one occurrence of a series that this one has not (`recurringEventId`, `originalStartTime`), be told in a
 * zone that nobody knows, or be of a kind that only Google makes. `calendar`: another one than the account's own.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function act(desk: VendorDesk, wish: Wish): object {
  try {
    const calendar = findCalendar(desk, typeof wish.calendar === 'string' ? wish.calendar : 'primary');
    const row = done(desk, calendar, wish);
    notifyChannels(desk, calendar.id);
    return { id: row.id, status: row.status };
  } catch (error) {
    throw error instanceof CalendarRefusal ? new Error(error.message) : error;
  }
}

function done(desk: VendorDesk, calendar: CalendarRow, wish: Wish): EventRow {
  const body = objectIn(wish.event);
  switch (wish.act) {
    case 'create':
      return create(desk, calendar, readEvent(calendar, body), { id: readId(desk, body) });
    case 'invite':
      return put(desk, readInvitation(desk, calendar, body));
    case 'edit': {
      const found = eventAt(desk, calendar, wish.event);
      return change(desk, calendar, found, readPatch(calendar, rowOf(found), objectIn(wish.changes)));
    }
    case 'delete':
      return cancel(desk, eventAt(desk, calendar, wish.event));
    case 'answer': {
      const found = eventAt(desk, calendar, wish.event);
      const attendees = answered(rowOf(found).attendees, String(wish.response));
      return change(desk, calendar, found, readPatch(calendar, rowOf(found), { attendees }));
    }
    default:
      throw new Error('Google Calendar knows the acts "create", "invite", "edit", "answer" and "delete".');
  }
}

const objectIn = (value: unknown): Wish =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Wish) : {};

const rowOf = (found: Found): EventRow => (found.kind === 'event' ? found.row : asRow(found.instance));

/** By its id, or by its title where one event only has it. */
function eventAt(desk: VendorDesk, calendar: CalendarRow, wanted: unknown): Found {
  const byTitle = eventsOf(desk, calendar.id).filter(
    ({ fields, status, exceptionOf }) =>
      fields.summary === wanted && status !== 'cancelled' && exceptionOf === null,
  );
  const [only] = byTitle;
  if (byTitle.length === 1 && only) return { kind: 'event', row: only };
  try {
    return findEvent(desk, calendar.id, String(wanted));
  } catch {
    throw new Error(`Google Calendar has no event called "${String(wanted)}", or several.`);
  }
}

function answered(attendees: readonly Attendee[], response: string): object[] {
  const own = attendees.find(({ email }) => email === account().email) ?? { email: account().email };
  return [
    ...attendees.filter(({ email }) => email !== account().email),
    { ...own, responseStatus: response },
  ];
}
