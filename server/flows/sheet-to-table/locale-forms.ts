import { localeTag } from '../../core/cells/locale-tag.ts';
import { perLocale } from '../../core/cells/per-locale.ts';

const NUMERIC_DAY = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?!\d)/;

/** In which order the people of a locale write a day in numbers. */
const dayOrder = perLocale((locale): 'day-first' | 'month-first' | 'year-first' => {
  const parts = new Intl.DateTimeFormat(localeTag(locale)).formatToParts(new Date(0)).map(({ type }) => type);
  const [day, month, year] = [parts.indexOf('day'), parts.indexOf('month'), parts.indexOf('year')];
  if (year < day && year < month) return 'year-first';
  return month < day ? 'month-first' : 'day-first';
});

/**
 * Whether a text of numbers can be a day as a locale writes it. `03/13/2021` is none in France, and which day was meant is
 * not guessed: beside it stands `03/04/2021`. What is no day in numbers is left to whoever reads it.
 *
 * @param locale `fr_FR` or `fr-FR`.
 */
export function fitsLocaleDay(text: string, locale: string): boolean {
  const numbers = NUMERIC_DAY.exec(text);
  if (numbers === null) return true;
  const [, first = '', second = ''] = numbers;
  const order = dayOrder(locale);
  if (order === 'year-first') return false;
  return Number(order === 'day-first' ? second : first) <= 12;
}

interface Signs {
  readonly decimal: string;
  readonly group: string;
}

const signsOf = perLocale((locale): Signs => {
  const parts = new Intl.NumberFormat(localeTag(locale), { useGrouping: true }).formatToParts(12_345_678.5);
  const sign = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { decimal: sign('decimal'), group: sign('group') };
});

/**
 * Whether the points and commas of a number stand where a locale puts them: decimals behind its own sign, and the other one
 * only between groups of three, where it is how the locale parts them. In France `1.234` may be two numbers, and is none.
 */
export function fitsLocaleNumber(text: string, locale: string): boolean {
  const { decimal, group } = signsOf(locale);
  const signs: readonly string[] = text.match(/[.,]/g) ?? [];
  const other = decimal === ',' ? '.' : ',';
  if (signs.filter((sign) => sign === decimal).length > 1) return false;
  if (!signs.includes(other)) return true;
  if (group !== other) return false;
  const [whole = '', ...rest] = text.split(decimal);
  const groups = whole.split(other).map((part) => part.replace(/[^\d]/g, ''));
  const isGrouped = groups.every((part, at) => (at === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(part));
  return isGrouped && !rest.some((part) => part.includes(other));
}
