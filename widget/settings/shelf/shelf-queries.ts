import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { RUN_KEYS } from '../log/run-queries.ts';
import { SYNC_KEYS } from '../syncs/sync-keys.ts';

/** Among the counts, so that it is read again when they are. */
export const SHELF_KEY = [...RUN_KEYS.counts, 'shelf'] as const;

export const wholeShelf = () => queryOptions({ queryKey: SHELF_KEY, queryFn: () => call('getShelf') });

/** Tries again what is of one integration, or everything. */
export function useRetry() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (integration: string | undefined) => call('retryShelf', { body: { integration } }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: RUN_KEYS.all }),
        queries.invalidateQueries({ queryKey: SYNC_KEYS.changing }),
      ]),
  });
}
