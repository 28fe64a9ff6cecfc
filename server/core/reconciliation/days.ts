import { dayIn } from '../day-in.ts';
import type { StatedMovement } from './statement.ts';

/** Two programs that say when something happened may lie so far apart: around midnight that is a day. */
const CLOCKS_MS = 600_000;
const DAY_MS = 86_400_000;

/** Whole days from one to the other, whichever is first. */
export const daysBetween = (one: string, other: string): number =>
  Math.abs(Math.round((Date.parse(one) - Date.parse(other)) / DAY_MS));

/** A day so many days later, or earlier. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/**
 * The day on which a movement belongs in the books: its own in the organisation's zone. The entry's, where that is as right:
 * some minutes around midnight, or a span of which the vendor only says where it lies.
 */
export function bookedDay(
  { movedAt, between }: Pick<StatedMovement, 'movedAt' | 'between'>,
  entryDay: string,
  timeZone: string,
): string {
  const first = dayIn(timeZone, Date.parse(between?.from ?? movedAt) - CLOCKS_MS);
  const last = dayIn(timeZone, Date.parse(between?.to ?? movedAt) + CLOCKS_MS);
  return entryDay >= first && entryDay <= last ? entryDay : dayIn(timeZone, movedAt);
}
