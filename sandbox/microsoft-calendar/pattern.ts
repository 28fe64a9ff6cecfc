import { Temporal } from 'temporal-polyfill';
import { isMembers, type Members } from '../kit/json-body.ts';
import { remembered } from '../kit/remembered.ts';
import { badRequest } from '../microsoft/refusal.ts';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const INDEXES = ['first', 'second', 'third', 'fourth', 'last'];
/** What each type needs; a property that it does not use is refused. https://learn.microsoft.com/graph/api/resources/recurrencepattern */
const USED: Readonly<Record<string, readonly string[]>> = {
  daily: [],
  weekly: ['daysOfWeek', 'firstDayOfWeek'],
  absoluteMonthly: ['dayOfMonth'],
  relativeMonthly: ['daysOfWeek', 'index'],
  absoluteYearly: ['dayOfMonth', 'month'],
  relativeYearly: ['daysOfWeek', 'index', 'month'],
};
const UNNEEDED = new Set(['firstDayOfWeek', 'index']);
/** Series without an end are kept for so long. */
const MOST = 5_000;

export interface Pattern {
  readonly type: string;
  readonly interval: number;
  readonly daysOfWeek: readonly string[];
  readonly firstDayOfWeek: string;
  readonly dayOfMonth: number;
  readonly month: number;
  readonly index: string;
}

export interface Range {
  readonly type: 'endDate' | 'noEnd' | 'numbered';
  readonly startDate: string;
  readonly endDate: string;
  readonly numberOfOccurrences: number;
  /** Empty: that of the event's start. */
  readonly recurrenceTimeZone: string;
}

export interface Recurrence {
  readonly pattern: Pattern;
  readonly range: Range;
}

/** A property of an event that Graph does not take. */
export const invalid = (what: string) =>
  badRequest(
    `At least one property failed validation. (Property name: '${what}')`,
    'ErrorPropertyValidationFailure',
  );
const isDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));

/** @param start date of the event's start, which the range has to name. */
export function readRecurrence(sent: unknown, start: string): Recurrence {
  if (!isMembers(sent) || !isMembers(sent.pattern) || !isMembers(sent.range)) throw invalid('Recurrence');
  return { pattern: readPattern(sent.pattern), range: readRange(sent.range, start) };
}

function readPattern(sent: Members): Pattern {
  const { type, interval } = sent;
  const used = typeof type === 'string' ? USED[type] : undefined;
  if (used === undefined) throw invalid('Recurrence.Pattern.Type');
  if (!Number.isInteger(interval) || Number(interval) < 1) throw invalid('Recurrence.Pattern.Interval');
  for (const [name, value] of Object.entries(sent)) {
    if (name === 'type' || name === 'interval' || name.startsWith('@odata.') || value === null) continue;
    if (!used.includes(name)) throw invalid(`Recurrence.Pattern.${name}`);
  }
  for (const name of used)
    if (!UNNEEDED.has(name) && sent[name] === undefined) throw invalid(`Recurrence.Pattern.${name}`);
  const { daysOfWeek = [], firstDayOfWeek = 'sunday', dayOfMonth = 0, month = 0, index = 'first' } = sent;
  const isDay = (one: unknown): boolean => DAYS.includes(String(one));
  if (!Array.isArray(daysOfWeek) || !daysOfWeek.every(isDay)) throw invalid('Recurrence.Pattern.DaysOfWeek');
  if (used.includes('daysOfWeek') && daysOfWeek.length === 0) throw invalid('Recurrence.Pattern.DaysOfWeek');
  if (!isDay(firstDayOfWeek)) throw invalid('Recurrence.Pattern.FirstDayOfWeek');
  if (!INDEXES.includes(String(index))) throw invalid('Recurrence.Pattern.Index');
  if (used.includes('dayOfMonth') && !(Number(dayOfMonth) >= 1 && Number(dayOfMonth) <= 31))
    throw invalid('Recurrence.Pattern.DayOfMonth');
  if (used.includes('month') && !(Number(month) >= 1 && Number(month) <= 12))
    throw invalid('Recurrence.Pattern.Month');
  return {
    type: String(type),
    interval: Number(interval),
    daysOfWeek: daysOfWeek as string[],
    firstDayOfWeek: String(firstDayOfWeek),
    dayOfMonth: Number(dayOfMonth),
    month: Number(month),
    index: String(index),
  };
}

function readRange(sent: Members, start: string): Range {
  const { type, startDate, endDate, numberOfOccurrences, recurrenceTimeZone = '' } = sent;
  if (startDate !== start) throw invalid('Recurrence.Range.StartDate');
  const common = { startDate: start, recurrenceTimeZone: String(recurrenceTimeZone ?? '') };
  if (type === 'noEnd') return { ...common, type, endDate: '0001-01-01', numberOfOccurrences: 0 };
  if (type === 'endDate') {
    if (!isDate(endDate) || endDate < start) throw invalid('Recurrence.Range.EndDate');
    return { ...common, type, endDate, numberOfOccurrences: 0 };
  }
  if (type !== 'numbered' || !Number.isInteger(numberOfOccurrences) || Number(numberOfOccurrences) < 1)
    throw invalid('Recurrence.Range.Type');
  return { ...common, type, endDate: '0001-01-01', numberOfOccurrences: Number(numberOfOccurrences) };
}

function* daysWithin({ pattern, range }: Recurrence, until: string): Generator<string> {
  const last = range.type === 'endDate' ? range.endDate : range.type === 'noEnd' ? until : '9999-12-31';
  const most = range.type === 'numbered' ? range.numberOfOccurrences : MOST;
  let count = 0;
  for (const day of daysByPattern(pattern, range.startDate)) {
    if (day > last || count >= most) return;
    count += 1;
    yield day;
  }
}

/** A calendar is asked for the same series again and again. */
const MOST_KEPT = 500;
const keptDays = remembered(MOST_KEPT, (recurrence: string, until: string): readonly string[] => [
  ...daysWithin(JSON.parse(recurrence) as Recurrence, until),
]);

/** The days on which a series takes place, in order, deleted ones too. @param until for one without an end. */
export const daysOf = (recurrence: Recurrence, until: string): readonly string[] =>
  keptDays(JSON.stringify(recurrence), recurrence.range.type === 'noEnd' ? until : '');

/** The day that a series begins on; undefined: it has none. */
export function firstDayOf(recurrence: Recurrence): string | undefined {
  const [first] = daysWithin(recurrence, '9999-12-31');
  return first;
}

function* daysByPattern(pattern: Pattern, start: string): Generator<string> {
  const first = Temporal.PlainDate.from(start);
  for (let period = 0; period < MOST; period += pattern.interval) {
    for (const day of inPeriod(pattern, first, period)) {
      const text = day.toString();
      if (text >= start) yield text;
    }
  }
}

/** Days that fit in the period that lies so many days, weeks, months or years after the first one. */
function inPeriod(pattern: Pattern, first: Temporal.PlainDate, period: number): Temporal.PlainDate[] {
  const { type, daysOfWeek, firstDayOfWeek, dayOfMonth, month } = pattern;
  if (type === 'daily') return [first.add({ days: period })];
  if (type === 'weekly') {
    const begins = DAYS.indexOf(firstDayOfWeek) + 1;
    const week = first.subtract({ days: (first.dayOfWeek - begins + 7) % 7 }).add({ weeks: period });
    return daysFrom(week, 7).filter((day) => fits(day, daysOfWeek));
  }
  const own = first.with({ day: 1 });
  const begun = /Yearly$/.test(type)
    ? own.add({ years: period }).with({ month })
    : own.add({ months: period });
  // Of a shorter month the last day is meant.
  if (/^absolute/.test(type)) return [begun.with({ day: Math.min(dayOfMonth, begun.daysInMonth) })];
  const all = daysFrom(begun, begun.daysInMonth).filter((day) => fits(day, daysOfWeek));
  // Of several days the first that fits.
  const nth = pattern.index === 'last' ? all.at(-1) : all[INDEXES.indexOf(pattern.index)];
  return nth === undefined ? [] : [nth];
}

const daysFrom = (from: Temporal.PlainDate, count: number): Temporal.PlainDate[] =>
  Array.from({ length: count }, (_, days) => from.add({ days }));
const fits = (day: Temporal.PlainDate, names: readonly string[]): boolean =>
  names.includes(DAYS[day.dayOfWeek - 1] ?? '');
