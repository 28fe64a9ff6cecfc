import { useSpeech } from '../../language/language.tsx';

/** A value as people write it: a name in order, labels in a row, nothing as "blank". */
export function textOf(value: unknown, words: { blank: string; yes: string; no: string }): string {
  if (value === null || value === undefined || value === '') return words.blank;
  if (value === true) return words.yes;
  if (value === false) return words.no;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    return value.length === 0 ? words.blank : value.map((one) => textOf(one, words)).join(', ');
  }
  const { given, family, ...rest } = value as Record<string, unknown>;
  if (Object.keys(rest).length === 0 && (given !== undefined || family !== undefined)) {
    return [given, family].filter(Boolean).join(' ') || words.blank;
  }
  const parts = Object.entries(value).filter(([, one]) => !isBlank(one));
  return parts.map(([name, one]) => `${name} ${textOf(one, words)}`).join(', ') || words.blank;
}

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** A value of a field. */
export function ValueText({ value }: { value: unknown }) {
  const { texts } = useSpeech();
  const text = textOf(value, texts.syncs.value);
  return <span className={isBlank(value) ? 'value quiet blank' : 'value'}>{text}</span>;
}
