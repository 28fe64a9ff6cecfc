import type { Connector } from '../../core/connector.ts';
import { asLiaisonError } from '../../core/errors.ts';
import type { Automation } from '../../core/flow.ts';
import { storedError } from '../../engine/stored-error.ts';
import { recordsToTry, type TryParts, type TryWish, tryIt } from '../../engine/try/try-it.ts';
import { integrationById } from '../../store/integrations.ts';
import { flowSettings } from '../flows/flow-settings.ts';
import { failureOf } from '../log/run-view.ts';
import { readForm } from '../read-form.ts';
import { parse } from '../validation.ts';
import type { TryServices } from './try-services.ts';
import { recordView, tryView } from './try-view.ts';

export interface StoredTryParts extends TryParts {
  readonly flows: ReadonlyMap<string, Automation>;
  readonly connectors: ReadonlyMap<string, Connector>;
}

/** Tries over the store, which they only read. */
export function storedTryServices(parts: StoredTryParts): TryServices {
  const { database, flows, connectors } = parts;

  async function wishOf(
    organisationId: string,
    id: string,
    form: Record<string, unknown>,
  ): Promise<TryWish | null> {
    const integration = await integrationById(database, organisationId, id);
    const flow = integration === null ? undefined : flows.get(integration.flow);
    if (integration === null || flow === undefined) return null;
    const { values } = flowSettings(flow, integration);
    return { integration, flow, settings: parse('body', flow.settings, { ...values, ...form }) };
  }

  return {
    async listTryRecords(organisationId, id, { search, settings }) {
      const wish = await wishOf(organisationId, id, readForm(settings));
      if (wish === null) return null;
      try {
        const { records, standing } = await recordsToTry(parts, wish, search ?? null);
        const values = wish.settings as Readonly<Record<string, unknown>>;
        return {
          records: records.map(recordView),
          standing: standing && {
            ...standing,
            shown: standing.shown.map(recordView),
            chosen: values[standing.setting],
            said: standing.said ?? null,
          },
          problem: null,
        };
      } catch (thrown) {
        return { records: null, standing: null, problem: failureOf(storedError(asLiaisonError(thrown))) };
      }
    },

    async tryIntegration(organisationId, id, { record, settings }) {
      const wish = await wishOf(organisationId, id, settings ?? {});
      if (wish === null) return null;
      const played = await tryIt(parts, wish, record ?? null);
      return tryView({ flow: wish.flow, roles: wish.integration.roles, connectors }, played);
    },
  };
}
