import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Group } from '../../../../server/core/filter/filter.ts';
import { call } from '../../../api/client.ts';

/** What conditions are about. */
export interface FilterAbout {
  readonly integration: string;
  /** Of a sync, whose records. */
  readonly side?: 'left' | 'right';
  /** What stands in the form and may not be saved. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const keyOf = ({ integration, side, settings }: FilterAbout) =>
  [integration, side ?? '', JSON.stringify(settings ?? {})] as const;

/** What conditions can be built from, as the rest of the form stands. */
export function filterFields(about: FilterAbout) {
  const { integration: id, side, settings } = about;
  return queryOptions({
    queryKey: ['filter-fields', ...keyOf(about)],
    queryFn: () =>
      call('listFilterFields', {
        params: { id },
        query: { ...(settings && { settings: JSON.stringify(settings) }), ...(side && { side }) },
      }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** How many records fit now. */
export function filterCount(about: FilterAbout, filter: Group) {
  const { integration: id, side, settings } = about;
  return queryOptions({
    queryKey: ['filter-count', ...keyOf(about), JSON.stringify(filter)],
    queryFn: () =>
      call('countFiltered', {
        params: { id },
        body: { filter, ...(settings && { settings: { ...settings } }), ...(side && { side }) },
      }),
    staleTime: 10_000,
    retry: false,
  });
}
