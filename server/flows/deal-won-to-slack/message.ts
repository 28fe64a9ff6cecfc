import { formatNumber } from '../../core/format.ts';
import { fillTemplate } from '../../core/template.ts';

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

/**
 * Slack reads `&`, `<` and `>` as markup: in what comes from a record they are text.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The admin's template, filled from the deal. The template itself may hold Slack's markup; values may not. */
export function dealText(template: string, deal: Readonly<Record<string, unknown>>, locale: string): string {
  return fillTemplate(template, (place) => {
    const text = fieldText(deal[place], locale);
    return text === null ? null : escaped(text);
  });
}
