import { fullName, users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import {
  notionTables,
  type PageRow,
  type PropertyRow,
  type StoredDate,
  type StoredFile,
  userIdOf,
} from './rows.ts';
import { titleOf } from './views.ts';

/** A value as Notion's table shows it. */
export function shownValue(desk: VendorDesk, property: PropertyRow, page: PageRow): string {
  const value = page.values[property.id];
  if (value === undefined || value === null) return '';
  const named = (id: string): string => property.options?.find((one) => one.id === id)?.name ?? id;
  const ids = Array.isArray(value) ? (value as readonly string[]) : [];
  switch (property.type) {
    case 'rich_text':
      return ids.join('');
    case 'select':
    case 'status':
      return named(String(value));
    case 'multi_select':
      return ids.map(named).join(', ');
    case 'people':
      return ids.map((id) => fullName(users.find(({ key }) => userIdOf(key) === id)) ?? id).join(', ');
    case 'relation':
      return ids
        .flatMap((id) => notionTables(desk).pages.get(id) ?? [])
        .map(titleOf)
        .join(', ');
    case 'files':
      return (value as readonly StoredFile[]).map(({ name }) => name).join(', ');
    case 'date':
      return (value as StoredDate).start;
    case 'checkbox':
      return value === true ? '✓' : '';
    default:
      return String(value);
  }
}
