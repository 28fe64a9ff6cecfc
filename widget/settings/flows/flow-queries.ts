import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

export const FLOW_KEY = ['flows'] as const;

/** What a vendor offers for one setting, as the rest of the form stands. */
export function settingOffers(id: string, setting: string, form: Readonly<Record<string, unknown>>) {
  const settings = JSON.stringify(form);
  return queryOptions({
    queryKey: ['offers', id, setting, settings],
    queryFn: () => call('listSettingOffers', { params: { id, setting }, query: { settings } }),
    staleTime: 30_000,
    retry: false,
  });
}

/** What the flow would send, as the form stands. */
export function flowPreview(id: string, settings: Record<string, unknown>) {
  return queryOptions({
    queryKey: ['preview', id, JSON.stringify(settings)],
    queryFn: () => call('previewFlow', { params: { id }, body: { settings } }),
    staleTime: 30_000,
    retry: false,
  });
}

export const flowList = () => queryOptions({ queryKey: FLOW_KEY, queryFn: () => call('listFlows') });
