import { Temporal } from 'temporal-polyfill';
import { remembered } from '../kit/remembered.ts';
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

/** A calendar is asked for the same times again and again. */
const MOST_KEPT = 5_000;
const momentOf = remembered(
  MOST_KEPT,
  (dateTime: string, timeZone: string): number => zoned({ dateTime, timeZone }).epochMilliseconds,
);

/** Milliseconds since 1970. */
export const millisecondsOf = ({ dateTime, timeZone, moment }: GraphTime): number =>
  moment ?? momentOf(dateTime, timeZone);

export const dateOf = ({ dateTime }: GraphTime): string => dateTime.slice(0, 10);

/** As Graph shows a time. Whole days are midnight in whatever zone they are asked for. */
export function shownTime(time: GraphTime, isAllDay: boolean, wanted: string | null): object {
  const timeZone = wanted ?? 'UTC';
  if (isAllDay) return { dateTime: `${time.dateTime}.0000000`, timeZone };
  return { dateTime: `${wallOf(String(millisecondsOf(time)), knownZone(timeZone))}.0000000`, timeZone };
}

const wallOf = remembered(MOST_KEPT, (moment: string, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(Number(moment))
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' }),
);

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
