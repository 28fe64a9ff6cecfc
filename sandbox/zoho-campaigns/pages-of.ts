import type { Call } from './api.ts';
import { refusal } from './api.ts';

/** Rows that an answer has where nothing was asked for: the sample answers have it. */
const USUAL = 20;
/** No page says how many may be asked for; programs ask for 200, and more than that is answered with so many. */
const MOST = 200;

/** The rows that `fromindex` (from 1) and `range` ask for. */
export function pageOf<Row>({ given }: Call, rows: readonly Row[]): readonly Row[] {
  const from = numberIn(given.fromindex, 1);
  const range = Math.min(MOST, numberIn(given.range, USUAL));
  const sorted = given.sort === 'desc' ? rows.toReversed() : rows;
  return sorted.slice(from - 1, from - 1 + range);
}

function numberIn(text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  if (!/^[1-9]\d*$/.test(text)) throw refusal('1005', 'Please enter correct data type format.');
  return Number(text);
}

/** What a blank value is answered as: Zoho's samples have this text. */
export const orNull = (text: string | undefined): string => text || 'null';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `02 Aug 2013, 12:39 PM`, as Campaigns writes moments for people. */
export function spoken(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hour = date.getUTCHours();
  return `${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${two(hour % 12 || 12)}:${two(date.getUTCMinutes())} ${hour < 12 ? 'AM' : 'PM'}`;
}
