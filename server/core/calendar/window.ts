import { Temporal } from 'temporal-polyfill';
import type { FieldValue } from '../sync-object.ts';
import { isDay, type MeetingTime } from './meeting.ts';
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

/** How far ahead meetings are followed where a vendor follows a window only. */
const AHEAD_DAYS = 730;

/** Where such a window ends: the beginning of a day. @param now epoch milliseconds. @returns epoch milliseconds. */
export const windowEnd = (now: number): number => Math.floor((now + AHEAD_DAYS * DAY_MS) / DAY_MS) * DAY_MS;

/**
 * Whether a reading of a window lists a meeting of this schedule. A day at either end is given to clocks and to days
 * that begin elsewhere: there that it is not listed says nothing. One that cannot be read is listed.
 *
 * @param from epoch milliseconds, as `to`.
 */
export function isWithinWindow(schedule: FieldValue | undefined, from: number, to: number): boolean {
  const spans = spansOf(schedule);
  if (spans === null) return true;
  return spans.some(({ start, end }) => end > from + DAY_MS && start < to - DAY_MS);
}

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
  const ends = (spansOf(schedule) ?? []).map(({ end }) => end);
  return ends.length === 0 ? null : Math.max(...ends);
}

/** When each of it takes place, in epoch milliseconds; null for what has no end, or cannot be read. */
function spansOf(
  schedule: FieldValue | undefined,
): { readonly start: number; readonly end: number }[] | null {
  try {
    const series = readSchedule(schedule, 'UTC');
    if (isEndless(series)) return null;
    return occurrencesOf(series).flatMap(({ start, end, changes }) =>
      changes === null ? [] : [{ start: millisecondsOf(start), end: millisecondsOf(end) }],
    );
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

const millisecondsOf = (time: MeetingTime): number =>
  Temporal.Instant.from(isDay(time) ? `${time.date}T00:00:00Z` : momentOf(time)).epochMilliseconds;
