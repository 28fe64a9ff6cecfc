import type { Side } from '../../core/sync/mapping.ts';
import type {
  CopyWish,
  FilterCountWish,
  IntegrationChange,
  IntegrationWish,
  TryQuery,
  TryWish,
} from '../contract.ts';
import type { FlowServices } from '../flows/flow-services.ts';
import type { Handler } from '../handlers.ts';
import { readForm } from '../read-form.ts';
import type { SyncServices } from '../syncs/sync-services.ts';
import type { IntegrationServices } from './integration-services.ts';
import type { TryServices } from './try-services.ts';

type IntegrationRoute =
  | 'listFlows'
  | 'listIntegrations'
  | 'integrationOverview'
  | 'copyIntegration'
  | 'makeIntegration'
  | 'getIntegration'
  | 'setIntegration'
  | 'deleteIntegration'
  | 'integrationEffects'
  | 'listSettingOffers'
  | 'previewFlow'
  | 'listFilterFields'
  | 'countFiltered'
  | 'countFilteredOfFlow'
  | 'integrationHistory'
  | 'listTryRecords'
  | 'tryIntegration';

const text = (value: unknown): string => String(value);

/** What the catalogue's route does, and each route about integrations that is not about syncs alone. */
export function integrationHandlersOf(
  integrations: IntegrationServices,
  flows: FlowServices,
  tries: TryServices,
  syncs: SyncServices,
): Record<IntegrationRoute, Handler> {
  return {
    async listFlows({ session }) {
      return { flows: await integrations.offered(session) };
    },
    async listIntegrations({ session }) {
      return { integrations: await integrations.list(session) };
    },
    integrationOverview: ({ session }) => integrations.overview(session),
    copyIntegration: ({ session, params, body, onceBy }) =>
      integrations.copy(session, text(params.id), (body as CopyWish).name ?? null, onceBy),
    makeIntegration: ({ session, body, onceBy }) =>
      integrations.make(session, body as IntegrationWish, onceBy),
    getIntegration: ({ session, params }) => integrations.get(session.organisationId, text(params.id)),
    setIntegration: ({ session, params, body }) =>
      integrations.set(session.organisationId, text(params.id), body as IntegrationChange),
    deleteIntegration: ({ session, params }) => integrations.remove(session.organisationId, text(params.id)),
    integrationEffects: ({ session, params }) =>
      integrations.effects(session.organisationId, text(params.id)),
    listSettingOffers: ({ session, params, query }) =>
      flows.listSettingOffers(
        session.organisationId,
        text(params.id),
        text(params.setting),
        query.settings as string | undefined,
      ),
    async listFilterFields({ session, params, query }) {
      const [organisationId, id] = [session.organisationId, text(params.id)];
      const { settings, side } = query as { settings?: string; side?: Side };
      const ofFlow = await flows.listFilterFields(organisationId, id, settings);
      return ofFlow ?? syncs.filterFields(organisationId, id, side, readForm(settings));
    },
    async countFiltered({ session, params, body }) {
      const [organisationId, id] = [session.organisationId, text(params.id)];
      const wish = body as FilterCountWish;
      const ofFlow = await flows.countFiltered(organisationId, id, wish);
      return ofFlow ?? syncs.countFiltered(organisationId, id, wish);
    },
    async countFilteredOfFlow({ session, body }) {
      const { organisationId, user } = session;
      const { flow, ...wish } = body as FilterCountWish & { flow: string };
      const ofFlow = await flows.countFilteredOfFlow(organisationId, flow, wish, user?.id ?? null);
      return ofFlow ?? syncs.countFilteredOfFlow(organisationId, flow, wish, user?.id ?? null);
    },
    integrationHistory: ({ session, params }) =>
      flows.integrationHistory(session.organisationId, text(params.id)),
    previewFlow: ({ session, params, body }) =>
      flows.previewFlow(
        session.organisationId,
        text(params.id),
        (body as { settings: Record<string, unknown> }).settings,
      ),
    listTryRecords: ({ session, params, query }) =>
      tries.listTryRecords(session.organisationId, text(params.id), query as TryQuery),
    tryIntegration: ({ session, params, body }) =>
      tries.tryIntegration(session.organisationId, text(params.id), body as TryWish),
  };
}
