import type { Table, VendorDesk } from '../core/simulator.ts';
import type { Recurrence } from './pattern.ts';
import type { GraphTime } from './times.ts';

export interface Attendee {
  readonly type: 'required' | 'optional' | 'resource';
  readonly response: 'none' | 'accepted' | 'tentativelyAccepted' | 'declined' | 'notResponded' | 'organizer';
  readonly name: string;
  readonly address: string;
}

/** What is kept of an event beside its times, its people and how it repeats, by Graph's names. */
export interface EventFields {
  readonly subject: string;
  readonly body: { readonly contentType: 'html' | 'text'; readonly content: string };
  readonly location: string;
  readonly sensitivity: string;
  readonly showAs: string;
  readonly importance: string;
  readonly isReminderOn: boolean;
  readonly reminderMinutesBeforeStart: number;
  readonly categories: readonly string[];
  readonly hideAttendees: boolean;
  readonly isOnlineMeeting: boolean;
  readonly joinUrl: string | null;
}

/** A single event, a series, or an occurrence of one that was changed. */
export interface EventRow {
  /** The one that stays; of an occurrence that of its series with its day. */
  readonly id: string;
  /** The one of the folder that it lies in. */
  readonly folderId: string;
  readonly calendarId: string;
  /** Number of its newest change, over all events. */
  readonly seq: number;
  readonly createdAt: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of an occurrence. */
  readonly masterId: string | null;
  /** Of an occurrence: where its series has it. */
  readonly originalStart: GraphTime | null;
  readonly start: GraphTime;
  readonly end: GraphTime;
  readonly isAllDay: boolean;
  readonly recurrence: Recurrence | null;
  /** Of a series: the days of occurrences that were deleted. */
  readonly removed: readonly string[];
  readonly attendees: readonly Attendee[];
  readonly organizer: { readonly name: string; readonly address: string };
  readonly isCancelled: boolean;
  readonly transactionId: string | null;
  readonly fields: EventFields;
}

/** An event that is gone from a calendar. Of a deleted occurrence there is none: nothing names it. */
export interface RemovalRow {
  readonly id: string;
  readonly folderId: string;
  readonly calendarId: string;
  readonly seq: number;
}

export interface CalendarRow {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly canEdit: boolean;
  /** Somebody else's, who shares it no longer. */
  readonly isClosed?: boolean;
}

/** What Exchange sent to somebody because of what a program did. */
export interface MailRow {
  readonly id: string;
  readonly to: string;
  readonly kind: 'invitation' | 'update' | 'cancellation';
  readonly subject: string;
}

export interface CalendarTables {
  readonly calendars: Table<CalendarRow>;
  readonly events: Table<EventRow>;
  readonly removals: Table<RemovalRow>;
  readonly mails: Table<MailRow>;
}

const opened = new WeakMap<VendorDesk, CalendarTables>();

export function calendarTables(desk: VendorDesk): CalendarTables {
  const known = opened.get(desk);
  if (known) return known;
  const tables: CalendarTables = {
    calendars: desk.table('calendars'),
    events: desk.table('events'),
    removals: desk.table('removals'),
    mails: desk.table('mails'),
  };
  opened.set(desk, tables);
  return tables;
}

/** The calendar that `/me/events` and `/me/calendarView` are of. */
export const DEFAULT_CALENDAR = 'AAMkADvCalendar=';
export const TEAM_CALENDAR = 'AAMkADvEquipe=';
/** The deleted items: no calendar. What lies there is on no list of one, and its id finds it for a while. */
export const BIN = 'AAMkADvDeletedItems=';
export const HOLIDAYS = 'AAMkADvFeries=';
