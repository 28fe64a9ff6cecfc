import { Temporal } from 'temporal-polyfill';
import { foldText } from './fold-text.ts';
import { localeTag } from './locale-tag.ts';
import { perLocale } from './per-locale.ts';

/** Of two digits: years from here on are of the last century, as spreadsheets read them. */
const CENTURY_TURNS_AT = 30;
const OLDEST = 1850;
const NEWEST = 2200;

const MONTHS: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'janvier janv january jan',
    'fevrier fevr fev february feb',
    'mars march mar',
    'avril avr april apr',
    'mai may',
    'juin june jun',
    'juillet juil july jul',
    'aout august aug',
    'septembre sept september sep',
    'octobre oct october',
    'novembre nov november',
    'decembre dec december',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

/** Whether the people of a locale write the month first. */
const monthFirst = perLocale((locale): boolean => {
  const parts = new Intl.DateTimeFormat(localeTag(locale)).formatToParts(new Date(0));
  const places = parts.map(({ type }) => type);
  return places.indexOf('month') < places.indexOf('day') && places.indexOf('year') > places.indexOf('month');
});

function day(year: number, month: number, date: number): string | null {
  if (year < OLDEST || year > NEWEST) return null;
  try {
    return Temporal.PlainDate.from({ year, month, day: date }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < CENTURY_TURNS_AT ? 2000 + year : 1900 + year;
}

/**
 * A day as people write it, as `YYYY-MM-DD`; null: it is none, or cannot be. Where day and month could be
 * either, the locale's order decides.
 *
 * @example dayOfText('03/04/1985', 'fr_FR') // 1985-04-03
 */
export function dayOfText(text: string, locale: string): string | null {
  const plain = foldText(text);
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/.exec(plain);
  if (numbers) {
    const [, first = '', second = '', year = ''] = numbers;
    const swapped = Number(second) > 12 || (Number(first) <= 12 && monthFirst(locale));
    const [month, date] = swapped ? [first, second] : [second, first];
    return day(fullYear(year), Number(month), Number(date));
  }
  // "lundi 3 avril 1985", "3rd April 1985", "April 3, 1985": the weekday says nothing more.
  const words = plain.replace(/[.,-]/g, ' ').replace(/\b(\d{1,2})(er|st|nd|rd|th)\b/, '$1');
  const named =
    /^(?:\p{L}+ )?(?<date>\d{1,2}) (?:of )?(?<month>\p{L}+) +(?<year>\d{4}|\d{2})$/u.exec(
      words.replace(/ +/g, ' ').trim(),
    ) ??
    /^(?:\p{L}+ )?(?<month>\p{L}+) (?<date>\d{1,2}) (?<year>\d{4}|\d{2})$/u.exec(
      words.replace(/ +/g, ' ').trim(),
    );
  const { date = '', month = '', year = '' } = named?.groups ?? {};
  const number = MONTHS[month];
  return number === undefined ? null : day(fullYear(year), number, Number(date));
}
