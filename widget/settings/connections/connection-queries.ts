import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Answer, Connection } from '../../../server/api/contract.ts';
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
export const connectionEffects = (connector: string) =>
  queryOptions({
    queryKey: [...CONNECTION_KEY, 'effects', connector],
    queryFn: () => call('connectionEffects', { params: { connector } }),
    staleTime: 0,
    gcTime: 0,
  });

/** A change of one connection; flows are read again, since what they need may be there or gone now. */
export function useConnectionChange<Input>(change: (input: Input) => Promise<Connection>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess(changed) {
      queries.setQueryData(LIST_KEY, (held: Answer<'listConnections'> | undefined) =>
        held
          ? {
              connections: held.connections.map((one) =>
                one.connector.id === changed.connector.id ? changed : one,
              ),
            }
          : undefined,
      );
      void queries.invalidateQueries({ queryKey: FLOW_KEY });
      void queries.invalidateQueries({ queryKey: CATALOGUE_KEY });
    },
  });
}
