import { queryOptions } from '@tanstack/react-query';
import type { WhyQuery } from '../../server/api/contract.ts';
import { call } from '../api/client.ts';

export const WHY_KEY = ['why'] as const;

/** Why something was done of whatever goes by a text, or of one record. */
export const whyOf = (query: WhyQuery) =>
  queryOptions({
    queryKey: [...WHY_KEY, 'of', query.object ?? null, query.record] as const,
    queryFn: () => call('why', { query }),
  });

export const recordsFound = (search: string) =>
  queryOptions({
    queryKey: [...WHY_KEY, 'records', search] as const,
    queryFn: () => call('findRecords', { query: { search } }),
  });
