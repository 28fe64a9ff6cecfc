import type { FieldValue } from '../sync-object.ts';
import { aligned } from './align.ts';
import { isDay, type MeetingException, type MeetingTime, type OccurrenceChanges } from './meeting.ts';
import { isEndless, MOST_OCCURRENCES, originalStarts, type Series } from './occurrences.ts';
import { explicitRule, lineOf, partsOf, untilOf } from './rule.ts';
import {
  after,
  compareTimes,
  dayOf,
  lengthOf,
  momentOf,
  sameTime,
  spelled,
  timeOf,
  wallTime,
} from './zone-time.ts';

type Json = { readonly [key: string]: FieldValue };

/**
 * When a meeting takes place, as one value that two vendors spell alike: start, end and all of the recurrence
 * belong together, because no part of them can be taken from one side and the rest from the other.
 *
 * A single meeting is two moments in UTC (or two days): its zone is only how it is shown. A series is its wall
 * times in its zone, one rule with its last day, and its exceptions. A rule's count is told as its last day.
 */
export function scheduleValue(given: Series): FieldValue {
  const series = aligned(given);
  const { start, end, recurrence } = series;
  if (recurrence === null) return { start: momentText(start), end: momentText(end) };
  const zone = isDay(start) ? null : start.zone;
  const [line = '', ...more] = recurrence.lines;
  const exceptions = effectiveExceptions(series);
  const last = isEndless(series)
    ? undefined
    : originalStarts({ ...series, recurrence: { lines: [line], exceptions: [] } }).at(-1);
  const rule = lineOf({
    ...explicitRule(partsOf(line), start),
    ...(last === undefined ? {} : { UNTIL: dayOf(last).replace(/-/g, '') }),
  });
  return {
    start: spelled(start),
    end: spelled(end),
    ...(zone === null ? {} : { zone }),
    rule: rule.replace(/^RRULE:/, ''),
    ...(more.length > 0 ? { more: [...more].sort() } : {}),
    ...(exceptions.length > 0 ? { exceptions: exceptions.map(exceptionValue) } : {}),
  };
}

/** Exceptions that say something: of an occurrence that there is, and otherwise than the series does. */
function effectiveExceptions(series: Series): MeetingException[] {
  const length = lengthOf(series.start, series.end);
  const { recurrence } = series;
  if (recurrence === null || recurrence.exceptions.length === 0) return [];
  const starts = originalStarts(series);
  const last = starts.at(-1);
  const places = new Set(starts.map(spelled));
  // One of a date on which nothing takes place says nothing; beyond what was counted nobody knows.
  const hits = ({ originalStart }: MeetingException): boolean =>
    places.has(spelled(originalStart)) ||
    (starts.length === MOST_OCCURRENCES && last !== undefined && compareTimes(originalStart, last) > 0);
  return recurrence.exceptions
    .filter(hits)
    .map((exception) => withoutRepeats(exception, length))
    .filter(({ changes }) => changes === null || Object.keys(changes).length > 0)
    .sort((a, b) => compareTimes(a.originalStart, b.originalStart));
}

function withoutRepeats({ originalStart, changes }: MeetingException, length: string): MeetingException {
  if (changes === null) return { originalStart, changes };
  const { start, end, ...rest } = changes;
  const from = start ?? originalStart;
  const to = end ?? after(from, length);
  const stays = sameTime(from, originalStart) && sameTime(to, after(originalStart, length));
  return { originalStart, changes: stays ? rest : { ...rest, start: from, end: to } };
}

function exceptionValue({ originalStart, changes }: MeetingException): Json {
  const at = spelled(originalStart);
  if (changes === null) return { at, cancelled: true };
  const { start, end, participants, ...texts } = changes;
  return {
    at,
    ...(start === undefined ? {} : { start: spelled(start) }),
    ...(end === undefined ? {} : { end: spelled(end) }),
    ...texts,
    ...(participants === undefined ? {} : { participants: [...participants] }),
  };
}

const momentText = (time: MeetingTime): string => (isDay(time) ? time.date : momentOf(time));

/**
 * Reads such a value back. Single meetings come back in the zone that is asked for: the value has none.
 *
 * @throws RangeError for anything that is no schedule.
 */
export function readSchedule(value: FieldValue | undefined, zoneOfSingles: string): Series {
  const json = objectOf(value);
  const [start, end] = [textOf(json, 'start'), textOf(json, 'end')];
  if (start === null || end === null) throw new RangeError('A schedule has a start and an end.');
  const rule = textOf(json, 'rule');
  if (rule === null) {
    const time = (text: string): MeetingTime =>
      text.includes('T') ? wallTime(text, zoneOfSingles) : { date: text };
    return { start: time(start), end: time(end), recurrence: null };
  }
  const zone = textOf(json, 'zone');
  const series = { start: timeOf(start, zone), end: timeOf(end, zone) };
  const more = Array.isArray(json.more) ? json.more.map(String) : [];
  const exceptions = Array.isArray(json.exceptions)
    ? json.exceptions.map((one) => readException(one, zone))
    : [];
  return { ...series, recurrence: { lines: [lineWithUntil(rule, zone), ...more], exceptions } };
}

/** The last day of a rule as RFC 5545 wants it, in UTC for series of moments. */
function lineWithUntil(rule: string, zone: string | null): string {
  const { UNTIL: until, ...parts } = partsOf(rule);
  if (until === undefined) return lineOf(parts);
  const day = `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;
  return lineOf({ ...parts, UNTIL: untilOf(day, zone) });
}

function readException(value: FieldValue, zone: string | null): MeetingException {
  const json = objectOf(value);
  const at = textOf(json, 'at');
  if (at === null) throw new RangeError('An exception says which occurrence it is.');
  const originalStart = timeOf(at, zone);
  if (json.cancelled === true) return { originalStart, changes: null };
  const changes: { -readonly [Key in keyof OccurrenceChanges]: OccurrenceChanges[Key] } = {};
  for (const name of ['start', 'end'] as const) {
    const text = textOf(json, name);
    if (text !== null) changes[name] = timeOf(text, zone);
  }
  for (const name of ['title', 'description', 'location'] as const)
    if (json[name] !== undefined) changes[name] = textOf(json, name);
  if (Array.isArray(json.participants)) changes.participants = json.participants.map(String);
  return { originalStart, changes };
}

const objectOf = (value: FieldValue | undefined): Json => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RangeError('A schedule is an object.');
  return value as Json;
};

const textOf = (json: Json, name: string): string | null => {
  const value = json[name];
  return typeof value === 'string' ? value : null;
};

/** Whether two schedules say the same, whatever their spelling. */
export const sameSchedule = (left: Series, right: Series): boolean =>
  JSON.stringify(scheduleValue(left)) === JSON.stringify(scheduleValue(right));
