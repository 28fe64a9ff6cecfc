/** What a language says of a series. */
export interface SeriesWords {
  readonly every: Readonly<Record<'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY', (interval: number) => string>>;
  readonly weekdays: Readonly<Record<string, string>>;
  readonly on: (days: string) => string;
  /** @param place 1 to 5; -1: the last one. */
  readonly nth: (place: number, weekday: string) => string;
  readonly monthDay: (days: string) => string;
  readonly until: (day: string) => string;
  readonly moved: (count: number) => string;
  readonly cancelled: (count: number) => string;
}

/** Parts of a rule that can be told; a rule with any other is told as it stands. */
const TOLD = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTH', 'BYMONTHDAY', 'UNTIL', 'WKST']);

/**
 * A rule of RFC 5545 in words; null where it says more than words are known for.
 *
 * @param date how a day (`2026-11-24`) is written.
 * @param dayOfYear how a day that comes every year is written.
 * @example ruleText('FREQ=WEEKLY;BYDAY=TU', english, String) // 'every week on Tuesday'
 */
export function ruleText(
  rule: string,
  words: SeriesWords,
  date: (day: string) => string,
  dayOfYear: (month: number, day: number) => string,
): string | null {
  const parts = new Map(rule.split(';').map((part) => part.split('=', 2) as [string, string]));
  const every = words.every[parts.get('FREQ') as keyof SeriesWords['every']];
  if (every === undefined || [...parts.keys()].some((name) => !TOLD.has(name))) return null;
  const days = (parts.get('BYDAY') ?? '').split(',').filter(Boolean);
  const named = days.map((day) => dayText(day, words));
  if (named.some((name) => name === null)) return null;
  const yearDay = dayInYear(parts);
  if (parts.has('BYMONTH') && yearDay === null) return null;
  const monthDays = yearDay === null ? parts.get('BYMONTHDAY') : undefined;
  const until = parts.get('UNTIL');
  return [
    every(Number(parts.get('INTERVAL') ?? 1)),
    named.length > 0 ? words.on(named.join(', ')) : '',
    yearDay === null ? '' : words.on(dayOfYear(...yearDay)),
    monthDays === undefined ? '' : words.monthDay(monthDays.replaceAll(',', ', ')),
    until === undefined ? '' : words.until(date(until.replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3'))),
  ]
    .filter(Boolean)
    .join(' ');
}

/** The one day of the year that a rule names; null when it names none, or more than a day. */
function dayInYear(parts: ReadonlyMap<string, string>): [number, number] | null {
  const [month, day] = [parts.get('BYMONTH'), parts.get('BYMONTHDAY')];
  const isOne = /^\d+$/.test(month ?? '') && /^\d+$/.test(day ?? '') && !parts.has('BYDAY');
  return isOne && parts.get('FREQ') === 'YEARLY' ? [Number(month), Number(day)] : null;
}

function dayText(day: string, words: SeriesWords): string | null {
  const [, place = '', code = ''] = /^([+-]?\d+)?([A-Z]{2})$/.exec(day) ?? [];
  const weekday = words.weekdays[code];
  if (weekday === undefined) return null;
  return place === '' ? weekday : words.nth(Number(place), weekday);
}

/** How many occurrences are elsewhere, and how many do not take place; empty where none. */
export function exceptionsText(exceptions: readonly unknown[], words: SeriesWords): string {
  const cancelled = exceptions.filter((one) => (one as { cancelled?: unknown } | null)?.cancelled === true);
  const moved = exceptions.length - cancelled.length;
  return [moved > 0 ? words.moved(moved) : '', cancelled.length > 0 ? words.cancelled(cancelled.length) : '']
    .filter(Boolean)
    .join(', ');
}
