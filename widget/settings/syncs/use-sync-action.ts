import { useMutation, useQueryClient } from '@tanstack/react-query';
import { OVERVIEW_KEY } from '../integrations/overview-queries.ts';
import { SYNC_KEYS } from './sync-keys.ts';

/** Something that a person does to a sync: everything shown of syncs is read again after it. */
export function useSyncAction<Wish = void, Result = unknown>(act: (wish: Wish) => Promise<Result>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: SYNC_KEYS.changing }),
        queries.invalidateQueries({ queryKey: OVERVIEW_KEY }),
      ]),
  });
}
