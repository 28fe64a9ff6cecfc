import { LONGEST_LINE } from './metadata.ts';
import type { ColumnRow, Value } from './rows.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

function isMoment(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return moment.toISOString().slice(0, 19).replace('T', ' ') === text;
}

const READERS: Readonly<Partial<Record<ColumnRow['type'], (text: string) => string | null>>> = {
  NUMBER: (text) => (/^-?\d{1,19}$/.test(text) ? text : null),
  POSITIVE_NUMBER: (text) => (/^\d{1,19}$/.test(text) ? text : null),
  DECIMAL_NUMBER: (text) => (/^-?\d+(\.\d+)?$/.test(text) ? text : null),
  CURRENCY: (text) => (/^-?\d+(\.\d+)?$/.test(text) ? text : null),
  PERCENT: (text) => (/^-?\d+(\.\d+)?$/.test(text) ? text : null),
  DATE: (text) => (isMoment(text) ? text : null),
  BOOLEAN: (text) => (/^(true|false)$/i.test(text) ? text.toLowerCase() : null),
};

const WORDS: Readonly<Partial<Record<ColumnRow['type'], string>>> = {
  NUMBER: 'Invalid Number value',
  POSITIVE_NUMBER: 'Invalid Positive Number value',
  DECIMAL_NUMBER: 'Invalid Decimal Number value',
  CURRENCY: 'Invalid Currency value',
  PERCENT: 'Invalid Percent value',
  DATE: 'Invalid Date value',
  BOOLEAN: 'Invalid Decision Box value',
};

/** What a column keeps of a text, or why it takes it not: with `dateFormat` told, no other form of a day is read. */
export function storedValue(
  text: string,
  { type, mandatory }: ColumnRow,
): { value: Value } | { refused: string } {
  if (text === '') return mandatory ? { refused: 'Mandatory column has no value' } : { value: null };
  const read = READERS[type];
  if (read === undefined)
    return type === 'PLAIN' && text.length > LONGEST_LINE
      ? { refused: 'Value exceeds the maximum size of the column' }
      : { value: text };
  const value = read(text);
  return value === null ? { refused: WORDS[type] ?? 'Invalid value' } : { value };
}
