import { day, moment, money } from '../page/format.ts';
import { html, type Part } from '../page/html.ts';
import type { View } from '../page/view.ts';
import type { Field } from '../zoho-crm/field.ts';
import { isTab } from './modules.ts';

/** A field's value as the CRM's screens write it. @param record the values beside it: amounts need their currency. */
export function shownValue(
  view: View,
  field: Field | undefined,
  value: unknown,
  record: Readonly<Record<string, unknown>>,
): Part {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'object') {
    if (Array.isArray(value)) return value.map(String).join(', ');
    if (!('name' in value)) return JSON.stringify(value);
    const { name, id } = value as { name: string; id?: string };
    return field?.type === 'lookup' && field.lookup && isTab(field.lookup)
      ? html`<a href="${view.to(`/crm/${field.lookup}/${id}`)}">${name}</a>`
      : name;
  }
  if (typeof value === 'boolean') return value ? view.t('yes', 'oui') : view.t('no', 'non');
  if (field?.type === 'currency') return money(view, Number(value), String(record.Currency ?? 'EUR'));
  if (field?.type === 'date') return day(view, String(value));
  if (field?.type === 'datetime') return moment(view, String(value));
  return String(value);
}
