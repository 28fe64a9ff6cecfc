import type { Connector } from '../../core/connector.ts';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import type { KeptFilter } from '../../core/filter/filter.ts';
import type { Automation } from '../../core/flow.ts';
import { announce } from '../../engine/notify.ts';
import type { World } from '../../engine/ports.ts';
import { storedError } from '../../engine/stored-error.ts';
import { turnOn } from '../../engine/turn-on.ts';
import { listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { looksOf } from '../../store/gaps.ts';
import {
  type IntegrationRow,
  integrationById,
  integrationsOf,
  lockIntegration,
  rememberKnown,
  saveIntegration,
  setFilter,
} from '../../store/integrations.ts';
import { organisationById } from '../../store/organisations.ts';
import { ownerOf } from '../../store/users.ts';
import type { Flow } from '../contract.ts';
import { checkFilter } from '../integrations/check-filter.ts';
import { countAnswer, fieldsAnswer, historyAnswer, unmadeRow } from '../integrations/filter-services.ts';
import { filterView, placeOf } from '../integrations/filter-view.ts';
import { failureOf } from '../log/run-view.ts';
import { readForm } from '../read-form.ts';
import { parse } from '../validation.ts';
import { checkSettings } from './check-settings.ts';
import type { FlowServices } from './flow-services.ts';
import { flowSettings } from './flow-settings.ts';
import { flowView } from './flow-view.ts';
import { settingSource } from './setting-source.ts';
import { demandUnchanged, versionOf } from './settings-version.ts';

export interface StoredFlowParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly world: Pick<World, 'open' | 'connectors'>;
  /** After a flow was turned on or changed: what it needs at the vendors is set up. */
  readonly onFlowChange: (organisationId: string) => Promise<void>;
}

/** An integration of an automation. */
interface SetUpFlow {
  readonly row: IntegrationRow;
  readonly flow: Automation;
}

/** Integrations of automations and their settings over the store; what a setting names is asked of its vendor. */
export function storedFlowServices(parts: StoredFlowParts): FlowServices {
  const { database, flows, connectors, world } = parts;

  /** The integration of that id, where it is one of an automation. */
  async function setUp(organisationId: string, id: string): Promise<SetUpFlow | null> {
    const row = await integrationById(database, organisationId, id);
    const flow = row === null ? undefined : flows.get(row.flow);
    return row === null || flow === undefined ? null : { row, flow };
  }

  async function views(organisationId: string, all: readonly SetUpFlow[]): Promise<Flow[]> {
    const [connections, looks, organisation] = await Promise.all([
      listConnections(database, organisationId),
      looksOf(database, organisationId),
      organisationById(database, organisationId),
    ]);
    const place = placeOf(organisation, new Date());
    return all.map(({ flow, row }) =>
      flowView(
        flow,
        row,
        connectors,
        connections,
        looks.find(({ integration }) => integration === row.id),
        place,
      ),
    );
  }

  async function oneFlow(organisationId: string, id: string): Promise<Flow | null> {
    const found = await setUp(organisationId, id);
    const [view] = found === null ? [] : await views(organisationId, [found]);
    return view ?? null;
  }

  async function openSource({ flow, row }: SetUpFlow, settings: unknown) {
    const organisation = await organisationById(database, row.organisationId);
    if (organisation === null) throw new Error('an organisation with a session is not stored');
    return settingSource(world, { organisation, integration: row, flow, settings });
  }

  /** What is stored under what a form holds: only what both give together is whole. */
  function sourceOf(one: SetUpFlow, form: Record<string, unknown>) {
    const { values } = flowSettings(one.flow, one.row);
    return openSource(one, parse('body', one.flow.settings, { ...values, ...form }));
  }

  /**
   * The filter that is to be kept; undefined: it stays as it is. Other settings may mean other fields: what is kept is
   * then looked at again, unless the vendor does not answer.
   */
  async function filterFor(
    one: SetUpFlow,
    settings: unknown,
    { filter, filterTakes, settings: changed }: Parameters<FlowServices['setFlow']>[2],
  ): Promise<KeptFilter | null | undefined> {
    const before = one.row.filter ?? null;
    if (filter === null) return before === null ? undefined : null;
    const wanted = filter ?? before?.filter;
    if (wanted === undefined) return undefined;
    const takes = filterTakes ?? before?.takes ?? 'once';
    const isSame = filter === undefined && changed === undefined;
    if (isSame && before !== null) return takes === before.takes ? undefined : { ...before, takes };
    try {
      return await checkFilter(
        one.flow,
        await openSource(one, settings),
        wanted,
        takes,
        one.row.owner !== null,
      );
    } catch (thrown) {
      if (filter !== undefined || before === null || !(thrown instanceof LiaisonError)) throw thrown;
      return { ...before, takes };
    }
  }

  return {
    async listFlows(organisationId) {
      const rows = await integrationsOf(database, organisationId);
      const all = rows.flatMap((row): SetUpFlow[] => {
        const flow = flows.get(row.flow);
        return flow === undefined ? [] : [{ row, flow }];
      });
      return views(organisationId, all);
    },

    getFlow: oneFlow,

    async setFlow(organisationId, id, change) {
      const found = await setUp(organisationId, id);
      if (found === null) return null;
      const { flow, row: looked } = found;
      const settings = parse('body', flow.settings, { ...looked.settings, ...change.settings });
      const isUnfinished = change.unfinished === true && !(change.enabled ?? looked.enabled);
      // Whoever turns a flow off need not put its settings right first. Vendors are asked before anything is
      // held in the database, for as long as they take.
      const { corrected, known, unchecked } =
        change.settings !== undefined || change.enabled === true
          ? await checkSettings(
              flow,
              await openSource(found, settings),
              looked.known ?? {},
              isUnfinished ? Object.keys(change.settings ?? {}) : undefined,
            )
          : { corrected: {}, known: {}, unchecked: [] };
      const filter = await filterFor(found, settings, change);
      const organisation = await organisationById(database, organisationId);
      const stored = await database.transaction(async (sql) => {
        const before = await lockIntegration(sql, { organisationId, integration: id });
        if (before === null) return 'gone';
        const { values } = flowSettings(flow, before);
        demandUnchanged(change.basedOn, { version: versionOf(values), values });
        const held = filterView(before.filter, placeOf(organisation, new Date()));
        demandUnchanged(change.filterBasedOn, { version: held.filterVersion, ...held });
        // What was read again is the filter of before: one that was saved meanwhile is not to be lost by it.
        const isOlder = versionOf(before.filter ?? null) !== versionOf(looked.filter ?? null);
        if (isOlder && filter !== undefined && change.filter === undefined) return 'again';
        const next = {
          ...before,
          enabled: change.enabled ?? before.enabled,
          settings: { ...before.settings, ...change.settings, ...corrected },
        };
        parse('body', flow.settings, next.settings);
        // Before it is on: with the cursor that it had, what happened while it was off would be found.
        if (next.enabled && !before.enabled) await turnOn(sql, before, flow);
        await saveIntegration(sql, next);
        await rememberKnown(sql, next, known);
        if (filter !== undefined) await setFilter(sql, next, filter);
        return 'stored';
      });
      if (stored === 'gone') return null;
      if (stored === 'again') return this.setFlow(organisationId, id, change);
      await announce(database, 'directory');
      await parts.onFlowChange(organisationId);
      const view = await oneFlow(organisationId, id);
      return view === null ? null : { ...view, unchecked: [...unchecked] };
    },

    async listSettingOffers(organisationId, id, setting, form) {
      const found = await setUp(organisationId, id);
      const declared = found?.flow.vendorSettings?.[setting];
      if (found === null || declared?.offers === undefined) return null;
      const source = await sourceOf(found, readForm(form));
      try {
        return { offers: [...(await declared.offers(source))], problem: null };
      } catch (thrown) {
        return { offers: null, problem: failureOf(storedError(asLiaisonError(thrown))) };
      }
    },

    async listFilterFields(organisationId, id, form) {
      const found = await setUp(organisationId, id);
      return found === null ? null : fieldsAnswer(found.flow, await sourceOf(found, readForm(form)));
    },

    async countFiltered(organisationId, id, wish) {
      const found = await setUp(organisationId, id);
      if (found === null) return null;
      const source = await sourceOf(found, wish.settings ?? {});
      const place = placeOf(source.organisation, new Date());
      const me = await ownerOf(database, organisationId, found.row.owner);
      return countAnswer(found.flow, source, wish, found.row.filter ?? null, { place, me });
    },

    async countFilteredOfFlow(organisationId, id, wish, asker) {
      const flow = flows.get(id);
      const organisation = await organisationById(database, organisationId);
      if (flow === undefined || organisation === null) return null;
      const integration = await unmadeRow(parts, organisation, flow, wish.connections ?? {});
      const settings = parse('body', flow.settings, wish.settings ?? {});
      const source = await settingSource(world, { organisation, integration, flow, settings });
      const me = await ownerOf(database, organisationId, wish.owner === 'me' ? asker : null);
      return countAnswer(flow, source, wish, null, { place: placeOf(organisation, new Date()), me });
    },

    async integrationHistory(organisationId, id) {
      const [row, organisation] = await Promise.all([
        integrationById(database, organisationId, id),
        organisationById(database, organisationId),
      ]);
      return row === null ? null : historyAnswer(database, row, placeOf(organisation, new Date()));
    },

    async previewFlow(organisationId, id, form) {
      const found = await setUp(organisationId, id);
      if (found?.flow.preview === undefined) return null;
      const source = await sourceOf(found, form);
      try {
        const { title, text, basis, warnings } = await found.flow.preview(source);
        return { preview: { title, text, basis, warnings: [...warnings] }, problem: null };
      } catch (thrown) {
        return { preview: null, problem: failureOf(storedError(asLiaisonError(thrown))) };
      }
    },
  };
}
