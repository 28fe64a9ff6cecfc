import type { VendorDesk } from '../core/simulator.ts';
import { withOwnAnswer } from './guest-list.ts';
import { readRecurrence } from './recurrence.ts';
import { invalid, required, timeRangeEmpty } from './refusal.ts';
import type { Attendee, CalendarRow, EventRow, EventTime, PlainFields } from './rows.ts';
import { isDay, millisecondsOf, readTime } from './time.ts';

/** Members that are kept as they were sent; every other one is Google's own, or is read below. */
const PLAIN = [
  'summary',
  'description',
  'location',
  'colorId',
  'eventLabelId',
  'transparency',
  'visibility',
  'extendedProperties',
  'guestsCanInviteOthers',
  'guestsCanModify',
  'guestsCanSeeOtherGuests',
  'anyoneCanAddSelf',
  'reminders',
  'source',
  'attachments',
  'conferenceData',
  'privateCopy',
  'workingLocationProperties',
  'outOfOfficeProperties',
  'focusTimeProperties',
  'birthdayProperties',
] as const;

const TYPES = ['default', 'birthday', 'focusTime', 'outOfOffice', 'workingLocation'];
const ANSWERS = ['needsAction', 'declined', 'tentative', 'accepted'] as const;
const STATUSES = ['confirmed', 'tentative', 'cancelled'] as const;

type Body = Readonly<Record<string, unknown>>;

/** What a body says of an event: its own members only. */
export interface Draft {
  readonly start: EventTime;
  readonly end: EventTime;
  readonly recurrence: readonly string[];
  readonly attendees: readonly Attendee[];
  readonly status: EventRow['status'];
  readonly fields: PlainFields;
}

/** Reads a whole event (insert, update). Throws what Google answers to a wrong one. */
export function readEvent(calendar: CalendarRow, body: Body): Draft {
  const repeats = Array.isArray(body.recurrence) && body.recurrence.length > 0;
  const start = readTime(body.start, 'start', calendar.timeZone, repeats);
  const end = readTime(body.end, 'end', calendar.timeZone, repeats);
  return checked(calendar, {
    start,
    end,
    recurrence: readRecurrence(body.recurrence, start),
    attendees: readAttendees(body.attendees),
    status: readStatus(body.status, 'confirmed'),
    fields: {
      ...plainFields(body, {}),
      // What came as a part of a list is shown as one.
      ...(body.attendeesOmitted === true ? { attendeesOmitted: true } : {}),
    },
  });
}

/**
 * Reads what a patch says, over what stands: members that are absent stay, null clears, arrays are replaced
 * and objects merged. https://developers.google.com/workspace/calendar/api/guides/performance#patch
 */
export function readPatch(calendar: CalendarRow, row: EventRow, body: Body): Draft {
  const recurrence = body.recurrence === undefined ? row.recurrence : body.recurrence;
  const repeats = Array.isArray(recurrence) && recurrence.length > 0;
  const start = patchedTime(row.start, body.start, 'start', calendar.timeZone, repeats);
  return checked(calendar, {
    start,
    end: patchedTime(row.end, body.end, 'end', calendar.timeZone, repeats),
    recurrence: readRecurrence(recurrence, start),
    attendees: patchedAttendees(row, body),
    status: readStatus(body.status, row.status),
    fields: plainFields(body, row.fields),
  });
}

/** Client-chosen ids: base32hex, 5 to 1024 characters. */
export function readId(desk: VendorDesk, body: Body): string {
  if (body.id === undefined || body.id === null) return desk.id('', 26).toLowerCase().replace(/[w-z]/g, '0');
  if (typeof body.id !== 'string' || !/^[a-v0-9]{5,1024}$/.test(body.id))
    throw invalid('Invalid resource id value.');
  return body.id;
}

function checked(calendar: CalendarRow, draft: Draft): Draft {
  const { start, end } = draft;
  if (isDay(start) !== isDay(end))
    throw invalid('Start and end times must either both be date or both be dateTime.');
  const [from, to] = [start, end].map((time) => millisecondsOf(time, calendar.timeZone)) as [number, number];
  if (isDay(start) ? to <= from : to < from) throw timeRangeEmpty();
  return draft;
}

function patchedTime(
  held: EventTime,
  sent: unknown,
  what: 'start' | 'end',
  zone: string,
  repeats: boolean,
): EventTime {
  if (sent === undefined) return held;
  if (typeof sent !== 'object' || sent === null) throw required(`Missing ${what} time.`);
  const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== null));
  const kept = isDay(held) || given.date !== undefined ? {} : { timeZone: held.timeZone };
  return readTime({ ...kept, ...given }, what, zone, repeats);
}

function patchedAttendees({ attendees }: EventRow, body: Body): readonly Attendee[] {
  if (body.attendees === undefined) return attendees;
  const sent = readAttendees(body.attendees, attendees);
  return body.attendeesOmitted === true ? withOwnAnswer(attendees, sent) : sent;
}

export function readAttendees(sent: unknown, held: readonly Attendee[] = []): Attendee[] {
  if (sent === undefined || sent === null) return [];
  if (!Array.isArray(sent)) throw invalid('Invalid attendees.');
  const seen = new Set<string>();
  return sent.flatMap((one: Body) => {
    const { email, displayName, optional, resource, comment, additionalGuests, responseStatus } = one;
    if (typeof email !== 'string' || email === '') throw required('Missing attendee email.');
    if (!/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(email)) throw invalid('Invalid attendee email.');
    if (responseStatus !== undefined && !(ANSWERS as readonly unknown[]).includes(responseStatus))
      throw invalid('Invalid attendee response status.');
    const address = email.toLowerCase();
    if (seen.has(address)) return [];
    seen.add(address);
    const before = held.find((other) => other.email === address);
    return [
      {
        email: address,
        ...(typeof displayName === 'string' && displayName !== '' ? { displayName } : {}),
        ...(optional === true ? { optional } : {}),
        ...(resource === true ? { resource } : {}),
        ...(typeof comment === 'string' ? { comment } : {}),
        ...(typeof additionalGuests === 'number' ? { additionalGuests } : {}),
        responseStatus: (responseStatus ??
          before?.responseStatus ??
          'needsAction') as Attendee['responseStatus'],
      },
    ];
  });
}

export function readStatus(sent: unknown, otherwise: EventRow['status']): EventRow['status'] {
  if (sent === undefined || sent === null) return otherwise;
  const found = STATUSES.find((status) => status === sent);
  if (found === undefined) throw invalid('Invalid event status.');
  return found;
}

/** Members that are kept as they were sent, of a whole event. */
export function readPlainFields(body: Body): PlainFields {
  const { eventType: _kind, ...plain } = body;
  return plainFields(plain, {});
}

function plainFields(body: Body, held: PlainFields): PlainFields {
  if (body.eventType !== undefined && !TYPES.includes(String(body.eventType)))
    throw invalid('Invalid event type.');
  const fields: Record<string, unknown> = { ...held };
  for (const name of PLAIN) {
    const sent = body[name];
    if (sent === undefined) continue;
    if (sent === null || sent === '') delete fields[name];
    else fields[name] = name === 'extendedProperties' ? properties(sent, held[name]) : sent;
  }
  if (body.eventType !== undefined && held.eventType === undefined && body.eventType !== 'default')
    fields.eventType = body.eventType;
  return fields;
}

/** Of each kind the named properties change; null takes one away. */
function properties(sent: unknown, held: unknown): object {
  const kinds = ['private', 'shared'] as const;
  const of = (from: unknown, kind: string): Record<string, unknown> =>
    ((from as Record<string, unknown> | undefined)?.[kind] as Record<string, unknown> | undefined) ?? {};
  const merged = kinds.map((kind) => {
    const all = { ...of(held, kind), ...of(sent, kind) };
    return [kind, Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))] as const;
  });
  return Object.fromEntries(merged.filter(([, values]) => Object.keys(values).length > 0));
}
