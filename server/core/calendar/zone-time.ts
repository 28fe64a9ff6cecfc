import { Temporal } from 'temporal-polyfill';
import { type DayTime, isDay, type MeetingTime, type WallTime } from './meeting.ts';

/**
 * The wall time of a moment in a zone.
 *
 * @param moment RFC 3339 with an offset or `Z`.
 */
export function wallTime(moment: string, zone: string): WallTime {
  const zoned = Temporal.Instant.from(moment).toZonedDateTimeISO(zone);
  return { dateTime: zoned.toPlainDateTime().toString({ smallestUnit: 'second' }), zone };
}

/** The moment of a wall time, in UTC: `2026-12-24T09:00:00Z`. A time that clocks skip is the one after the gap. */
export function momentOf(time: WallTime): string {
  return zonedOf(time).toInstant().toString({ smallestUnit: 'second' });
}

/** The same with the offset that its zone has then: `2026-12-24T10:00:00+01:00`. */
export function withOffset(time: WallTime): string {
  return zonedOf(time).toString({ smallestUnit: 'second', timeZoneName: 'never' });
}

export const inZone = (time: WallTime, zone: string): WallTime =>
  time.zone === zone ? time : wallTime(momentOf(time), zone);

function zonedOf({ dateTime, zone }: WallTime): Temporal.ZonedDateTime {
  return Temporal.PlainDateTime.from(dateTime).toZonedDateTime(zone);
}

/** The day of a time, on the calendar of its own zone. */
export const dayOf = (time: MeetingTime): string => (isDay(time) ? time.date : time.dateTime.slice(0, 10));

/** How long a meeting lasts on the clocks of its zone: ISO 8601, whole days for days. */
export function lengthOf(start: MeetingTime, end: MeetingTime): string {
  return plain(start)
    .until(plain(end), { largestUnit: isDay(start) ? 'day' : 'second' })
    .toString();
}

/** The time so long after another one, on the clocks of its zone. */
export function after(time: MeetingTime, length: string): MeetingTime {
  const moved = plain(time).add(length);
  if (isDay(time)) return { date: moved.toPlainDate().toString() };
  return { dateTime: moved.toString({ smallestUnit: 'second' }), zone: time.zone };
}

/** Which of two times of one series comes first, on its clocks. */
export const compareTimes = (left: MeetingTime, right: MeetingTime): number =>
  Temporal.PlainDateTime.compare(plain(left), plain(right));

/** Seconds between two times of one series, on its clocks. */
export const secondsBetween = (left: MeetingTime, right: MeetingTime): number =>
  Math.abs(plain(left).until(plain(right), { largestUnit: 'second' }).seconds);

export const sameTime = (left: MeetingTime, right: MeetingTime): boolean =>
  isDay(left) === isDay(right) && spelled(left) === spelled(right);

/** As text, without the zone: what is compared within a series. */
export const spelled = (time: MeetingTime): string => (isDay(time) ? time.date : time.dateTime);

/** The other way round, for a series in this zone; null for days. */
export const timeOf = (text: string, zone: string | null): MeetingTime =>
  zone === null || !text.includes('T') ? ({ date: text } satisfies DayTime) : { dateTime: text, zone };

export const dayAfter = (date: string, days = 1): string =>
  Temporal.PlainDate.from(date).add({ days }).toString();

function plain(time: MeetingTime): Temporal.PlainDateTime {
  return isDay(time)
    ? Temporal.PlainDate.from(time.date).toPlainDateTime()
    : Temporal.PlainDateTime.from(time.dateTime);
}
