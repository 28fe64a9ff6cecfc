import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query';
import type { RunFilter, RunState, RunSummary, RunsPage } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { mergeRun } from './merge-run.ts';

/** What the log asks for: the contract's filter and a state. */
export type LogFilter = RunFilter & { readonly state?: RunState | undefined };

export const RUN_KEYS = {
  all: ['runs'] as const,
  lists: ['runs', 'list'] as const,
  counts: ['runs', 'counts'] as const,
  one: (id: string) => ['runs', 'one', id] as const,
};

export const runList = (filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: [...RUN_KEYS.lists, filter] as const,
    queryFn: ({ pageParam }) =>
      call('listRuns', { query: { ...filter, limit: 50, cursor: pageParam ?? undefined } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const runCountsOf = ({ state: _state, ...filter }: LogFilter) =>
  queryOptions({
    queryKey: [...RUN_KEYS.counts, filter] as const,
    queryFn: () => call('countRuns', { query: filter }),
    placeholderData: keepPreviousData,
  });

export const oneRun = (id: string) =>
  queryOptions({ queryKey: RUN_KEYS.one(id), queryFn: () => call('getRun', { params: { id } }) });

/** Writes changed runs into every list that is held, each under its own filter. */
export function applyToLists(queries: QueryClient, changed: readonly RunSummary[]): void {
  const lists = queries.getQueriesData<InfiniteData<RunsPage, string | null>>({ queryKey: RUN_KEYS.lists });
  for (const [key, held] of lists) {
    if (!held) continue;
    const filter = key[2] as LogFilter;
    const pages = changed.reduce<readonly RunsPage[]>((now, run) => mergeRun(now, run, filter), held.pages);
    if (pages !== held.pages) queries.setQueryData(key, { ...held, pages: [...pages] });
  }
}
