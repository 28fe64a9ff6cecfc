import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

/** Integrations of every kind. */
export const FLOW_KEY = ['integrations'] as const;

const CATALOGUE_STALE_MS = 3_600_000;

/** What can be set up. It changes with Liaison itself only. */
export const catalogue = () =>
  queryOptions({
    queryKey: ['catalogue'],
    queryFn: () => call('listFlows'),
    staleTime: CATALOGUE_STALE_MS,
  });

export const integrationList = () =>
  queryOptions({ queryKey: FLOW_KEY, queryFn: () => call('listIntegrations') });

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

/** Integrations of automations. */
export const flowList = () =>
  queryOptions({
    queryKey: FLOW_KEY,
    queryFn: () => call('listIntegrations'),
    select: ({ integrations }) => ({ flows: integrations.filter((one) => one.kind === 'automation') }),
  });
