import type { FieldValue } from '../../core/sync-object.ts';
import type { Entry } from './entries.ts';

/** `1991-02-14`; null for a birthday without its year, which is no date. */
export function readBirthday({ date }: Entry): FieldValue {
  if (typeof date !== 'object' || date === null || Array.isArray(date)) return null;
  const { year, month, day } = date as Readonly<Record<string, FieldValue>>;
  if (!year || !month || !day) return null;
  const padded = (part: FieldValue, width: number): string => String(part).padStart(width, '0');
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

export function writeBirthday(_entry: Entry, value: FieldValue): Entry {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(typeof value === 'string' ? value : '');
  if (parts === null) return {};
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  return { date: { year, month, day } };
}
