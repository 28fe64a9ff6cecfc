import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

/**
 * What an integration can be tried on, and what stands in its source where that is polled.
 *
 * @param unsaved what stands in its form and is not saved; null: nothing.
 */
export function tryRecords(
  integration: string,
  search: string,
  unsaved: Readonly<Record<string, unknown>> | null,
) {
  const settings = unsaved === null ? undefined : JSON.stringify(unsaved);
  return queryOptions({
    queryKey: ['tries', integration, search, settings ?? ''],
    queryFn: () =>
      call('listTryRecords', {
        params: { id: integration },
        query: { ...(search !== '' && { search }), ...(settings !== undefined && { settings }) },
      }),
    retry: false,
  });
}
