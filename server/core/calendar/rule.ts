import { Temporal } from 'temporal-polyfill';
import { isDay, type MeetingTime } from './meeting.ts';
import { dayOf, timeOf } from './zone-time.ts';
import { neededZone } from './zones.ts';

/** The parts of an RRULE by their names; values as they stand. */
export type RuleParts = Readonly<Record<string, string>>;

const ORDER = [
  'FREQ',
  'INTERVAL',
  'BYMONTH',
  'BYWEEKNO',
  'BYYEARDAY',
  'BYMONTHDAY',
  'BYDAY',
  'BYHOUR',
  'BYMINUTE',
  'BYSECOND',
  'BYSETPOS',
  'WKST',
  'COUNT',
  'UNTIL',
];
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Reads `RRULE:FREQ=WEEKLY;BYDAY=MO` (with or without its name) into its parts. */
export function partsOf(line: string): RuleParts {
  // Names and values are the same in either case, and long lines may be folded.
  const body = unfolded(line)
    .slice(line.indexOf(':') + 1)
    .toUpperCase();
  return Object.fromEntries(
    body.split(';').flatMap((part) => {
      const [name = '', value = ''] = part.split('=', 2);
      return name === '' ? [] : [[name.trim(), value.trim()] as const];
    }),
  );
}

export function lineOf(parts: RuleParts): string {
  const known = ORDER.filter((name) => parts[name] !== undefined);
  const others = Object.keys(parts).filter((name) => !ORDER.includes(name));
  return `RRULE:${[...known, ...others.sort()].map((name) => `${name}=${parts[name]}`).join(';')}`;
}

/**
 * A rule with everything said that its start leaves to be understood, and nothing that goes without saying:
 * `FREQ=WEEKLY` from a Monday on is `FREQ=WEEKLY;BYDAY=MO`. Its end is left out: see `lastOf`.
 */
export function explicitRule(parts: RuleParts, start: MeetingTime): RuleParts {
  const { COUNT: _count, UNTIL: _until, DTSTART: _dtstart, INTERVAL: interval, WKST: wkst, ...rest } = parts;
  const date = Temporal.PlainDate.from(dayOf(start));
  const weekday = WEEKDAYS[date.dayOfWeek - 1] ?? 'MO';
  const said: Record<string, string> = { ...rest };
  const has = (name: string): boolean => said[name] !== undefined;
  if (interval !== undefined && interval !== '1') said.INTERVAL = interval;
  // Where a week begins matters only when some weeks are left out.
  if (wkst !== undefined && wkst !== 'MO' && said.INTERVAL !== undefined && said.FREQ === 'WEEKLY')
    said.WKST = wkst;
  if (said.FREQ === 'WEEKLY' && !has('BYDAY')) said.BYDAY = weekday;
  if (said.FREQ === 'MONTHLY' && !has('BYDAY') && !has('BYMONTHDAY')) said.BYMONTHDAY = String(date.day);
  if (said.FREQ === 'YEARLY' && !['BYDAY', 'BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO'].some(has)) {
    said.BYMONTH ??= String(date.month);
    said.BYMONTHDAY = String(date.day);
  }
  for (const name of ['BYDAY', 'BYMONTH', 'BYMONTHDAY']) {
    const value = said[name];
    if (value !== undefined) said[name] = value.split(',').sort(byPlace).join(',');
  }
  return said;
}

function byPlace(left: string, right: string): number {
  const place = (text: string): number => {
    const day = WEEKDAYS.indexOf(text.slice(-2));
    return day >= 0 ? Number(text.slice(0, -2) || 0) * 10 + day : Number(text);
  };
  return place(left) - place(right);
}

/**
 * An UNTIL as RFC 5545 wants it for a series in this zone (null: of whole days). It may come as a day, which
 * the series may still take place on, as a moment, which is exact, or written with dashes.
 */
export function exactUntil(until: string, zone: string | null): string {
  const [, year, month, day, time, utc] =
    /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}:?\d{2}:?\d{2})(Z)?)?$/.exec(until.trim().toUpperCase()) ?? [];
  if (year === undefined) throw new RangeError(`An UNTIL cannot be "${until}".`);
  const date = `${year}-${month}-${day}`;
  if (zone === null || time === undefined) return untilOf(date, zone);
  const clock = time.replace(/:/g, '').match(/../g)?.join(':') ?? '00:00:00';
  return stamp(
    Temporal.PlainDateTime.from(`${date}T${clock}`).toZonedDateTime(utc === undefined ? zone : 'UTC'),
  );
}

/** How RFC 5545 wants the UNTIL of a series that may still take place on this day. */
export function untilOf(day: string, zone: string | null): string {
  if (zone === null) return day.replace(/-/g, '');
  return stamp(Temporal.PlainDateTime.from(`${day}T23:59:59`).toZonedDateTime(zone));
}

const stamp = (at: Temporal.ZonedDateTime): string =>
  at.toInstant().toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

/**
 * `EXDATE;TZID=Europe/Paris:20261012T100000,…` as times of a series with this zone (null: of whole days). A time
 * may be told in UTC, in a zone that is named (quoted or not), on the series' own clocks, or by its day alone.
 *
 * @throws RangeError for a date or a zone that cannot be read.
 */
export function datesOf(line: string, start: MeetingTime): MeetingTime[] {
  const { head, values } = halvesOf(line);
  const zone = isDay(start) ? null : start.zone;
  const named = zoneOfLine(head);
  const own = named === null ? (zone ?? 'UTC') : neededZone(named);
  return values.split(',').map((value) => {
    const [, year, month, day, hour, minute, second, utc] =
      /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})(Z)?)?$/i.exec(value.trim()) ?? [];
    if (year === undefined) throw new RangeError(`A date of a series cannot be "${value}".`);
    const date = `${year}-${month}-${day}`;
    if (zone === null) return { date };
    if (hour === undefined) return timeOf(`${date}${isDay(start) ? '' : start.dateTime.slice(10)}`, zone);
    const wall = Temporal.PlainDateTime.from(`${date}T${hour}:${minute}:${second}`);
    const at = wall.toZonedDateTime(utc === undefined ? own : 'UTC').withTimeZone(zone);
    return { dateTime: at.toPlainDateTime().toString({ smallestUnit: 'second' }), zone };
  });
}

/** The zone that a line of dates names as it stands there; null when it names none. */
export const zoneOfLine = (line: string): string | null =>
  /;TZID=("[^"]*"|[^;:]+)/i.exec(halvesOf(line).head)?.[1]?.replace(/^"(.*)"$/, '$1') ?? null;

/** What stands before and behind the colon: the first one that is not within quotes. */
function halvesOf(line: string): { readonly head: string; readonly values: string } {
  const whole = unfolded(line);
  const [head = ''] = /^(?:"[^"]*"|[^":])*/.exec(whole) ?? [];
  return { head, values: whole.slice(head.length + 1) };
}

const unfolded = (line: string): string => line.replace(/\r?\n[ \t]/g, '');
