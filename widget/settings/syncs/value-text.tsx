import { UNTITLED } from '../../../server/core/calendar/untitled.ts';
import type { Formats } from '../../language/formats.ts';
import { useSpeech } from '../../language/language.tsx';
import { exceptionsText, ruleText, type SeriesWords } from './series-text.ts';

interface Words {
  readonly blank: string;
  readonly yes: string;
  readonly no: string;
  readonly allDay: string;
  /** What stands for a title that there is not. */
  readonly untitled: string;
  readonly series: SeriesWords;
  readonly formats: Pick<
    Formats,
    'date' | 'day' | 'dayAndHour' | 'dayOfYear' | 'hour' | 'wallHour' | 'wallTime'
  >;
}

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const WALL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const DAY_MS = 86_400_000;

/** A moment is told in the reader's zone, a time of a place's clocks as it stands there, a day as it is. */
function timed(text: string, { formats }: Words): string {
  if (INSTANT.test(text)) return formats.dayAndHour(text);
  if (WALL_TIME.test(text)) return formats.wallTime(text);
  return DAY.test(text) ? formats.date(text) : text;
}

/** From when to when: the day once where it is one day, and of whole days the last one. */
function spanText(start: string, end: string, words: Words): string {
  const { formats } = words;
  if (DAY.test(start) && DAY.test(end)) {
    const last = new Date(Date.parse(`${end}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
    const days = last > start ? [start, last] : [start];
    return `${days.map(formats.date).join(' → ')}, ${words.allDay}`;
  }
  const until =
    INSTANT.test(start) && INSTANT.test(end) && formats.day(start) === formats.day(end)
      ? formats.hour(end)
      : WALL_TIME.test(start) && WALL_TIME.test(end) && start.slice(0, 10) === end.slice(0, 10)
        ? formats.wallHour(end)
        : timed(end, words);
  return `${timed(start, words)} → ${until}`;
}

/** A value as people write it: a name in order, labels in a row, from when to when, nothing as "blank". */
export function textOf(value: unknown, words: Words): string {
  if (isBlank(value)) return words.blank;
  if (value === true) return words.yes;
  if (value === false) return words.no;
  if (value === UNTITLED) return words.untitled;
  if (typeof value !== 'object' || value === null) return timed(String(value), words);
  if (Array.isArray(value)) return value.map((one) => textOf(one, words)).join(', ');
  const { given, family, start, end, rule, zone, exceptions, ...rest } = value as Record<string, unknown>;
  const { date, dayOfYear } = words.formats;
  const told = [
    [given, family].filter(Boolean).join(' '),
    typeof start === 'string' && typeof end === 'string'
      ? spanText(start, end, words)
      : [start, end]
          .filter((one) => !isBlank(one))
          .map((one) => textOf(one, words))
          .join(' → '),
    typeof rule === 'string' ? (ruleText(rule, words.series, date, dayOfYear) ?? rule) : '',
    typeof zone === 'string' ? zone : '',
    Array.isArray(exceptions) ? exceptionsText(exceptions, words.series) : '',
    ...Object.entries(rest)
      .filter(([, one]) => !isBlank(one))
      .map(([name, one]) => `${name} ${textOf(one, words)}`),
  ];
  return told.filter(Boolean).join(' · ') || words.blank;
}

/** A value of a field. */
export function ValueText({ value }: { value: unknown }) {
  const { texts, formats } = useSpeech();
  const text = textOf(value, { ...texts.syncs.value, formats });
  return <span className={isBlank(value) ? 'value quiet blank' : 'value'}>{text}</span>;
}
