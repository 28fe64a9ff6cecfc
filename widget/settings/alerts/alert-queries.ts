import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { AlertDestinationWish, AlertSettings } from '../../../server/api/contract.ts';
import { call } from '../../api/client.ts';
import { savedMeanwhile } from '../drafts/changed-meanwhile.ts';
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
    : {
        connector: destination.connector.id,
        target: destination.target,
        ...(destination.connection !== null && { connection: destination.connection }),
      };

export const keyOf = (destination: Destination): string => JSON.stringify(wishOf(destination));

/** What becomes of the places where alerts go. */
export type DestinationChange = (all: readonly Destination[]) => AlertDestinationWish[];

const MOST_TRIES = 4;

/**
 * Changes where alerts go; the answer is what is shown from then on. What somebody else chose meanwhile stays:
 * the change is made on what holds by then.
 */
export function useDestinations() {
  const queries = useQueryClient();
  return useMutation({
    async mutationFn(change: DestinationChange) {
      for (let tries = 1; ; tries += 1) {
        const staleTime = tries === 1 ? Number.POSITIVE_INFINITY : 0;
        const { destinations, version } = await queries.fetchQuery({ ...alertSettings(), staleTime });
        try {
          const body = { destinations: change(destinations), basedOn: version };
          return await call('setAlertSettings', { body });
        } catch (error) {
          if (savedMeanwhile(error) === null || tries === MOST_TRIES) throw error;
        }
      }
    },
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
