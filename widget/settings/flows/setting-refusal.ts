import type { Texts } from '../../language/english.ts';
import { columnPairs } from './column-pairs.ts';
import type { SettingField } from './setting-fields.ts';

/** What can be said against a value before it is sent; undefined: nothing. The server has the last word. */
export function settingRefusal(
  { kind, required }: SettingField,
  value: unknown,
  words: Texts['flows'],
  number: (value: number) => string,
): string | undefined {
  if (kind.type === 'columns') {
    const isUnfinished = columnPairs(value).some(
      (pair) => pair.header.trim() === '' || pair.field.trim() === '',
    );
    return isUnfinished ? words[kind.of].unfinished : undefined;
  }
  if (kind.type !== 'number') {
    const length = typeof value === 'string' ? value.trim().length : 0;
    if (kind.type === 'text' && kind.maxLength !== undefined && length > kind.maxLength)
      return words.tooLong(number(kind.maxLength));
    const isBlank = typeof value !== 'string' || value.trim() === '';
    return required && isBlank && kind.type !== 'boolean' && kind.type !== 'other'
      ? words.required
      : undefined;
  }
  if (value === undefined || value === null || value === '') return words.required;
  if (typeof value !== 'number' || Number.isNaN(value)) return words.notNumber;
  if (kind.step === 1 && !Number.isInteger(value)) return words.notWhole;
  if (kind.min !== undefined && value < kind.min) return words.least(number(kind.min));
  if (kind.max !== undefined && value > kind.max) return words.most(number(kind.max));
  return undefined;
}
