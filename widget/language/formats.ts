import { formatMoney, type Money } from '../../server/core/money.ts';
import type { Language } from '../../server/core/sentence.ts';

/** How dates, durations and numbers are written, in one language and one time zone. */
export interface Formats {
  /** The day too, unless it is today's. */
  moment(instant: string, now?: number): string;
  /** To the second, with the day and the zone. */
  full(instant: string): string;
  day(instant: string): string;
  /** The day with its year, and the hour. */
  dayAndHour(instant: string): string;
  /** Hour and minute. */
  hour(instant: string): string;
  /** A day without an hour (`2026-11-23`), the same in every zone. */
  date(day: string): string;
  /** What a place's clocks show (`2026-11-23T10:00:00`), as they show it. */
  wallTime(dateTime: string): string;
  /** The hour of that. */
  wallHour(dateTime: string): string;
  /** A day that comes every year. */
  dayOfYear(month: number, day: number): string;
  money(money: Money): string;
  duration(ms: number): string;
  number(value: number): string;
}

/** The organisation's own variety of the language where it has one (`fr-CA`), else a sensible one. */
export function formatLocale(language: Language, organisationLocale: string): string {
  const own = tagOf(organisationLocale);
  if (own?.toLowerCase().startsWith(language)) return own;
  return language === 'fr' ? 'fr-FR' : 'en-GB';
}

/** `fr_FR` as CRMs write it, `en-US@posix` as some browsers do; undefined where it names no language at all. */
function tagOf(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale.replace(/@.*$/, '').replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** Made when it is first asked for: a page uses few of them, and making one takes a while. */
function lazily<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

export function formatsOf(locale: string, timeZone: string): Formats {
  const date = (options: Intl.DateTimeFormatOptions) =>
    lazily(() => new Intl.DateTimeFormat(locale, { timeZone, ...options }));
  const clock = date({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const dayAndClock = date({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const full = date({ dateStyle: 'full', timeStyle: 'long' });
  const day = date({ dateStyle: 'medium' });
  const dayAndHour = date({ dateStyle: 'medium', timeStyle: 'short' });
  const hour = date({ timeStyle: 'short' });
  const plainDay = date({ dateStyle: 'medium', timeZone: 'UTC' });
  const plainHour = date({ timeStyle: 'short', timeZone: 'UTC' });
  const plainDayAndHour = date({ dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  const yearly = date({ day: 'numeric', month: 'long', timeZone: 'UTC' });
  const number = lazily(() => new Intl.NumberFormat(locale));
  const unit = (name: string, digits = 0) =>
    lazily(
      () =>
        new Intl.NumberFormat(locale, {
          style: 'unit',
          unit: name,
          unitDisplay: 'short',
          maximumFractionDigits: digits,
        }),
    );
  const milliseconds = unit('millisecond');
  const seconds = unit('second', 1);
  const wholeSeconds = unit('second');
  const minutes = unit('minute');
  const hours = unit('hour');

  return {
    moment(instant, now = Date.now()) {
      const then = new Date(instant);
      return day().format(then) === day().format(now) ? clock().format(then) : dayAndClock().format(then);
    },
    full: (instant) => full().format(new Date(instant)),
    day: (instant) => day().format(new Date(instant)),
    dayAndHour: (instant) => dayAndHour().format(new Date(instant)),
    hour: (instant) => hour().format(new Date(instant)),
    date: (text) => plainDay().format(new Date(`${text}T00:00:00Z`)),
    wallTime: (text) => plainDayAndHour().format(new Date(`${text.slice(0, 19)}Z`)),
    wallHour: (text) => plainHour().format(new Date(`${text.slice(0, 19)}Z`)),
    dayOfYear: (month, inMonth) => yearly().format(new Date(Date.UTC(2024, month - 1, inMonth))),
    money: (money) => formatMoney(money, locale),
    duration(ms) {
      if (ms < 1_000) return milliseconds().format(Math.round(ms));
      if (ms < 60_000) return seconds().format(ms / 1_000);
      const whole = Math.round(ms / 1_000);
      if (whole < 3_600)
        return `${minutes().format(Math.floor(whole / 60))} ${wholeSeconds().format(whole % 60)}`;
      const wholeMinutes = Math.round(whole / 60);
      return `${hours().format(Math.floor(wholeMinutes / 60))} ${minutes().format(wholeMinutes % 60)}`;
    },
    number: (value) => number().format(value),
  };
}
