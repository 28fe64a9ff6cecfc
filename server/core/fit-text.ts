/** How a vendor counts a text: UTF-16 units (as JavaScript and Java do), code points, or bytes of UTF-8. */
export type TextUnit = 'utf-16' | 'code-point' | 'byte';

export interface FitOptions {
  /** What the limit counts; UTF-16 units unless said otherwise, the strictest reading of “characters”. */
  readonly unit?: TextUnit;
}

/** What stands where a text was cut. */
export const CUT_MARK = '…';

const MEASURES: Readonly<Record<TextUnit, (text: string) => number>> = {
  'utf-16': (text) => text.length,
  'code-point': (text) => [...text].length,
  byte: (text) => new TextEncoder().encode(text).length,
};

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The text, no longer than the field that it goes to allows. What fits stands as it is; what does not is cut
 * between two letters as people see them (no half emoji, no accent without its letter) and ends in “…”, so
 * that whoever reads it sees that there was more. For texts that Liaison composes: a value of somebody's
 * record is never cut.
 *
 * Half a surrogate pair is no text, and stores refuse it: U+FFFD stands in its place.
 *
 * @param limit how much the field takes, in the options' unit; a limit of 0 gives an empty text.
 * @throws RangeError for a limit that is no whole number of 0 or more.
 */
export function fitText(text: string, limit: number, { unit = 'utf-16' }: FitOptions = {}): string {
  if (!Number.isSafeInteger(limit) || limit < 0)
    throw new RangeError('a limit is a whole number of characters');
  const measure = MEASURES[unit];
  const whole = text.toWellFormed();
  if (measure(whole) <= limit) return whole;
  const room = limit - measure(CUT_MARK);
  if (room < 0) return '';
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(whole)) {
    used += measure(segment);
    if (used > room) break;
    kept += segment;
  }
  return `${kept.trimEnd()}${CUT_MARK}`;
}
