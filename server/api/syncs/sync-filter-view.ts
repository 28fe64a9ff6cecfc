import type { FilterPlace } from '../../core/filter/filter.ts';
import { filterText } from '../../core/filter/filter-words.ts';
import type { SideFilter, SyncFilter } from '../../core/sync/side-filter.ts';
import type { SyncSummary } from '../contract.ts';
import { versionOf } from '../flows/settings-version.ts';

/** The filter of a sync as the API shows it. */
export function syncFilterView(
  kept: SyncFilter | null,
  place: FilterPlace,
): Pick<SyncSummary, 'filter' | 'filterWords' | 'filterVersion'> {
  if (kept === null) return { filter: null, filterWords: null, filterVersion: versionOf(null) };
  const { left, right } = kept;
  const words = (one: SideFilter | null) => (one ? filterText(one, place) : null);
  const filter = { left: left?.filter ?? null, right: right?.filter ?? null, leaving: kept.leaving };
  return {
    filter,
    filterWords: { left: words(left), right: words(right) },
    filterVersion: versionOf(filter),
  };
}
