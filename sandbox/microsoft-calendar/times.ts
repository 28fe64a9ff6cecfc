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

const zoned = ({ dateTime, timeZone }: GraphTime): Temporal.ZonedDateTime =>
  Temporal.PlainDateTime.from(dateTime).toZonedDateTime(ianaOf(timeZone) ?? 'UTC');

/** Milliseconds since 1970. */
export const millisecondsOf = (time: GraphTime): number => time.moment ?? zoned(time).epochMilliseconds;

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
  moved(time, Temporal.PlainDate.from(dateOf(time)).until(Temporal.PlainDate.from(date)).days);

/** So many days later on its own clocks. */
export function moved(time: GraphTime, days: number): GraphTime {
  const { dateTime, timeZone, moment } = time;
  const later = Temporal.PlainDateTime.from(dateTime).add({ days }).toString({ smallestUnit: 'second' });
  return {
    dateTime: later,
    timeZone,
    ...(moment === undefined ? {} : { moment: moment + days * 86_400_000 }),
  };
}

export const daysBetween = (from: GraphTime, to: GraphTime): number =>
  Temporal.PlainDate.from(dateOf(from)).until(Temporal.PlainDate.from(dateOf(to))).days;

export const isKept = (timeZone: string): boolean => timeZone === CUSTOM || ianaOf(timeZone) !== undefined;
