import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { RUN_KEYS } from '../log/run-queries.ts';

/** Among the counts, so that it is read again when they are. */
export const OVERVIEW_KEY = [...RUN_KEYS.counts, 'integrations'] as const;

/** Every integration in one line. */
export const overview = () =>
  queryOptions({ queryKey: OVERVIEW_KEY, queryFn: () => call('integrationOverview') });
