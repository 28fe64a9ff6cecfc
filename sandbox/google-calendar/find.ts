import type { VendorDesk } from '../core/simulator.ts';
import { account } from '../google-accounts/account.ts';
import { instanceId, originalStarts } from './recurrence.ts';
import { notFound, writersOnly } from './refusal.ts';
import { type CalendarRow, calendarTables, type EventRow, type EventTime, eventKey } from './rows.ts';
import { movedLike } from './time.ts';

/** `primary` is the calendar of whoever consented. */
export function findCalendar(desk: VendorDesk, id: string): CalendarRow {
  const found = calendarTables(desk).calendars.get(id === 'primary' ? account().email : id);
  if (!found) throw notFound();
  return found;
}

export function writableCalendar(desk: VendorDesk, id: string): CalendarRow {
  const found = findCalendar(desk, id);
  if (found.accessRole === 'reader') throw writersOnly();
  return found;
}

/** One instance of a recurring event: an exception that is stored, or what the series says. */
export interface Instance {
  readonly master: EventRow;
  readonly originalStart: EventTime;
  /** Null: nothing about it was ever changed. */
  readonly exception: EventRow | null;
}

export type Found =
  | { readonly kind: 'event'; readonly row: EventRow }
  | { readonly kind: 'instance'; readonly instance: Instance };

/** An occurrence of a series that this calendar does not have: who was invited to it has nothing else. */
export const isLone = (desk: VendorDesk, { calendarId, exceptionOf }: EventRow): boolean =>
  exceptionOf !== null && calendarTables(desk).events.get(eventKey(calendarId, exceptionOf)) === undefined;

/** An event by its id, or an instance of a recurring one by the instance's. */
export function findEvent(desk: VendorDesk, calendarId: string, id: string): Found {
  const { events } = calendarTables(desk);
  const row = events.get(eventKey(calendarId, id));
  const [, masterId] = /^(.+)_\d{8}(?:T\d{6}Z)?$/.exec(id) ?? [];
  const master = masterId === undefined ? undefined : events.get(eventKey(calendarId, masterId));
  if (row && (row.exceptionOf === null || isLone(desk, row))) return { kind: 'event', row };
  if (!master || master.status === 'cancelled') throw notFound();
  const originalStart =
    row?.originalStart ?? originalStarts(master).find((start) => instanceId(master.id, start) === id);
  if (!originalStart) throw notFound();
  return { kind: 'instance', instance: { master, originalStart, exception: row ?? null } };
}

/** An instance as a row of its own: the exception, or the series moved to where the instance stands. */
export function asRow({ master, originalStart, exception }: Instance): EventRow {
  return (
    exception ?? {
      ...master,
      id: instanceId(master.id, originalStart),
      start: originalStart,
      end: movedLike(master.end, master.start, originalStart),
      recurrence: [],
      exceptionOf: master.id,
      originalStart,
    }
  );
}
