import type { FilterPlace, KeptFilter } from '../../core/filter/filter.ts';
import { filterText } from '../../core/filter/filter-words.ts';
import type { Organisation } from '../../core/flow.ts';
import type { Flow } from '../contract.ts';
import { versionOf } from '../flows/settings-version.ts';

/** A filter as the API shows it. */
export const filterView = (
  kept: KeptFilter | null | undefined,
  place: FilterPlace,
): Pick<Flow, 'filter' | 'filterTakes' | 'filterWords' | 'filterVersion'> => {
  const shown = { filter: kept?.filter ?? null, filterTakes: kept?.takes ?? null };
  return { ...shown, filterWords: kept ? filterText(kept, place) : null, filterVersion: versionOf(shown) };
};

/** By whose calendar and in whose currency an organisation's filters are read. */
export const placeOf = (
  organisation: Pick<Organisation, 'timeZone' | 'currency'> | null,
  now: Date,
): FilterPlace => ({
  timeZone: organisation?.timeZone ?? 'UTC',
  currency: organisation?.currency ?? 'EUR',
  now,
});
