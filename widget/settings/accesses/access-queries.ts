import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

const KEY = ['accesses'] as const;

export const accessList = () =>
  queryOptions({
    queryKey: KEY,
    queryFn: () => call('listAccesses'),
    // Whoever comes back from the other application's tab has allowed something there.
    refetchOnWindowFocus: 'always',
  });

/** Ends an access; what is shown of them is read anew whatever came of it. */
export function useEndAccess(access: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call('endAccess', { params: { access } }),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
