import type { Connector } from '../core/connector.ts';
import { asLiaisonError } from '../core/errors.ts';
import type { Automation } from '../core/flow.ts';
import { announce } from '../engine/notify.ts';
import type { World } from '../engine/ports.ts';
import { storedError } from '../engine/stored-error.ts';
import { turnOn } from '../engine/turn-on.ts';
import { connectionPerConnector } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { type FlowRow, flowsOf, lockFlow, rememberKnown, saveFlow } from '../store/flows.ts';
import { looksOf } from '../store/gaps.ts';
import { organisationById } from '../store/organisations.ts';
import { checkSettings } from './check-settings.ts';
import type { FlowServices } from './flow-services.ts';
import { flowSettings } from './flow-settings.ts';
import { flowView } from './flow-view.ts';
import { invalid } from './problem.ts';
import { failureOf } from './run-view.ts';
import { settingSource } from './setting-source.ts';
import { demandUnchanged, versionOf } from './settings-version.ts';
import { parse } from './validation.ts';

export interface StoredFlowParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly world: Pick<World, 'open'>;
  /** After a flow was turned on or changed: what it needs at the vendors is set up. */
  readonly onFlowChange: (organisationId: string) => Promise<void>;
}

/** Flows and their settings over the store; what a setting names is asked of its vendor. */
export function storedFlowServices(parts: StoredFlowParts): FlowServices {
  const { database, flows, connectors, world } = parts;

  const rowOf = async (organisationId: string, id: string): Promise<FlowRow | undefined> =>
    (await flowsOf(database, organisationId)).find((row) => row.flow === id);

  async function oneFlow(organisationId: string, flow: Automation) {
    const active = (await connectionPerConnector(database, organisationId)).filter(
      (row) => row.state === 'active',
    );
    const looks = await looksOf(database, organisationId);
    return flowView(
      flow,
      await rowOf(organisationId, flow.id),
      connectors,
      new Set(active.map((row) => row.connector)),
      looks.find((row) => row.flow === flow.id),
    );
  }

  async function openSource(organisationId: string, flow: Automation, settings: unknown) {
    const organisation = await organisationById(database, organisationId);
    if (organisation === null) throw new Error('an organisation with a session is not stored');
    return settingSource(world, connectors, organisation, flow, settings);
  }

  /** What is stored under what a form holds: only what both give together is whole. */
  async function sourceOf(organisationId: string, flow: Automation, form: Record<string, unknown>) {
    const { values } = flowSettings(flow, await rowOf(organisationId, flow.id));
    return openSource(organisationId, flow, parse('body', flow.settings, { ...values, ...form }));
  }

  return {
    listFlows: (organisationId) =>
      Promise.all([...flows.values()].map((flow) => oneFlow(organisationId, flow))),

    async setFlow(organisationId, id, change) {
      const flow = flows.get(id);
      if (flow === undefined) return null;
      const looked = await rowOf(organisationId, id);
      const settings = parse('body', flow.settings, { ...looked?.settings, ...change.settings });
      // Whoever turns a flow off need not put its settings right first. Vendors are asked before anything is
      // held in the database, for as long as they take.
      const { corrected, known, unchecked } =
        change.settings !== undefined || change.enabled === true
          ? await checkSettings(flow, await openSource(organisationId, flow, settings), looked?.known ?? {})
          : { corrected: {}, known: {}, unchecked: [] };
      await database.transaction(async (sql) => {
        const before = await lockFlow(sql, organisationId, id);
        const { values } = flowSettings(flow, before);
        demandUnchanged(change.basedOn, { version: versionOf(values), values });
        const next = {
          ...before,
          enabled: change.enabled ?? before.enabled,
          settings: { ...before.settings, ...change.settings, ...corrected },
        };
        parse('body', flow.settings, next.settings);
        // Before it is on: with the cursor that it had, what happened while it was off would be found.
        if (next.enabled && !before.enabled) await turnOn(sql, organisationId, flow);
        await saveFlow(sql, next);
        await rememberKnown(sql, next, known);
      });
      await announce(database, 'directory');
      await parts.onFlowChange(organisationId);
      return { ...(await oneFlow(organisationId, flow)), unchecked: [...unchecked] };
    },

    async listSettingOffers(organisationId, id, setting, form) {
      const flow = flows.get(id);
      const declared = flow?.vendorSettings?.[setting];
      if (flow === undefined || declared?.offers === undefined) return null;
      const source = await sourceOf(organisationId, flow, readForm(form));
      try {
        return { offers: [...(await declared.offers(source))], problem: null };
      } catch (thrown) {
        return { offers: null, problem: failureOf(storedError(asLiaisonError(thrown))) };
      }
    },

    async previewFlow(organisationId, id, form) {
      const flow = flows.get(id);
      if (flow?.preview === undefined) return null;
      const source = await sourceOf(organisationId, flow, form);
      try {
        const { text, basis, warnings } = await flow.preview(source);
        return { preview: { text, basis, warnings: [...warnings] }, problem: null };
      } catch (thrown) {
        return { preview: null, problem: failureOf(storedError(asLiaisonError(thrown))) };
      }
    },
  };
}

/** Settings of a form, as a query carries them. */
function readForm(form: string | undefined): Record<string, unknown> {
  if (form === undefined) return {};
  try {
    const read: unknown = JSON.parse(form);
    if (typeof read === 'object' && read !== null && !Array.isArray(read))
      return read as Record<string, unknown>;
  } catch {
    // Told below, like any other text that is no settings.
  }
  throw invalid('query', () => [
    { code: 'custom', path: ['settings'], message: 'JSON of an object of settings.', input: form },
  ]);
}
