import { Temporal } from 'temporal-polyfill';
import { CUSTOM, ianaOf, knownZone } from './zones.ts';

/** A wall time and the zone that it is of, by the name that was given. */
export interface GraphTime {
  /** `2026-10-05T10:00:00` */
  readonly dateTime: string;
  readonly timeZone: string;
  /** Of a zone that nothing knows: the moment, which came with it. */
  readonly moment?: number;
}

const DAY_MS = 86_400_000;

const zoned = ({ dateTime, timeZone }: GraphTime): Temporal.ZonedDateTime =>
  Temporal.PlainDateTime.from(dateTime).toZonedDateTime(ianaOf(timeZone) ?? 'UTC');

/** Moments that are remembered: a calendar is asked for the same ones again and again. */
const MOST_KEPT = 5_000;
const moments = new Map<string, number>();

/** Milliseconds since 1970. */
export function millisecondsOf(time: GraphTime): number {
  if (time.moment !== undefined) return time.moment;
  const key = `${time.dateTime} ${time.timeZone}`;
  const known = moments.get(key);
  if (known !== undefined) return known;
  const moment = zoned(time).epochMilliseconds;
  if (moments.size >= MOST_KEPT) moments.delete(moments.keys().next().value ?? '');
  moments.set(key, moment);
  return moment;
}

export const dateOf = ({ dateTime }: GraphTime): string => dateTime.slice(0, 10);

/** As Graph shows a time. Whole days are midnight in whatever zone they are asked for. */
export function shownTime(time: GraphTime, isAllDay: boolean, wanted: string | null): object {
  const timeZone = wanted ?? 'UTC';
  if (isAllDay) return { dateTime: `${time.dateTime}.0000000`, timeZone };
  const at = Temporal.Instant.fromEpochMilliseconds(millisecondsOf(time)).toZonedDateTimeISO(
    knownZone(timeZone),
  );
  return { dateTime: `${at.toPlainDateTime().toString({ smallestUnit: 'second' })}.0000000`, timeZone };
}

/** As it is told of an exception: in UTC, whatever zone its series has. */
export const momentText = (time: GraphTime): string =>
  new Date(millisecondsOf(time)).toISOString().replace('.000Z', 'Z');

/** The same wall time on another day. */
export const onDate = (time: GraphTime, date: string): GraphTime =>
  moved(time, daysApart(dateOf(time), date));

/** So many days later on its own clocks. */
export function moved(time: GraphTime, days: number): GraphTime {
  const { dateTime, timeZone, moment } = time;
  const later = new Date(Date.parse(`${dateTime}Z`) + days * DAY_MS).toISOString().slice(0, 19);
  return {
    dateTime: later,
    timeZone,
    ...(moment === undefined ? {} : { moment: moment + days * DAY_MS }),
  };
}

export const daysBetween = (from: GraphTime, to: GraphTime): number => daysApart(dateOf(from), dateOf(to));

const daysApart = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

export const isKept = (timeZone: string): boolean => timeZone === CUSTOM || ianaOf(timeZone) !== undefined;
