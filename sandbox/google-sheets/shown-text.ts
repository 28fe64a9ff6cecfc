import type { ErrorType, NumberFormatType } from './rows.ts';

/** What is shown in French spreadsheets, and in all others. */
const ERRORS: Readonly<Record<ErrorType, readonly [fr: string, other: string]>> = {
  ERROR: ['#ERROR!', '#ERROR!'],
  NULL_VALUE: ['#NUL!', '#NULL!'],
  DIVIDE_BY_ZERO: ['#DIV/0!', '#DIV/0!'],
  VALUE: ['#VALEUR!', '#VALUE!'],
  REF: ['#REF!', '#REF!'],
  NAME: ['#NOM?', '#NAME?'],
  NUM: ['#NOMBRE!', '#NUM!'],
  N_A: ['#N/A', '#N/A'],
  LOADING: ['Chargement...', 'Loading...'],
};

const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

const isFrench = (locale: string): boolean => locale.startsWith('fr');

export const inLanguage = (locale: string, [french, other]: readonly [string, string]): string =>
  isFrench(locale) ? french : other;

export const errorText = (error: ErrorType, locale: string): string => inLanguage(locale, ERRORS[error]);

/** The error that a text stands for, as people type or paste it; undefined: it is a text. */
export function errorOf(text: string): ErrorType | undefined {
  const found = Object.entries(ERRORS).find(([, shown]) => shown.includes(text.trim()));
  return found?.[0] as ErrorType | undefined;
}

/** A day as a spreadsheet counts it. */
export const serialOf = (year: number, month: number, day: number): number =>
  (Date.UTC(year, month - 1, day) - DAY_ZERO) / DAY_MS;

/** Whether a locale writes the day before the month. */
export const dayFirst = (locale: string): boolean => locale !== 'en_US';

/** A number as its format shows it. */
export function numberText(number: number, format: NumberFormatType | null, locale: string): string {
  const plain = (text: string): string => (isFrench(locale) ? text.replace('.', ',') : text);
  switch (format) {
    case 'DATE':
      return dayText(number, locale);
    case 'DATE_TIME':
      return `${dayText(number, locale)} ${new Date(DAY_ZERO + number * DAY_MS).toISOString().slice(11, 19)}`;
    case 'CURRENCY':
      return isFrench(locale)
        ? `${plain(grouped(number.toFixed(2), '\u202f'))}\u00a0€`
        : `$${grouped(number.toFixed(2), ',')}`;
    case 'PERCENT':
      return `${plain((number * 100).toFixed(2))}%`;
    case 'SCIENTIFIC':
      return plain(
        number
          .toExponential(2)
          .replace(/e([+-])(\d)$/, 'e$10$2')
          .toUpperCase(),
      );
    default:
      return plain(String(number));
  }
}

function dayText(serial: number, locale: string): string {
  const [year, month, day] = new Date(DAY_ZERO + Math.floor(serial) * DAY_MS)
    .toISOString()
    .slice(0, 10)
    .split('-');
  return dayFirst(locale) ? `${day}/${month}/${year}` : `${Number(month)}/${Number(day)}/${year}`;
}

const grouped = (text: string, sign: string): string => text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, sign);
