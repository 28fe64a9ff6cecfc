import { useMutation, useQueryClient } from '@tanstack/react-query';
import { SYNC_KEYS } from './sync-keys.ts';

/** Something that a person does to a sync: everything shown of syncs is read again after it. */
export function useSyncAction<Wish = void, Result = unknown>(act: (wish: Wish) => Promise<Result>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queries.invalidateQueries({ queryKey: SYNC_KEYS.changing }),
  });
}
