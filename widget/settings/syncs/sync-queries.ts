import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SyncPreviewKind, SyncRecordState, SyncSummary } from '../../../server/api/contract.ts';
import { ApiError, call } from '../../api/client.ts';
import { SYNC_KEYS } from './sync-keys.ts';

/** Fields are asked of two vendors: not at every look. */
const FIELDS_STALE_MS = 300_000;
/** Besides what the live line tells: a bar that moves must not stop because the line is lost. */
const BUSY_LOOK_MS = 2_500;

const BUSY: ReadonlySet<SyncSummary['phase']> = new Set(['previewing', 'applying', 'undoing']);
export const isBusy = ({ phase }: Pick<SyncSummary, 'phase'>): boolean => BUSY.has(phase);

const isSync = <One extends { readonly kind: string }>(one: One): one is Extract<One, { kind: 'sync' }> =>
  one.kind === 'sync';

/** An address may name an integration that is no sync: to this screen there is none of that id. */
export function demandSync<One extends { readonly kind: string }>(one: One): Extract<One, { kind: 'sync' }> {
  if (!isSync(one)) throw new ApiError(null);
  return one;
}

export const syncList = () =>
  queryOptions({
    queryKey: SYNC_KEYS.list,
    queryFn: async () => ({ syncs: (await call('listIntegrations')).integrations.filter(isSync) }),
    refetchInterval: ({ state }) => (state.data?.syncs.some(isBusy) ? BUSY_LOOK_MS : false),
  });

export const openAlerts = () =>
  queryOptions({ queryKey: SYNC_KEYS.alerts, queryFn: () => call('listAlerts') });

export const oneSync = (id: string) =>
  queryOptions({
    queryKey: SYNC_KEYS.one(id),
    // Held as the set-up pages hold it, whatever its kind.
    queryFn: () => call('getIntegration', { params: { id } }),
    select: demandSync,
    refetchInterval: ({ state }) =>
      state.data?.kind === 'sync' && isBusy(state.data) ? BUSY_LOOK_MS : false,
  });

export const syncPreview = (id: string) =>
  queryOptions({
    queryKey: SYNC_KEYS.preview(id),
    queryFn: () => call('getSyncPreview', { params: { id } }),
  });

export const syncPasses = (id: string) =>
  queryOptions({
    queryKey: SYNC_KEYS.passes(id),
    queryFn: () => call('listSyncPasses', { params: { id } }),
  });

/** @param options as JSON, saved or not; undefined: the saved ones, whichever they are. */
export const syncFields = (id: string, options?: string) =>
  queryOptions({
    queryKey: SYNC_KEYS.fields(id, options ?? ''),
    queryFn: () => call('listSyncFields', { params: { id }, query: { options } }),
    staleTime: FIELDS_STALE_MS,
    placeholderData: keepPreviousData,
  });

export interface RecordFilter {
  readonly state?: SyncRecordState | undefined;
  readonly search?: string | undefined;
}

export const syncRecords = (id: string, filter: RecordFilter) =>
  infiniteQueryOptions({
    queryKey: SYNC_KEYS.records(id, filter),
    queryFn: ({ pageParam }) =>
      call('listSyncRecords', {
        params: { id },
        query: { ...filter, limit: 50, cursor: pageParam ?? undefined },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export interface PreviewFilter {
  readonly kind?: SyncPreviewKind | undefined;
  readonly search?: string | undefined;
}

export const previewRecords = (id: string, filter: PreviewFilter) =>
  infiniteQueryOptions({
    queryKey: SYNC_KEYS.previewRecords(id, filter),
    queryFn: ({ pageParam }) =>
      call('listSyncPreviewRecords', {
        params: { id },
        query: { ...filter, limit: 50, cursor: pageParam ?? undefined },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const oneLink = (id: string, link: string) =>
  queryOptions({
    queryKey: SYNC_KEYS.link(id, link),
    queryFn: () => call('getSyncLink', { params: { id, link } }),
  });
