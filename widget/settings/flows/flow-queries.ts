import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const FLOW_KEY = ['flows'] as const;

export const flowList = () => queryOptions({ queryKey: FLOW_KEY, queryFn: () => call('listFlows') });
