import { useSpeech } from '../../language/language.tsx';
import { exceptionsText, ruleText, type SeriesWords } from './series-text.ts';

interface Words {
  readonly blank: string;
  readonly yes: string;
  readonly no: string;
  /** A moment in the reader's zone. */
  readonly moment: (instant: string) => string;
  readonly date: (day: string) => string;
  readonly series: SeriesWords;
}

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const WALL_TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*$/;

/** A moment is told in the reader's zone, a time of a place's clocks as it stands there. */
const timed = (text: string, { moment }: Words): string =>
  INSTANT.test(text) ? moment(text) : text.replace(WALL_TIME, '$1 $2');

/** A value as people write it: a name in order, labels in a row, from when to when, nothing as "blank". */
export function textOf(value: unknown, words: Words): string {
  if (isBlank(value)) return words.blank;
  if (value === true) return words.yes;
  if (value === false) return words.no;
  if (typeof value !== 'object' || value === null) return timed(String(value), words);
  if (Array.isArray(value)) return value.map((one) => textOf(one, words)).join(', ');
  const { given, family, start, end, rule, zone, exceptions, ...rest } = value as Record<string, unknown>;
  const told = [
    [given, family].filter(Boolean).join(' '),
    [start, end]
      .filter((one) => !isBlank(one))
      .map((one) => textOf(one, words))
      .join(' → '),
    typeof rule === 'string' ? (ruleText(rule, words.series, words.date) ?? rule) : '',
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
  const text = textOf(value, { ...texts.syncs.value, moment: formats.moment, date: formats.date });
  return <span className={isBlank(value) ? 'value quiet blank' : 'value'}>{text}</span>;
}
