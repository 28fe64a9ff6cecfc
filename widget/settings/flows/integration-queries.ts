import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { IntegrationChange } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { SYNC_KEYS } from '../syncs/sync-keys.ts';
import { CATALOGUE_KEY, FLOW_KEY } from './flow-queries.ts';

/** What deleting would end and what would stay, asked anew each time somebody is about to do it. */
export const integrationEffects = (id: string) =>
  queryOptions({
    queryKey: [...FLOW_KEY, 'effects', id],
    queryFn: () => call('integrationEffects', { params: { id } }),
    staleTime: 0,
    gcTime: 0,
  });

/** Whatever was changed: lists of every kind are read again. */
function useListsAgain() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: FLOW_KEY, exact: true }),
      queries.invalidateQueries({ queryKey: SYNC_KEYS.changing }),
      queries.invalidateQueries({ queryKey: CATALOGUE_KEY }),
    ]);
}

export interface NewIntegration {
  readonly flow: string;
  readonly name: string;
  readonly connections: Readonly<Record<string, string>>;
}

/** @param onceBy names the wish: sent twice, it makes one integration. */
export function useMake(onceBy: string) {
  const again = useListsAgain();
  return useMutation({
    mutationFn: ({ name, ...wish }: NewIntegration) =>
      call('makeIntegration', { body: { ...wish, name: name === '' ? null : name }, onceBy }),
    onSuccess: again,
  });
}

export function useEdit(id: string) {
  const again = useListsAgain();
  return useMutation({
    mutationFn: (body: IntegrationChange) => call('setIntegration', { params: { id }, body }),
    onSuccess: again,
  });
}

export function useRemove(id: string) {
  const again = useListsAgain();
  return useMutation({
    mutationFn: () => call('deleteIntegration', { params: { id } }),
    onSuccess: again,
  });
}
