import { formatNumber } from '../../core/format.ts';

/** One field of a CRM record as people read it: numbers by locale, lookups and owners by their name. */
export function fieldText(value: unknown, locale: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return formatNumber(value, locale);
  if (Array.isArray(value)) return value.map((item) => fieldText(item, locale) ?? '').join(', ');
  if (typeof value === 'object') {
    const name = (value as Record<string, unknown>).name;
    return typeof name === 'string' ? name : null;
  }
  return String(value);
}
