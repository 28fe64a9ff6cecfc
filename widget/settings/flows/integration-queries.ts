import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { IntegrationChange } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { OVERVIEW_KEY } from '../integrations/overview-queries.ts';
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
      queries.invalidateQueries({ queryKey: OVERVIEW_KEY }),
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

/** Sets a further one up as this one is set; the wish is named, so that sent twice it makes one copy. */
export function useCopy(id: string) {
  const again = useListsAgain();
  return useMutation({
    mutationFn: (onceBy: string) => call('copyIntegration', { params: { id }, body: {}, onceBy }),
    onSuccess: again,
  });
}
