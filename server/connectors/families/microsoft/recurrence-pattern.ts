import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { isDay, type MeetingTime } from '../../../core/calendar/meeting.ts';
import {
  exactUntil,
  explicitRule,
  lineOf,
  partsOf,
  type RuleParts,
  untilOf,
} from '../../../core/calendar/rule.ts';
import { dayOf } from '../../../core/calendar/zone-time.ts';

/** https://learn.microsoft.com/graph/api/resources/recurrencepattern */
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const INDEXES = ['first', 'second', 'third', 'fourth', 'last'] as const;
const PLACES: Readonly<Record<(typeof INDEXES)[number], number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  last: -1,
};
/** Beyond it Outlook takes the last day of a shorter month, and a rule of a calendar leaves the month out. */
const LAST_COMMON_DAY = 28;

const day = z.enum(DAYS);
const interval = z.number().int().min(1);
const dayOfMonth = z.number().int();
const month = z.number().int().min(1).max(12);
const relative = { interval, daysOfWeek: z.array(day).min(1), index: z.enum(INDEXES) };

/** What a type does not use comes as 0, empty or `first`, and is an error when it is sent: it is read by nobody. */
const patternSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('daily'), interval }),
  z.object({
    type: z.literal('weekly'),
    interval,
    daysOfWeek: z.array(day).min(1),
    firstDayOfWeek: day.catch('sunday'),
  }),
  z.object({ type: z.literal('absoluteMonthly'), interval, dayOfMonth }),
  z.object({ type: z.literal('relativeMonthly'), ...relative }),
  z.object({ type: z.literal('absoluteYearly'), interval, dayOfMonth, month }),
  z.object({ type: z.literal('relativeYearly'), ...relative, month }),
]);
export type Pattern = z.output<typeof patternSchema>;

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const rangeSchema = z.discriminatedUnion('type', [
  // Its `endDate` is 0001-01-01, and means nothing.
  z.object({ type: z.literal('noEnd'), startDate: date }),
  z.object({ type: z.literal('endDate'), startDate: date, endDate: date }),
  z.object({ type: z.literal('numbered'), startDate: date, numberOfOccurrences: z.number().int().min(1) }),
]);
export const recurrenceSchema = z.object({ pattern: patternSchema, range: rangeSchema });
export type PatternedRecurrence = z.output<typeof recurrenceSchema>;

type DayName = (typeof DAYS)[number];
const codeOf = (name: DayName): string => CODES[DAYS.indexOf(name)] ?? 'MO';

/**
 * The rule of a series of Outlook's, as an RRULE; null for one that no rule says.
 *
 * @param start of the series: the day on which it ends is one of its zone.
 */
export function ruleLine({ pattern, range }: PatternedRecurrence, start: MeetingTime): string | null {
  const parts = partsOfPattern(pattern);
  if (parts === null) return null;
  const every = pattern.interval === 1 ? {} : { INTERVAL: String(pattern.interval) };
  return lineOf({ ...parts, ...every, ...endOf(range, isDay(start) ? null : start.zone) });
}

function endOf(range: PatternedRecurrence['range'], zone: string | null): RuleParts {
  if (range.type === 'numbered') return { COUNT: String(range.numberOfOccurrences) };
  return range.type === 'endDate' ? { UNTIL: untilOf(range.endDate, zone) } : {};
}

function partsOfPattern(pattern: Pattern): RuleParts | null {
  switch (pattern.type) {
    case 'daily':
      return { FREQ: 'DAILY' };
    case 'weekly':
      return {
        FREQ: 'WEEKLY',
        BYDAY: daysOf(pattern.daysOfWeek),
        ...(pattern.interval > 1 ? { WKST: codeOf(pattern.firstDayOfWeek) } : {}),
      };
    case 'absoluteMonthly':
      return isCommon(pattern) ? { FREQ: 'MONTHLY', BYMONTHDAY: String(pattern.dayOfMonth) } : null;
    case 'relativeMonthly':
      return { FREQ: 'MONTHLY', ...nthOf(pattern) };
    case 'absoluteYearly':
      return isHeldYearly(pattern)
        ? { FREQ: 'YEARLY', BYMONTH: String(pattern.month), BYMONTHDAY: String(pattern.dayOfMonth) }
        : null;
    case 'relativeYearly':
      return { FREQ: 'YEARLY', BYMONTH: String(pattern.month), ...nthOf(pattern) };
  }
}

const isCommon = ({ dayOfMonth: at }: { dayOfMonth: number }): boolean => at >= 1 && at <= LAST_COMMON_DAY;

/** Of one month every day is as common as any, but for the one of leap years. */
const isHeldYearly = ({ dayOfMonth: at, month: of }: { dayOfMonth: number; month: number }): boolean =>
  at >= 1 && at <= (of === 2 ? LAST_COMMON_DAY : [4, 6, 9, 11].includes(of) ? 30 : 31);

const daysOf = (names: readonly DayName[]): string =>
  CODES.filter((code) => names.some((name) => codeOf(name) === code)).join(',');

/** Of several days the first that fits is meant, and not each of them. */
function nthOf({ daysOfWeek, index }: Extract<Pattern, { index: unknown }>): RuleParts {
  const days = daysOf(daysOfWeek);
  const place = PLACES[index];
  return days.includes(',') ? { BYDAY: days, BYSETPOS: String(place) } : { BYDAY: `${place}${days}` };
}

/** Outlook's own form of a rule; null for one that Outlook cannot hold: it is told, and never flattened. */
export function patternedRecurrence(line: string, start: MeetingTime): PatternedRecurrence | null {
  const given = partsOf(line);
  const pattern = patternOfParts(explicitRule(given, start), given.WKST);
  const range = rangeOf(given, start);
  return pattern === null || range === null ? null : { pattern, range };
}

function rangeOf({ COUNT, UNTIL }: RuleParts, start: MeetingTime): PatternedRecurrence['range'] | null {
  const startDate = dayOf(start);
  if (COUNT !== undefined) {
    const numberOfOccurrences = Number(COUNT);
    return numberOfOccurrences >= 1 ? { type: 'numbered', startDate, numberOfOccurrences } : null;
  }
  if (UNTIL === undefined) return { type: 'noEnd', startDate };
  return { type: 'endDate', startDate, endDate: lastDay(UNTIL, start) };
}

/** The last day on which a series may take place: an end before the hour of that day is the day before. */
function lastDay(until: string, start: MeetingTime): string {
  if (isDay(start)) return exactUntil(until, null).replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3');
  const exact = exactUntil(until, start.zone);
  const moment = exact.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const wall = Temporal.Instant.from(moment).toZonedDateTimeISO(start.zone).toPlainDateTime();
  const hour = Temporal.PlainDateTime.from(start.dateTime).toPlainTime();
  const isBefore = Temporal.PlainTime.compare(wall.toPlainTime(), hour) < 0;
  return (isBefore ? wall.toPlainDate().subtract({ days: 1 }) : wall.toPlainDate()).toString();
}

/** The parts that each kind of pattern uses; a rule that says more is none of it. */
const USED: Readonly<Record<string, readonly string[]>> = {
  DAILY: ['FREQ', 'INTERVAL'],
  WEEKLY: ['FREQ', 'INTERVAL', 'BYDAY', 'WKST'],
  MONTHLY: ['FREQ', 'INTERVAL', 'BYMONTHDAY', 'BYDAY', 'BYSETPOS'],
  YEARLY: ['FREQ', 'INTERVAL', 'BYMONTH', 'BYMONTHDAY', 'BYDAY', 'BYSETPOS'],
};

function patternOfParts(parts: RuleParts, wkst: string | undefined): Pattern | null {
  const used = USED[parts.FREQ ?? ''];
  if (used === undefined || Object.keys(parts).some((name) => !used.includes(name))) return null;
  const every = Number(parts.INTERVAL ?? 1);
  if (!Number.isInteger(every) || every < 1) return null;
  if (parts.FREQ === 'DAILY') return { type: 'daily', interval: every };
  if (parts.FREQ === 'WEEKLY') {
    const daysOfWeek = namesIn(parts.BYDAY ?? '');
    const firstDayOfWeek = nameOf(wkst ?? 'MO');
    return daysOfWeek === null || firstDayOfWeek === null
      ? null
      : { type: 'weekly', interval: every, daysOfWeek, firstDayOfWeek };
  }
  return parts.FREQ === 'MONTHLY' ? monthly(parts, every) : yearly(parts, every);
}

function monthly(parts: RuleParts, every: number): Pattern | null {
  if (parts.BYDAY !== undefined && parts.BYMONTHDAY !== undefined) return null;
  if (parts.BYDAY !== undefined) {
    const nth = nthIn(parts);
    return nth && { type: 'relativeMonthly', interval: every, ...nth };
  }
  const at = Number(parts.BYMONTHDAY);
  if (parts.BYSETPOS !== undefined || !isCommon({ dayOfMonth: at })) return null;
  return { type: 'absoluteMonthly', interval: every, dayOfMonth: at };
}

function yearly(parts: RuleParts, every: number): Pattern | null {
  const of = Number(parts.BYMONTH);
  if (!Number.isInteger(of) || of < 1 || of > 12) return null;
  if (parts.BYDAY !== undefined && parts.BYMONTHDAY !== undefined) return null;
  if (parts.BYDAY !== undefined) {
    const nth = nthIn(parts);
    return nth && { type: 'relativeYearly', interval: every, month: of, ...nth };
  }
  const at = Number(parts.BYMONTHDAY);
  if (parts.BYSETPOS !== undefined || !isHeldYearly({ dayOfMonth: at, month: of })) return null;
  return { type: 'absoluteYearly', interval: every, month: of, dayOfMonth: at };
}

/** `2TU`, or `MO,TU,WE,TH,FR` with a place in the whole of them. */
function nthIn({
  BYDAY = '',
  BYSETPOS,
}: RuleParts): Pick<Extract<Pattern, { index: unknown }>, 'daysOfWeek' | 'index'> | null {
  const [, place, code = ''] = /^([+-]?\d)?([A-Z]{2})$/.exec(BYDAY) ?? [];
  const daysOfWeek = namesIn(place === undefined ? BYDAY : code);
  const said = place ?? BYSETPOS;
  const index = INDEXES.find((one) => said !== undefined && PLACES[one] === Number(said));
  if (daysOfWeek === null || index === undefined || (place !== undefined && BYSETPOS !== undefined))
    return null;
  return { daysOfWeek, index };
}

const nameOf = (code: string): DayName | null => DAYS[(CODES as readonly string[]).indexOf(code)] ?? null;

function namesIn(days: string): DayName[] | null {
  const names = days.split(',').map(nameOf);
  return names.every((name) => name !== null) ? names : null;
}
