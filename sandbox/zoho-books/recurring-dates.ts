import { addDays } from './fields.ts';
import type { RecurringRow } from './rows.ts';

export type Calendar = Pick<RecurringRow, 'start_date' | 'recurrence_frequency' | 'repeat_every'>;

/** The day of the nth invoice of a profile, from 0. A month that is too short has it on its last day. */
export function nthDay({ start_date, recurrence_frequency, repeat_every }: Calendar, nth: number): string {
  const steps = nth * repeat_every;
  if (recurrence_frequency === 'days') return addDays(start_date, steps);
  if (recurrence_frequency === 'weeks') return addDays(start_date, steps * 7);
  const [year = 0, month = 1, dayOfMonth = 1] = start_date.split('-').map(Number);
  const months = month - 1 + steps * (recurrence_frequency === 'years' ? 12 : 1);
  const last = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, months, Math.min(dayOfMonth, last))).toISOString().slice(0, 10);
}

/**
 * The first of its days on or after one. What lies before is not made up for: what Books does with a start that is past is not
 * documented, so that nobody may rest on it.
 */
export function dueFrom(calendar: Calendar, day: string): string {
  for (let nth = 0; ; nth += 1) {
    const due = nthDay(calendar, nth);
    if (due >= day) return due;
  }
}

export const laterOf = (one: string, other: string): string => (one > other ? one : other);
