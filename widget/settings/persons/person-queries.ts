import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

const ALL = ['persons'] as const;
/** What is under way is seen to go on. */
const LOOK_MS = 5_000;

export const ownPersonal = () =>
  queryOptions({
    queryKey: [...ALL, 'own'],
    queryFn: () => call('getPersonal', { query: {} }),
    refetchInterval: LOOK_MS,
  });

export const allPersons = () =>
  queryOptions({ queryKey: [...ALL, 'all'], queryFn: () => call('listPersons'), refetchInterval: LOOK_MS });

export const allTemplates = () =>
  queryOptions({
    queryKey: [...ALL, 'templates'],
    queryFn: () => call('listTemplates'),
    refetchInterval: LOOK_MS,
  });

/** Does something of persons or templates; what is shown of them is asked for again. */
export function usePersonAction<Wish>(act: (wish: Wish) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queries.invalidateQueries({ queryKey: ALL }),
  });
}
