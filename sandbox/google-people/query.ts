import type { Query } from '../google/query.ts';
import { badRequest, GoogleRefusal } from '../google/refusal.ts';

/** Values that a parameter may have. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  requestSyncToken: ['true', 'false'],
  sortOrder: [
    'LAST_MODIFIED_ASCENDING',
    'LAST_MODIFIED_DESCENDING',
    'FIRST_NAME_ASCENDING',
    'LAST_NAME_ASCENDING',
  ],
  sources: [
    'READ_SOURCE_TYPE_UNSPECIFIED',
    'READ_SOURCE_TYPE_PROFILE',
    'READ_SOURCE_TYPE_CONTACT',
    'READ_SOURCE_TYPE_DOMAIN_CONTACT',
    'READ_SOURCE_TYPE_OTHER_CONTACT',
  ],
};

/** How many a page may hold. 0 and nothing mean the default. */
export function pageSizeOf(query: Query, usual: number, most: number): number {
  const text = query.one('pageSize') ?? '0';
  const size = Number(text);
  if (!/^-?\d+$/.test(text)) throw badRequest([`Invalid value at 'page_size' (TYPE_INT32), "${text}"`]);
  if (size < 0 || size > most)
    throw new GoogleRefusal(400, `pageSize must be between 1 and ${most}, inclusive.`);
  return size === 0 ? usual : size;
}
