import { Temporal } from 'temporal-polyfill';
import type { Sentence } from '../../core/sentence.ts';

export interface Schedule {
  readonly every: 'hour' | 'day' | 'weekdays';
  /** Of a day: the hour in which it is done, 0 to 23. */
  readonly hour: number;
}

const SATURDAY = 6;

/** When a run is, in words. */
export function plannedWords({ every, hour }: Schedule): Sentence {
  if (every === 'hour') return { en: 'Every hour, on the hour.', fr: 'Toutes les heures, à l’heure pile.' };
  const at = {
    en: `at ${hour}:00 on the organisation’s clocks`,
    fr: `à ${hour} h, à l’heure de l’organisation`,
  };
  return every === 'day'
    ? { en: `Every day ${at.en}.`, fr: `Tous les jours ${at.fr}.` }
    : { en: `From Monday to Friday ${at.en}.`, fr: `Du lundi au vendredi ${at.fr}.` };
}

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
