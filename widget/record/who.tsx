import { useQuery } from '@tanstack/react-query';
import type { Me } from '../../server/api/contract.ts';
import { call } from '../api/client.ts';

/** Who looks, once it is known. Nothing waits for it: until then nobody is an admin. */
export function useWho(): Me | undefined {
  return useQuery({
    queryKey: ['me'],
    queryFn: () => call('me'),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}
