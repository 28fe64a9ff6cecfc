import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { isDay, type Meeting, type MeetingTime, type OccurrenceChanges } from './meeting.ts';
import { datesOf, exactUntil, partsOf } from './rule.ts';
import { after, compareTimes, lengthOf, sameTime, spelled } from './zone-time.ts';

export interface Occurrence {
  readonly originalStart: MeetingTime;
  readonly start: MeetingTime;
  readonly end: MeetingTime;
  /** Null: it does not take place. Empty: as the series says. */
  readonly changes: OccurrenceChanges | null;
}

/** Beyond this many a series is taken for one without an end. */
export const MOST_OCCURRENCES = 1_000;

export type Series = Pick<Meeting, 'start' | 'end' | 'recurrence'>;

/** True when nothing says when a series is over. */
export function isEndless({ recurrence }: Pick<Meeting, 'recurrence'>): boolean {
  if (recurrence === null) return false;
  return recurrence.lines
    .filter((line) => /^RRULE/i.test(line))
    .map(partsOf)
    .some((parts) => parts.COUNT === undefined && parts.UNTIL === undefined);
}

/**
 * The starts that the rules of a series give, in order, exceptions not looked at: wall times in the series'
 * own zone, so that ten o'clock stays ten o'clock over every change of the clocks. The series' own start takes
 * place whether a rule gives it or not, and a count counts what the rule gives: RFC 5545 leaves it open, this is
 * how calendars are seen to do it. https://github.com/googleapis/google-api-nodejs-client/issues/2214
 *
 * @param most how many at the most; the first ones of a series that has more.
 */
export function originalStarts(
  { start, recurrence }: Series,
  most = MOST_OCCURRENCES,
): readonly MeetingTime[] {
  if (recurrence === null) return [start];
  const { lines } = recurrence;
  return keptStarts(JSON.stringify([start, lines, most]), () => readSeries(start, lines, most));
}

function readSeries(start: MeetingTime, lines: readonly string[], most: number): readonly MeetingTime[] {
  const starts = new Map<string, MeetingTime>([[spelled(start), start]]);
  for (const line of lines) {
    if (/^RRULE/i.test(line)) for (const time of startsOf(line, start, most)) starts.set(spelled(time), time);
    if (/^RDATE/i.test(line)) for (const time of datesOf(line, start)) starts.set(spelled(time), time);
  }
  for (const line of lines)
    if (/^EXRULE/i.test(line)) for (const time of startsOf(line, start, most)) starts.delete(spelled(time));
  return [...starts.values()].sort(compareTimes).slice(0, most);
}

/** Every occurrence with what became of it. */
export function occurrencesOf(series: Series, most = MOST_OCCURRENCES): Occurrence[] {
  const length = lengthOf(series.start, series.end);
  const exceptions = series.recurrence?.exceptions ?? [];
  return originalStarts(series, most).map((originalStart) => {
    const exception = exceptions.find((one) => sameTime(one.originalStart, originalStart));
    const changes = exception === undefined ? {} : exception.changes;
    const start = changes?.start ?? originalStart;
    return { originalStart, start, end: changes?.end ?? after(start, length), changes };
  });
}

/** Starts that are remembered, over all series: the same ones are read many times, and reading a rule is slow. */
const MOST_KEPT = 20_000;
const kept = new Map<string, readonly MeetingTime[]>();
let startsKept = 0;

function keptStarts(key: string, read: () => readonly MeetingTime[]): readonly MeetingTime[] {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const found = read();
  kept.set(key, found);
  startsKept += found.length + 1;
  for (const [oldest, starts] of kept) {
    if (startsKept <= MOST_KEPT) break;
    kept.delete(oldest);
    startsKept -= starts.length + 1;
  }
  return found;
}

/** What a rule gives by itself from a start on, in order. */
export const startsOf = (line: string, start: MeetingTime, most: number): readonly MeetingTime[] =>
  keptStarts(JSON.stringify([start, line, most]), () => readStarts(line, start, most));

function readStarts(line: string, start: MeetingTime, most: number): readonly MeetingTime[] {
  const zone = isDay(start) ? null : start.zone;
  const { DTSTART: _dtstart, UNTIL: until, ...parts } = partsOf(line);
  const bound = until === undefined ? '' : `;UNTIL=${exactUntil(until, zone)}`;
  const body = Object.entries(parts).map(([name, value]) => `${name}=${value}`);
  const rule = new RRuleTemporal({
    rruleString: `RRULE:${body.join(';')}${bound}`,
    // Days are counted where no clock ever changes.
    dtstart: isDay(start)
      ? Temporal.PlainDate.from(start.date).toZonedDateTime('UTC')
      : Temporal.PlainDateTime.from(start.dateTime).toZonedDateTime(start.zone),
    temporal: Temporal,
  });
  const found: MeetingTime[] = [];
  rule.all((at) => {
    if (found.length >= most) return false;
    const wall = at.toPlainDateTime().toString({ smallestUnit: 'second' });
    found.push(zone === null ? { date: wall.slice(0, 10) } : { dateTime: wall, zone });
    return true;
  });
  return found;
}
