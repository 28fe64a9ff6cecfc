import { ME } from './filter/me.ts';
import type { Side } from './sync/mapping.ts';
import type { SideFilter, SyncFilter } from './sync/side-filter.ts';

/**
 * Only the records that belong to whose own the integration is. What is given to somebody else stays where it was
 * carried to, and nothing of it is carried over any more.
 *
 * @param field that says whose a record is.
 */
export function ownedByMe(side: Side, field: string): SyncFilter {
  const own: SideFilter = {
    filter: { all: [{ field, is: 'equals', value: ME }] },
    fields: [{ name: field, kind: 'person', titles: { en: 'Owner', fr: 'Propriétaire' }, user: true }],
  };
  return { left: null, right: null, [side]: own, leaving: 'kept' };
}
