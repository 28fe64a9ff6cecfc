import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { CATALOGUE_KEY, FLOW_KEY } from '../flows/flow-queries.ts';

const HEALTH_LOOK_MS = 10_000;
const CONNECTION_KEY = ['connections'] as const;
const LIST_KEY = [...CONNECTION_KEY, 'list'] as const;

export const connectionList = () =>
  queryOptions({
    queryKey: LIST_KEY,
    queryFn: () => call('listConnections'),
    // Whoever comes back from a vendor's tab has connected something there.
    refetchOnWindowFocus: 'always',
    // How a connection goes changes under whoever looks at it.
    refetchInterval: HEALTH_LOOK_MS,
  });

/** What depends on a connection, asked anew each time somebody is about to touch it. */
export const connectionEffects = (id: string) =>
  queryOptions({
    queryKey: [...CONNECTION_KEY, 'effects', id],
    queryFn: () => call('connectionEffects', { params: { id } }),
    staleTime: 0,
    gcTime: 0,
  });

/** A change of a connection; flows are read again, since what they need may be there or gone now. */
export function useConnectionChange<Input>(change: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    async onSuccess() {
      void queries.invalidateQueries({ queryKey: FLOW_KEY });
      void queries.invalidateQueries({ queryKey: CATALOGUE_KEY });
      await queries.invalidateQueries({ queryKey: LIST_KEY });
    },
  });
}
