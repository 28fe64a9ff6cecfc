import type { FlowChange } from './contract.ts';
import type { FlowServices } from './flow-services.ts';
import type { Handler } from './handlers.ts';

type FlowRoute = 'listFlows' | 'setFlow' | 'listSettingOffers' | 'previewFlow';

/** What each route below `/flows` does. */
export function flowHandlersOf(flows: FlowServices): Record<FlowRoute, Handler> {
  return {
    async listFlows({ session }) {
      return { flows: await flows.listFlows(session.organisationId) };
    },
    setFlow: ({ session, params, body }) =>
      flows.setFlow(session.organisationId, String(params.id), body as FlowChange),
    listSettingOffers: ({ session, params, query }) =>
      flows.listSettingOffers(
        session.organisationId,
        String(params.id),
        String(params.setting),
        query.settings as string | undefined,
      ),
    previewFlow: ({ session, params, body }) =>
      flows.previewFlow(
        session.organisationId,
        String(params.id),
        (body as { settings: Record<string, unknown> }).settings,
      ),
  };
}
