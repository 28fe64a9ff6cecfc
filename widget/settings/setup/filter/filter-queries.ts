import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Group } from '../../../../server/core/filter/filter.ts';
import { call } from '../../../api/client.ts';

type Values = Readonly<Record<string, unknown>>;

/** What conditions can be built from, as the rest of the form stands. */
export function filterFields(id: string, settings: Values) {
  const form = JSON.stringify(settings);
  return queryOptions({
    queryKey: ['filter-fields', id, form],
    queryFn: () => call('listFilterFields', { params: { id }, query: { settings: form } }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** How many records fit now. */
export function filterCount(id: string, filter: Group, settings: Values) {
  return queryOptions({
    queryKey: ['filter-count', id, JSON.stringify(filter), JSON.stringify(settings)],
    queryFn: () => call('countFiltered', { params: { id }, body: { filter, settings: { ...settings } } }),
    staleTime: 10_000,
    retry: false,
  });
}
