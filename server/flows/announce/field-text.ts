import { formatNumber, formatTime, type Writing } from '../../core/format.ts';

/**
 * One field of a CRM record as people read it: numbers by locale, days and moments in words and by the
 * organisation's clocks, lookups and owners by their name.
 */
export function fieldText(value: unknown, writing: Writing): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return formatNumber(value, writing.locale);
  if (typeof value === 'string') return formatTime(value, writing.locale, writing.timeZone) ?? value;
  if (Array.isArray(value)) return value.map((item) => fieldText(item, writing) ?? '').join(', ');
  if (typeof value === 'object') {
    const name = (value as Record<string, unknown>).name;
    return typeof name === 'string' ? name : null;
  }
  return String(value);
}
