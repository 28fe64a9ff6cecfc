import type { Table, VendorDesk } from '../core/simulator.ts';

export interface DayTime {
  readonly date: string;
}

export interface MomentTime {
  /** UTC, to the second: `2026-11-24T09:00:00Z`. */
  readonly at: string;
  readonly timeZone: string;
}

/** A day (all-day events; an end is exclusive), or a moment with the zone that its wall time is of. */
export type EventTime = DayTime | MomentTime;

export interface Attendee {
  readonly email: string;
  readonly displayName?: string;
  readonly optional?: boolean;
  readonly resource?: boolean;
  readonly comment?: string;
  readonly additionalGuests?: number;
  readonly responseStatus: 'needsAction' | 'declined' | 'tentative' | 'accepted';
}

/** Everything that a caller may set, beside times, people and recurrence; kept as it was sent. */
export type PlainFields = Readonly<Record<string, unknown>>;

/**
 * One event of one calendar: a single one, a recurring one (`recurrence` is not empty), or an exception of
 * a recurring one (`exceptionOf`), moved, changed or cancelled.
 */
export interface EventRow {
  readonly calendarId: string;
  readonly id: string;
  readonly iCalUID: string;
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  readonly start: EventTime;
  readonly end: EventTime;
  readonly recurrence: readonly string[];
  readonly exceptionOf: string | null;
  readonly originalStart: EventTime | null;
  readonly attendees: readonly Attendee[];
  readonly creator: string;
  readonly organizer: string;
  readonly fields: PlainFields;
  readonly sequence: number;
  readonly created: string;
  readonly updated: string;
  /** Number of the calendar service's change that this state came with: what etags and sync tokens are of. */
  readonly change: number;
}

export interface CalendarRow {
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly timeZone: string;
  readonly accessRole: 'owner' | 'writer' | 'reader';
  readonly primary: boolean;
  readonly backgroundColor: string;
}

/** A push channel. https://developers.google.com/workspace/calendar/api/guides/push */
export interface ChannelRow {
  readonly id: string;
  readonly calendarId: string;
  readonly resourceId: string;
  readonly address: string;
  readonly token: string | null;
  /** Milliseconds since 1970. */
  readonly expiration: number;
  /** Number of the last message; they rise, and the first is 1. */
  readonly lastMessage: number;
}

interface Counter {
  readonly value: number;
}

export function calendarTables(desk: VendorDesk): {
  calendars: Table<CalendarRow>;
  /** By `<calendar id>/<event id>`. */
  events: Table<EventRow>;
  channels: Table<ChannelRow>;
} {
  return {
    calendars: desk.table<CalendarRow>('calendars'),
    events: desk.table<EventRow>('events'),
    channels: desk.table<ChannelRow>('channels', { kept: true }),
  };
}

// Kept: a token or an etag of before a reset must not be taken for one of after it.
const counters = (desk: VendorDesk): Table<Counter> => desk.table<Counter>('counters', { kept: true });

export const lastChange = (desk: VendorDesk): number => counters(desk).get('change')?.value ?? 0;

export function nextChange(desk: VendorDesk): number {
  const value = lastChange(desk) + 1;
  counters(desk).put('change', { value });
  return value;
}

/** Sync tokens of an earlier epoch are gone (410). */
export const tokenEpoch = (desk: VendorDesk): number => counters(desk).get('epoch')?.value ?? 0;

export function endEpoch(desk: VendorDesk): void {
  counters(desk).put('epoch', { value: tokenEpoch(desk) + 1 });
}

export const eventKey = (calendarId: string, id: string): string => `${calendarId}/${id}`;

/** Every row of a calendar, in the order in which the events were made. */
export function eventsOf(desk: VendorDesk, calendarId: string): EventRow[] {
  return calendarTables(desk)
    .events.all()
    .filter((row) => row.calendarId === calendarId);
}

export function exceptionsOf(desk: VendorDesk, master: EventRow): EventRow[] {
  return eventsOf(desk, master.calendarId).filter((row) => row.exceptionOf === master.id);
}
