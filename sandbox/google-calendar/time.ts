import { Temporal } from 'temporal-polyfill';
import { invalid, required } from './refusal.ts';
import type { DayTime, EventTime } from './rows.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** RFC 3339; the offset may be missing where a zone is named beside it. */
const MOMENT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

export const isDay = (time: EventTime): time is DayTime => 'date' in time;

export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/**
 * Reads `{date}` or `{dateTime, timeZone}`.
 *
 * @param zone of the calendar, for moments that name none.
 * @param named true where the time zone has to be named (recurring events).
 */
export function readTime(sent: unknown, what: 'start' | 'end', zone: string, named: boolean): EventTime {
  if (typeof sent !== 'object' || sent === null) throw required(`Missing ${what} time.`);
  const { date, dateTime, timeZone } = sent as Readonly<Record<string, unknown>>;
  if (typeof date === 'string' && typeof dateTime === 'string') throw invalid(`Invalid ${what} time.`);
  if (typeof date === 'string') {
    if (!DAY.test(date)) throw invalid(`Invalid ${what} time.`);
    return { date: dayOf(date, what) };
  }
  if (typeof dateTime !== 'string') throw required(`Missing ${what} time.`);
  if (timeZone !== undefined && timeZone !== null && !(typeof timeZone === 'string' && isZone(timeZone)))
    throw invalid(`Invalid time zone definition for ${what} time.`);
  const own = typeof timeZone === 'string' ? timeZone : null;
  const [, wall, offset] = MOMENT.exec(dateTime) ?? [];
  if (wall === undefined) throw invalid(`Invalid ${what} time.`);
  if (offset === undefined && own === null) throw required(`Missing time zone definition for ${what} time.`);
  if (named && own === null) throw required(`Missing time zone definition for ${what} time.`);
  const at =
    offset === undefined
      ? Temporal.PlainDateTime.from(wall)
          .toZonedDateTime(own ?? zone)
          .toInstant()
      : momentOf(`${wall}${offset}`, what);
  return { at: at.toString({ smallestUnit: 'second' }), timeZone: own ?? zone };
}

function dayOf(date: string, what: string): string {
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString();
  } catch {
    throw invalid(`Invalid ${what} time.`);
  }
}

function momentOf(text: string, what: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw invalid(`Invalid ${what} time.`);
  }
}

/** As the API gives it: moments with the offset of `shownIn` (the calendar's zone, or the one asked for). */
export function shownTime(time: EventTime, shownIn: string): object {
  if (isDay(time)) return { date: time.date };
  return { dateTime: rfc3339(time.at, shownIn), timeZone: time.timeZone };
}

export function rfc3339(at: string, zone: string): string {
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const text = zoned.toString({ smallestUnit: 'second', timeZoneName: 'never' });
  return text.replace(/[+-]00:00$/, 'Z');
}

/** Where it lies on one line with others: a day begins at midnight of the calendar's zone. */
export function millisecondsOf(time: EventTime, zone: string): number {
  if (!isDay(time)) return Temporal.Instant.from(time.at).epochMilliseconds;
  return Temporal.PlainDate.from(time.date).toZonedDateTime(zone).epochMilliseconds;
}

/** Moves a time by what lies between two others of its kind: whole days, or exact seconds. */
export function movedLike(time: EventTime, from: EventTime, to: EventTime): EventTime {
  if (isDay(time) && isDay(from) && isDay(to)) {
    const days = Temporal.PlainDate.from(from.date).until(Temporal.PlainDate.from(to.date)).days;
    return { date: Temporal.PlainDate.from(time.date).add({ days }).toString() };
  }
  if (isDay(time) || isDay(from) || isDay(to)) return time;
  const apart = Temporal.Instant.from(from.at).until(Temporal.Instant.from(to.at));
  return { ...time, at: Temporal.Instant.from(time.at).add(apart).toString({ smallestUnit: 'second' }) };
}
