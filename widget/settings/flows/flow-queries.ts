import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

/** Integrations of every kind. */
export const FLOW_KEY = ['integrations'] as const;

export const CATALOGUE_KEY = ['catalogue'] as const;

/** What can be set up, and with which accounts. */
export const catalogue = () =>
  queryOptions({
    queryKey: CATALOGUE_KEY,
    queryFn: () => call('listFlows'),
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
