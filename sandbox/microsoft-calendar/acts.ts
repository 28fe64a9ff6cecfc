import type { VendorDesk } from '../core/simulator.ts';
import { isMembers, type Members } from '../kit/json-body.ts';
import { endLinks } from '../microsoft/list-places.ts';
import { actOnSubscriptions } from '../microsoft/notify.ts';
import { GraphRefusal } from '../microsoft/refusal.ts';
import { account } from '../microsoft-accounts/account.ts';
import { changeEvent, findEvent, makeEvent, moveEvent, occurrenceId, removeEvent } from './book.ts';
import { readChange, readNewEvent } from './read-event.ts';
import {
  type Attendee,
  BIN,
  calendarTables,
  DEFAULT_CALENDAR,
  type EventRow,
  TEAM_CALENDAR,
} from './rows.ts';
import { isKept } from './times.ts';

type Wish = Readonly<Record<string, unknown>>;

/**
 * What the mailbox's owner does in Outlook, or other people's invitations do; the ledger, which counts what came through
 * the API, says nothing of it, and nobody is mailed. `{"act": "create", "event": {…}}`, `{"act": "edit", "event": "<id
 * or subject>", "day": "2026-10-12", "changes": {…}}` (`day`: one occurrence of a series), `{"act": "delete", "event": …,
 * "day": …}`, `{"act": "answer", "event": …, "response": "declined"}`, `{"act": "move", "event": …, "to": "team"}` (or
 * `"own"`, back: out of the deleted items by its id); `{"act": "invite", "event": {…}, "from": "a@b.example"}`: an event of somebody else's, which may have a zone that
 * nobody knows, `{"act": "cancel", "event": …}`: whoever invited takes it back. `{"act": "unshare"}`: the team's calendar is shared no longer, `{"act": "share"}`: it is again.
 *
 * And what Graph itself does: `{"act": "lose-links", "status": 400}`, and what `actOnSubscriptions` knows.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function act(desk: VendorDesk, wish: Wish): object {
  try {
    return done(desk, wish);
  } catch (error) {
    throw error instanceof GraphRefusal ? new Error(error.message) : error;
  }
}

function done(desk: VendorDesk, wish: Wish): object {
  const body = isMembers(wish.event) ? wish.event : {};
  switch (wish.act) {
    case 'create':
      return shown(makeEvent(desk, readNewEvent(calendarIn(wish), body)));
    case 'invite':
      return shown(makeEvent(desk, invitation(body, String(wish.from ?? 'quelquun@ailleurs.example'))));
    case 'edit': {
      const row = eventAt(desk, wish);
      return shown(changeEvent(desk, row, readChange(row, isMembers(wish.changes) ? wish.changes : {})));
    }
    case 'delete': {
      const row = eventAt(desk, wish);
      removeEvent(desk, row);
      return shown(row);
    }
    case 'cancel':
      return shown(changeEvent(desk, eventAt(desk, wish), { isCancelled: true }));
    case 'answer': {
      const row = eventAt(desk, wish);
      const attendees = answered(row.attendees, String(wish.response) as Attendee['response']);
      return shown(changeEvent(desk, row, { attendees }));
    }
    case 'move':
      return shown(
        moveEvent(desk, eventAt(desk, wish), wish.to === 'team' ? TEAM_CALENDAR : DEFAULT_CALENDAR),
      );
    case 'unshare':
    case 'share': {
      const { calendars } = calendarTables(desk);
      const calendar = calendars.get(TEAM_CALENDAR);
      if (calendar) calendars.put(calendar.id, { ...calendar, isClosed: wish.act === 'unshare' });
      return {};
    }
    case 'lose-links':
      endLinks(desk, wish.status === 400 ? 400 : 410);
      return {};
    default: {
      const told = actOnSubscriptions(desk, wish);
      if (told !== undefined) return told;
      throw new Error(
        'Outlook’s calendar knows the acts "create", "invite", "edit", "delete", "cancel", "answer", "move", "unshare", "share", "lose-links", "lifecycle", "silence" and "drop-subscriptions".',
      );
    }
  }
}

const shown = ({ id, fields }: EventRow): object => ({ id, subject: fields.subject });
const calendarIn = ({ calendar }: Wish): string => (calendar === 'team' ? TEAM_CALENDAR : DEFAULT_CALENDAR);

/** As it comes from elsewhere: whoever invites is another, and the zone may be anything that Exchange keeps. */
function invitation(body: Members, from: string) {
  const zone = isMembers(body.start) ? String(body.start.timeZone) : 'UTC';
  const asUtc = (time: unknown) => ({ ...(isMembers(time) ? time : {}), timeZone: 'UTC' });
  const read = readNewEvent(DEFAULT_CALENDAR, { ...body, start: asUtc(body.start), end: asUtc(body.end) });
  const kept = isKept(zone) ? zone : 'UTC';
  const moment = (time: EventRow['start']) =>
    kept.startsWith('tzone:') ? { moment: Date.parse(`${time.dateTime}Z`) } : {};
  return {
    ...read,
    start: { ...read.start, timeZone: kept, ...moment(read.start) },
    end: { ...read.end, timeZone: kept, ...moment(read.end) },
    organizer: { name: from, address: from },
    attendees: [...answered(read.attendees, 'notResponded')],
  };
}

/** By its id, or by its subject where one event only has it; `day`: an occurrence. */
function eventAt(desk: VendorDesk, { event, day }: Wish): EventRow {
  const named = calendarTables(desk)
    .events.all()
    .filter(
      ({ fields, masterId, calendarId }) =>
        masterId === null && calendarId !== BIN && fields.subject === event,
    );
  const [only] = named;
  const id = named.length === 1 && only ? only.id : String(event);
  const found = findEvent(desk, day === undefined ? id : occurrenceId(id, String(day)));
  if (found) return found;
  throw new Error(`Outlook’s calendar has no event called "${String(event)}", or several.`);
}

function answered(attendees: readonly Attendee[], response: Attendee['response']): Attendee[] {
  const { email, givenName, surname } = account();
  const own = attendees.find(({ address }) => address === email) ?? {
    type: 'required' as const,
    name: `${givenName} ${surname}`,
    address: email,
  };
  return [...attendees.filter(({ address }) => address !== email), { ...own, response }];
}
