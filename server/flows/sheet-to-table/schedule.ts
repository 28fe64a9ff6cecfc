import { Temporal } from 'temporal-polyfill';

export interface Schedule {
  readonly every: 'hour' | 'day' | 'weekdays';
  /** Of a day: the hour in which it is done, 0 to 23. */
  readonly hour: number;
}

const SATURDAY = 6;

/**
 * The latest moment, now included, for which something was planned, in epoch milliseconds. An hour that a change of clocks
 * leaves out is the next one.
 *
 * @param timeZone IANA name: whose clocks count.
 */
export function lastPlanned({ every, hour }: Schedule, now: number, timeZone: string): number {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  if (every === 'hour') return here.round({ smallestUnit: 'hour', roundingMode: 'floor' }).epochMilliseconds;
  let day = here.toPlainDate();
  for (;;) {
    const planned = day.toZonedDateTime({ timeZone, plainTime: { hour } });
    const isWorked = every === 'day' || day.dayOfWeek < SATURDAY;
    if (isWorked && planned.epochMilliseconds <= now) return planned.epochMilliseconds;
    day = day.subtract({ days: 1 });
  }
}
