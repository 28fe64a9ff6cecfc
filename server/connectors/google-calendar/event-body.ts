import {
  isDay,
  type Meeting,
  type MeetingTime,
  type OccurrenceChanges,
} from '../../core/calendar/meeting.ts';
import type { Series } from '../../core/calendar/occurrences.ts';
import { ownTitle } from '../../core/calendar/untitled.ts';
import { momentOf, withOffset } from '../../core/calendar/zone-time.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import type { EventBody } from './client.ts';
import { hasCutGuests } from './guests.ts';
import type { GoogleAttendee, GoogleEvent } from './shapes.ts';

/** Start, end and rules as Google wants them; occurrences that do not take place are excluded dates. */
export function scheduleBody(series: Series): EventBody {
  const { start, end, recurrence } = series;
  if (recurrence === null) return { start: singleTime(start), end: singleTime(end) };
  const cancelled = recurrence.exceptions.filter(({ changes }) => changes === null);
  return {
    start: seriesTime(start),
    end: seriesTime(end),
    recurrence: [...recurrence.lines, ...cancelled.map(({ originalStart }) => excludedDate(originalStart))],
  };
}

/** In UTC and without a zone: shown in the one that the event has, or the calendar. */
export const singleTime = (time: MeetingTime): object =>
  isDay(time) ? { date: time.date } : { dateTime: momentOf(time) };

const seriesTime = (time: MeetingTime): object =>
  isDay(time) ? { date: time.date } : { dateTime: withOffset(time), timeZone: time.zone };

function excludedDate(time: MeetingTime): string {
  if (isDay(time)) return `EXDATE;VALUE=DATE:${time.date.replace(/-/g, '')}`;
  return `EXDATE;TZID=${time.zone}:${time.dateTime.replace(/[-:]/g, '')}`;
}

/** Texts of a meeting; blank ones as empty texts, which clear. */
export function textsBody(texts: {
  readonly title?: FieldValue | undefined;
  readonly description?: FieldValue | undefined;
  readonly location?: FieldValue | undefined;
}): EventBody {
  const text = (value: FieldValue): string => (typeof value === 'string' ? value : '');
  const title = (value: FieldValue): string => ownTitle(text(value)) ?? '';
  return {
    ...(texts.title === undefined ? {} : { summary: title(texts.title) }),
    ...(texts.description === undefined ? {} : { description: text(texts.description) }),
    ...(texts.location === undefined ? {} : { location: text(texts.location) }),
  };
}

/**
 * People by their addresses: of those who were invited before everything stays as it is, and the organiser,
 * whoever the calendar is of, and who has no address are not for anybody else to take away.
 */
export function attendeesBody(
  addresses: readonly string[],
  held: readonly GoogleAttendee[] = [],
): NonNullable<EventBody['attendees']> {
  const known = new Map(held.map((one) => [(one.email ?? '').toLowerCase(), one]));
  const staying = held.filter(({ organizer, self, email }) => organizer === true || self === true || !email);
  const others = addresses.filter((email) => !staying.some((one) => one.email?.toLowerCase() === email));
  return [...staying, ...others.map((email) => known.get(email) ?? { email })].map(own);
}

/** What a caller may say of an attendee. */
function own({ organizer: _organizer, self: _self, ...attendee }: GoogleAttendee): object {
  return attendee;
}

/** An occurrence with everything said that it differs in. */
export function occurrenceBody(
  meeting: Pick<Meeting, 'title' | 'description' | 'location'>,
  times: { readonly start: MeetingTime; readonly end: MeetingTime },
  changes: OccurrenceChanges,
): EventBody {
  return {
    status: 'confirmed',
    start: seriesTime(times.start),
    end: seriesTime(times.end),
    ...textsBody({
      title: changes.title === undefined ? meeting.title : changes.title,
      description: changes.description === undefined ? meeting.description : changes.description,
      location: changes.location === undefined ? meeting.location : changes.location,
    }),
  };
}

/** Google's own members: they are not sent back. */
const NOT_OURS = [
  'kind',
  'etag',
  'id',
  'htmlLink',
  'created',
  'updated',
  'creator',
  'organizer',
  'iCalUID',
  'hangoutLink',
  'locked',
  'recurringEventId',
  'originalStartTime',
];

/** A whole event to be sent back changed: where a patch cannot say that something ends (a day, a time). */
export function wholeBody(event: GoogleEvent, changed: EventBody): EventBody {
  const kept = Object.entries(event).filter(([name]) => !NOT_OURS.includes(name));
  const attendees = event.attendees === undefined ? {} : { attendees: event.attendees.map(own) };
  // Of a list that was cut the others stay, if Google is told so.
  const cut = hasCutGuests(event) ? { attendeesOmitted: true } : {};
  return { ...Object.fromEntries(kept), ...attendees, ...cut, ...changed } as EventBody;
}
