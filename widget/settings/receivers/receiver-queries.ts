import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { DispatchesQuery } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';

const KEY = ['receivers'] as const;
/** What is sent is tried within a second or two. */
const LOOK_MS = 4_000;

export const allReceivers = () =>
  queryOptions({ queryKey: KEY, queryFn: () => call('listReceivers'), refetchInterval: LOOK_MS });

export const dispatchesOf = (receiver: string, query: DispatchesQuery) =>
  queryOptions({
    queryKey: [...KEY, receiver, 'log', query.state ?? '', query.cursor ?? ''],
    queryFn: () => call('listReceiverDispatches', { params: { receiver }, query }),
    refetchInterval: LOOK_MS,
  });

/** A change of a receiver, after which all that is shown of them is read anew. */
export function useReceiverAction<Wish, Result>(change: (wish: Wish) => Promise<Result>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
