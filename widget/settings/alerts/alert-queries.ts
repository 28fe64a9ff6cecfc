import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { AlertDestinationWish, AlertSettings } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { SYNC_KEYS } from '../syncs/sync-keys.ts';

const SETTINGS_KEY = ['alerts', 'settings'] as const;
/** The server compares what is wrong with what it has told every few seconds. */
const LOOK_MS = 10_000;
/** Places are asked of vendors: not at every look. */
const PLACES_STALE_MS = 300_000;

export const allAlerts = () =>
  queryOptions({
    queryKey: SYNC_KEYS.alerts,
    queryFn: () => call('listAlerts'),
    refetchInterval: LOOK_MS,
  });

export const alertSettings = () =>
  queryOptions({ queryKey: SETTINGS_KEY, queryFn: () => call('getAlertSettings') });

export const alertPlaces = () =>
  queryOptions({
    queryKey: ['alerts', 'places'] as const,
    queryFn: () => call('listAlertPlaces'),
    staleTime: PLACES_STALE_MS,
  });

export type Destination = AlertSettings['destinations'][number];

/** A destination as the API takes it. */
export const wishOf = (destination: Destination): AlertDestinationWish =>
  destination.kind === 'email'
    ? { email: destination.email }
    : { connector: destination.connector.id, target: destination.target };

export const keyOf = (destination: Destination): string => JSON.stringify(wishOf(destination));

/** Saves where alerts go; the answer is what is shown from then on. */
export function useDestinations() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (destinations: readonly AlertDestinationWish[]) =>
      call('setAlertSettings', { body: { destinations: [...destinations] } }),
    onSuccess: (saved) => queries.setQueryData(SETTINGS_KEY, saved),
  });
}

/** Sends a test; how it ended is kept with the place. */
export function useTestAlert() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: AlertDestinationWish) => call('testAlert', { body }),
    onSettled: () => queries.invalidateQueries({ queryKey: SETTINGS_KEY }),
  });
}
