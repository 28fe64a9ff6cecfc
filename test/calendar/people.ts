import type { Side } from '../../server/core/sync/mapping.ts';
import type { FieldValue } from '../../server/core/sync-object.ts';
import type { MemoryVendor } from '../sync/memory-object.ts';
import { type Act, type Sequence, WEEKS } from './sequences.ts';

/** What people do to the meetings of sequences: in Outlook as wishes to its simulator, on the other side at once. */

const WEEKDAY = { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' };
const RANGE = { type: 'endDate', startDate: WEEKS[0], endDate: WEEKS.at(-1), recurrenceTimeZone: '' };

const two = (value: number): string => String(value).padStart(2, '0');
const at = (dateTime: string) => ({ dateTime, timeZone: 'Romance Standard Time' });
const span = (day: string, from: number) => ({
  start: at(`${day}T${two(from)}:00:00`),
  end: at(`${day}T${two(from + 1)}:00:00`),
});
const later = (day: string, days: number): string => day.replace(/\d\d$/, (text) => two(Number(text) + days));

type Schedule = Readonly<Record<string, FieldValue>>;

/** Of a winter's day, when Paris is an hour ahead. */
const moments = (day: string, from: number): Schedule => ({
  start: `${day}T${two(from - 1)}:00:00Z`,
  end: `${day}T${two(from)}:00:00Z`,
});
const series = (from: number): Schedule => ({
  start: `${WEEKS[0]}T${two(from)}:00:00`,
  end: `${WEEKS[0]}T${two(from + 1)}:00:00`,
  zone: 'Europe/Paris',
  rule: `FREQ=WEEKLY;BYDAY=MO;UNTIL=${WEEKS.at(-1)?.replaceAll('-', '')}`,
});

/** Every title begins with the number of its sequence, whoever renames it. */
export const titled = (number: number, text: string): string => `${number} ${text}`;
export const numberIn = (title: unknown): number => Number.parseInt(String(title), 10);
const renamed = (number: number, side: Side, hour: number): string =>
  titled(number, `${side === 'left' ? 'Renommée' : 'Autre'} ${hour}`);

/** A meeting of Outlook, as it begins. */
export const newInOutlook = ({ isSeries }: Sequence, number: number): object => ({
  act: 'create',
  event: {
    subject: titled(number, 'Réunion'),
    ...(isSeries
      ? { ...span(WEEKS[0] ?? '', 10), recurrence: { pattern: WEEKDAY, range: RANGE } }
      : span('2027-02-01', 10)),
  },
});

/** A meeting of the other side, as it begins. */
export const newOnTheRight = ({ isSeries }: Sequence, number: number): Record<string, unknown> => ({
  title: titled(number, 'Réunion'),
  schedule: isSeries ? series(10) : moments('2027-02-01', 10),
  location: null,
});

/** What somebody does there. */
export interface OutlookWish {
  readonly act: 'edit' | 'delete';
  readonly event: string;
  readonly day?: string | undefined;
  readonly changes?: Readonly<Record<string, unknown>>;
}

/** What somebody wants in Outlook; null: it makes no sense of this meeting. */
export function inOutlook(event: string, number: number, isSeries: boolean, one: Act): OutlookWish | null {
  switch (one.kind) {
    case 'rename':
      return { act: 'edit', event, changes: { subject: renamed(number, 'left', one.hour) } };
    case 'move':
      return isSeries
        ? { act: 'edit', event, changes: span(WEEKS[0] ?? '', one.hour) }
        : { act: 'edit', event, changes: { isAllDay: false, ...span('2027-02-02', one.hour) } };
    case 'whole-days': {
      const days = { isAllDay: true, start: at('2027-02-03T00:00:00'), end: at('2027-02-05T00:00:00') };
      return isSeries ? null : { act: 'edit', event, changes: days };
    }
    case 'move-date': {
      const day = WEEKS[one.week] ?? '';
      return isSeries ? { act: 'edit', event, day, changes: span(later(day, 1), one.hour) } : null;
    }
    case 'delete-date':
      return isSeries ? { act: 'delete', event, day: WEEKS[one.week] } : null;
    case 'delete':
      return { act: 'delete', event };
  }
}

/** Somebody does it on the other side. @returns whether anything was done. */
export function onTheRight(
  right: MemoryVendor,
  id: string,
  number: number,
  isSeries: boolean,
  one: Act,
): boolean {
  const held = right.records.get(id);
  if (held === undefined || held.deleted) return false;
  switch (one.kind) {
    case 'delete':
      right.remove(id);
      return true;
    case 'rename':
      right.edit(id, { title: renamed(number, 'right', one.hour) });
      return true;
    case 'move':
      right.edit(id, { schedule: isSeries ? series(one.hour) : moments('2027-02-01', one.hour) });
      return true;
    case 'whole-days':
      // One day, two or three.
      if (!isSeries)
        right.edit(id, { schedule: { start: '2027-02-10', end: `2027-02-${11 + (number % 3)}` } });
      return !isSeries;
    case 'move-date':
    case 'delete-date':
      return isSeries && onOneDate(right, id, held.values.schedule as Schedule, one);
  }
}

function onOneDate(
  right: MemoryVendor,
  id: string,
  schedule: Schedule,
  one: Extract<Act, { week: number }>,
): boolean {
  const day = WEEKS[one.week] ?? '';
  const original = `${day}${String(schedule.start).slice(10)}`;
  const before = ((schedule.exceptions ?? []) as Schedule[]).filter((exception) => exception.at !== original);
  const changed: Schedule =
    one.kind === 'delete-date'
      ? { at: original, cancelled: true }
      : {
          at: original,
          start: `${later(day, 2)}T${two(one.hour)}:00:00`,
          end: `${later(day, 2)}T${two(one.hour + 1)}:00:00`,
        };
  const exceptions = [...before, changed].sort((a, b) => (String(a.at) < String(b.at) ? -1 : 1));
  // A series without a date is none.
  if (exceptions.filter(({ cancelled }) => cancelled === true).length === WEEKS.length) return false;
  right.edit(id, { schedule: { ...schedule, exceptions } });
  return true;
}
