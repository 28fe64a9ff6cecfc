import { Temporal } from 'temporal-polyfill';
import type { VendorDesk } from '../core/simulator.ts';
import { asRow } from './find.ts';
import { originalStarts } from './recurrence.ts';
import { type CalendarRow, type EventRow, exceptionsOf } from './rows.ts';
import { millisecondsOf } from './time.ts';

/** Bounds of what is asked for, in milliseconds since 1970; null: open. */
export interface Window {
  /** The end of an instance lies after it. */
  readonly from: number | null;
  /** The start of an instance lies before it. */
  readonly to: number | null;
}

/** Every instance of a series within a window, exceptions in their places, cancelled ones too. */
export function instancesOf(
  desk: VendorDesk,
  calendar: CalendarRow,
  master: EventRow,
  window: Window,
): EventRow[] {
  const at = (time: EventRow['start']): number => millisecondsOf(time, calendar.timeZone);
  const exceptions = new Map(
    exceptionsOf(desk, master).flatMap((row) =>
      row.originalStart === null ? [] : [[at(row.originalStart), row] as const],
    ),
  );
  const until = window.to === null ? undefined : Temporal.Instant.fromEpochMilliseconds(window.to);
  return originalStarts(master, until)
    .map((originalStart) =>
      asRow({ master, originalStart, exception: exceptions.get(at(originalStart)) ?? null }),
    )
    .filter((row) => isWithin(calendar, row, window));
}

export function isWithin(calendar: CalendarRow, row: EventRow, { from, to }: Window): boolean {
  const [start, end] = [row.start, row.end].map((time) => millisecondsOf(time, calendar.timeZone)) as [
    number,
    number,
  ];
  return (from === null || end > from) && (to === null || start < to);
}
