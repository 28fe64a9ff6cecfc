import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { IntegrationChange } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { CATALOGUE_KEY, FLOW_KEY } from '../flows/flow-queries.ts';
import { SYNC_KEYS } from '../syncs/sync-keys.ts';
import { isBusy } from '../syncs/sync-queries.ts';

/** Besides what the live line tells: a bar that moves must not stop because the line is lost. */
const BUSY_LOOK_MS = 2_500;

/** One integration, whatever its kind; what changes syncs changes it too. */
export const oneIntegration = (id: string) =>
  queryOptions({
    queryKey: SYNC_KEYS.one(id),
    queryFn: () => call('getIntegration', { params: { id } }),
    refetchInterval: ({ state }) =>
      state.data?.kind === 'sync' && isBusy(state.data) ? BUSY_LOOK_MS : false,
  });

/** Changes it; what is shown of it anywhere is read again. */
export function useSetupChange(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: IntegrationChange) => call('setIntegration', { params: { id }, body }),
    onSuccess(changed) {
      queries.setQueryData(oneIntegration(id).queryKey, changed);
      void queries.invalidateQueries({ queryKey: FLOW_KEY, exact: true });
      void queries.invalidateQueries({ queryKey: SYNC_KEYS.changing });
      void queries.invalidateQueries({ queryKey: CATALOGUE_KEY });
      // What vendors are asked for depends on the accounts and on the settings.
      for (const about of ['tries', 'offers', 'filter-fields', 'filter-count'])
        void queries.invalidateQueries({ queryKey: [about, id] });
    },
  });
}
