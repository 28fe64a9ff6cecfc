import { Temporal } from 'temporal-polyfill';
import { remembered } from '../remembered.ts';
import { type DayTime, isDay, type MeetingTime, type WallTime } from './meeting.ts';

/** A calendar's times are the same ones again and again, and reckoning with zones is slow. */
const MOST_KEPT = 10_000;

const wallText = remembered(MOST_KEPT, (moment: string, zone: string): string =>
  Temporal.Instant.from(moment)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' }),
);
const momentText = remembered(MOST_KEPT, (dateTime: string, zone: string): string =>
  zonedOf({ dateTime, zone }).toInstant().toString({ smallestUnit: 'second' }),
);
const plainOf = remembered(MOST_KEPT, (text: string) => Temporal.PlainDateTime.from(text));
const dayAt = remembered(MOST_KEPT, (date: string) => Temporal.PlainDate.from(date).toPlainDateTime());

/**
 * The wall time of a moment in a zone.
 *
 * @param moment RFC 3339 with an offset or `Z`.
 */
export function wallTime(moment: string, zone: string): WallTime {
  return { dateTime: wallText(moment, zone), zone };
}

/** The moment of a wall time, in UTC: `2026-12-24T09:00:00Z`. A time that clocks skip is the one after the gap. */
export function momentOf(time: WallTime): string {
  return momentText(time.dateTime, time.zone);
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

const lengthText = remembered(MOST_KEPT, (from: string, to: string): string =>
  plainOf(from).until(plainOf(to), { largestUnit: 'second' }).toString(),
);

/** How long a meeting lasts on the clocks of its zone: ISO 8601, whole days for days. */
export function lengthOf(start: MeetingTime, end: MeetingTime): string {
  if (isDay(start) || isDay(end))
    return plain(start)
      .until(plain(end), { largestUnit: isDay(start) ? 'day' : 'second' })
      .toString();
  return lengthText(start.dateTime, end.dateTime);
}

const timeAfter = remembered(MOST_KEPT, (dateTime: string, length: string): string =>
  plainOf(dateTime).add(length).toString({ smallestUnit: 'second' }),
);

/** The time so long after another one, on the clocks of its zone. */
export function after(time: MeetingTime, length: string): MeetingTime {
  if (isDay(time)) return { date: plain(time).add(length).toPlainDate().toString() };
  return { dateTime: timeAfter(time.dateTime, length), zone: time.zone };
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

const plain = (time: MeetingTime): Temporal.PlainDateTime =>
  isDay(time) ? dayAt(time.date) : plainOf(time.dateTime);
