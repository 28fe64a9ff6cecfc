import { Temporal } from 'temporal-polyfill';
import type { FieldValue } from '../sync-object.ts';
import { isDay } from './meeting.ts';
import { isEndless, occurrencesOf } from './occurrences.ts';
import { readSchedule } from './schedule.ts';
import { momentOf } from './zone-time.ts';

const DAY_MS = 86_400_000;

/**
 * Where the meetings begin that are taken up: what ended at this moment or before is not listed. The beginning
 * of a day, so that two sides that are asked one after the other look at the same meetings.
 *
 * @param now epoch milliseconds.
 * @returns epoch milliseconds.
 */
export const windowStart = (now: number, pastDays: number): number =>
  Math.floor((now - pastDays * DAY_MS) / DAY_MS) * DAY_MS;

/**
 * Whether a meeting of this schedule is long over: a whole reading does not list it, and that says nothing of
 * it. A day is given to clocks and to days that begin elsewhere.
 */
export function hasLeftWindow(schedule: FieldValue | undefined, now: number, pastDays: number): boolean {
  const end = lastEnd(schedule);
  return end !== null && end <= windowStart(now, pastDays) + DAY_MS;
}

/** When the last of it is over, in epoch milliseconds; null when that is never, or cannot be read. */
function lastEnd(schedule: FieldValue | undefined): number | null {
  try {
    const series = readSchedule(schedule, 'UTC');
    if (isEndless(series)) return null;
    const ends = occurrencesOf(series).flatMap(({ end, changes }) => {
      if (changes === null) return [];
      const text = isDay(end) ? `${end.date}T00:00:00Z` : momentOf(end);
      return [Temporal.Instant.from(text).epochMilliseconds];
    });
    return ends.length === 0 ? null : Math.max(...ends);
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}
