import type { Texts } from '../../language/english.ts';
import { unfitNumber } from '../../pieces/unfit-number.ts';
import type { SettingField } from './setting-fields.ts';

/** What can be told of a value before the server is asked: the sentence for it, or undefined. */
export function unfitValue(field: SettingField, value: unknown, texts: Texts): string | undefined {
  const words = texts.flows.unfit;
  const { kind } = field;
  if (kind.type === 'text') {
    const text = typeof value === 'string' ? value.trim() : '';
    if (field.required && text === '') return texts.flows.required;
    if (kind.maxLength !== undefined && text.length > kind.maxLength) return words.long(kind.maxLength);
  }
  if (kind.type === 'number') return unfitNumber(kind, value, texts);
  return undefined;
}
