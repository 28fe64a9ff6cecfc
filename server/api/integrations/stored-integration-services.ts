import type { Connector } from '../../core/connector.ts';
import type { Automation } from '../../core/flow.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import { announce } from '../../engine/notify.ts';
import { stop as stopSync } from '../../engine/sync/control.ts';
import { type ConnectionRow, listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { againAfterDeadlock } from '../../store/deadlock.ts';
import { deleteIntegration, holdingsOf } from '../../store/delete-integration.ts';
import { bindRoles } from '../../store/integration-roles.ts';
import {
  forgetIntegration,
  hadIntegration,
  type IntegrationRow,
  insertIntegration,
  integrationById,
  integrationMadeBy,
  integrationsOf,
  integrationsOfOthers,
  lockIntegration,
  lockNames,
  renameIntegration,
  saveIntegration,
} from '../../store/integrations.ts';
import { organisationById } from '../../store/organisations.ts';
import { syncOf } from '../../store/syncs.ts';
import type { ChangedIntegration, Integration, IntegrationChange } from '../contract.ts';
import type { FlowServices } from '../flows/flow-services.ts';
import { offeredView } from '../flows/flow-view.ts';
import { Problem } from '../problem.ts';
import { adminOnly } from '../problems.ts';
import { syncSettingsChange } from '../schemas/sync.ts';
import type { SyncServices } from '../syncs/sync-services.ts';
import { isPausedByPerson } from '../syncs/sync-view.ts';
import { parse } from '../validation.ts';
import { groupOf, NO_FILTERS, NO_TAKES } from './check-filter.ts';
import { chosenAccounts } from './chosen-accounts.ts';
import { checkName, freeName } from './integration-names.ts';
import {
  NO_SUCH_FLOW,
  NOBODY_SIGNED_IN,
  refuseAll,
  setByTemplate,
  unchangeable,
} from './integration-refusals.ts';
import type { Access, Asker, IntegrationServices } from './integration-services.ts';
import { storedCopy } from './stored-copy.ts';
import { storedOverview } from './stored-overview.ts';

export interface StoredIntegrationParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly offeredSyncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly automations: Pick<FlowServices, 'listFlows' | 'getFlow' | 'setFlow'>;
  readonly syncs: SyncServices;
  /** A short id that was never given before. */
  readonly newId: () => string;
  /** After an integration was made, changed or deleted: what it needs at the vendors is set up, what nobody needs ends. */
  readonly onFlowChange: (organisationId: string) => Promise<void>;
}

const WAS_DELETED = {
  en: 'Not done: the integration was deleted.',
  fr: 'Non fait\u00a0: l’intégration a été supprimée.',
};

/** An automation without filters takes none; what is taken once or at each change is nothing that a sync has. */
function refuseFilters(
  declared: Automation | SyncFlow,
  { filter, filterTakes }: Pick<IntegrationChange, 'filter' | 'filterTakes'>,
): void {
  if (declared.kind === 'sync') {
    if (filterTakes !== undefined) refuseAll([NO_TAKES]);
  } else {
    if (filter && declared.filter === undefined) refuseAll([NO_FILTERS]);
    groupOf(filter);
  }
}

/** The organisation's accounts, and of an integration of one person's their own. */
const usableBy = (owner: string | null, connections: readonly ConnectionRow[]): ConnectionRow[] =>
  connections.filter((one) => one.owner === null || one.owner === owner);

/** The role in which a person's own integration goes through their own account. */
const ownRole = (declared: Automation | SyncFlow, owner: string | null): string | undefined =>
  owner === null || declared.kind !== 'sync' ? undefined : declared.personal?.role;

/** Whether also what is other people's own is shown: to an admin, and to no application that acts for one. */
const seesAll = ({ role, access }: Asker): boolean => role === 'admin' && access === undefined;

/** Set-ups of flows over the store; settings are the business of automations and of syncs. */
export function storedIntegrationServices(parts: StoredIntegrationParts): IntegrationServices {
  const { database, flows, offeredSyncs, connectors, automations, syncs } = parts;
  const declaredOf = (flow: string): Automation | SyncFlow | undefined =>
    flows.get(flow) ?? offeredSyncs.get(flow);
  const titles = new Map([...flows, ...offeredSyncs].map(([id, one]) => [id, { titles: one.titles }]));

  async function changed(organisationId: string): Promise<void> {
    await announce(database, 'directory');
    await parts.onFlowChange(organisationId);
  }

  async function get(organisationId: string, id: string): Promise<Integration | null> {
    return (await automations.getFlow(organisationId, id)) ?? syncs.get(organisationId, id);
  }

  async function withChecks(organisationId: string, id: string): Promise<ChangedIntegration | null> {
    const one = await get(organisationId, id);
    return one === null ? null : { ...one, unchecked: [] };
  }

  /** @throws a `Problem` where another one took the name meanwhile. */
  const rename = (row: IntegrationRow, name: string | null): Promise<void> =>
    database.transaction(async (sql) => {
      await lockNames(sql, row.organisationId);
      const rows = await integrationsOf(sql, row.organisationId);
      refuseAll(checkName(name, row, rows, titles));
      await renameIntegration(sql, row, name);
    });

  /** As it was called before, unless another one took that name meanwhile: then it keeps the one that it was given. */
  async function nameBack(row: IntegrationRow): Promise<void> {
    try {
      await rename(row, row.name);
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown;
    }
  }

  async function access(asker: Asker, id: string): Promise<Access> {
    const row = await integrationById(database, asker.organisationId, id);
    if (row === null) return null;
    if (seesAll(asker)) return 'change';
    if (row.owner === null) return asker.role === 'admin' ? 'change' : 'see';
    return row.owner === asker.user?.id ? 'change' : null;
  }

  /** A sync's settings, its filter, and whether it is at work; a paused one goes on where it stopped. */
  async function setSync(organisationId: string, id: string, change: IntegrationChange): Promise<void> {
    const { settings, basedOn, enabled, filter: wish, filterBasedOn } = change;
    // What was refused of it changes nothing, the settings neither.
    const filter =
      wish === undefined
        ? null
        : await syncs.checkFilter(organisationId, id, wish, settings ?? {}, filterBasedOn);
    if (settings !== undefined && Object.keys(settings).length > 0) {
      const sent = parse('body', syncSettingsChange, { ...settings, basedOn });
      await syncs.set(organisationId, id, sent);
    }
    if (filter !== null) await syncs.keepFilter(organisationId, id, filter);
    if (enabled === undefined) return;
    const key = { organisationId, integration: id };
    const owner = await database.transaction(async (sql) => {
      const row = await lockIntegration(sql, key);
      if (row !== null && row.enabled !== enabled) await saveIntegration(sql, { ...row, enabled });
      return row?.owner ?? null;
    });
    if (!enabled) {
      if ((await syncOf(database, organisationId, id)) !== null)
        await stopSync({ database, newId: parts.newId }, key, owner);
    } else if (isPausedByPerson((await syncOf(database, organisationId, id))?.pause ?? null)) {
      await syncs.resume(organisationId, id, 'look');
    }
  }

  return {
    async offered({ organisationId, user }) {
      const connections = usableBy(user?.id ?? null, await listConnections(database, organisationId));
      return [...flows.values(), ...offeredSyncs.values()].map((one) =>
        offeredView(one, connectors, connections),
      );
    },
    access,
    get,

    async hiddenFrom(asker) {
      if (seesAll(asker)) return new Set<string>();
      const { organisationId, user } = asker;
      return new Set(await integrationsOfOthers(database, organisationId, user?.id ?? null));
    },

    async list(asker) {
      const rows = await integrationsOf(database, asker.organisationId);
      const seen = new Set(
        rows
          .filter(({ owner }) => seesAll(asker) || owner === null || owner === asker.user?.id)
          .map(({ id }) => id),
      );
      const all: Integration[] = [
        ...(await automations.listFlows(asker.organisationId)),
        ...((await syncs.list(asker.organisationId)) as readonly Integration[]),
      ];
      return all.filter(({ id }) => seen.has(id));
    },

    overview: (asker) => storedOverview(parts, asker),

    async copy(asker, id, name, onceBy) {
      const { organisationId } = asker;
      const key = { organisationId, integration: id };
      const made = await storedCopy({ ...parts, titles }, key, name, onceBy);
      if (made === null || (await access(asker, made)) === null) return null;
      await changed(organisationId);
      return withChecks(organisationId, made);
    },

    async make(asker, wish, onceBy) {
      const { organisationId } = asker;
      if (asker.role !== 'admin' && wish.owner !== 'me') throw adminOnly();
      if (onceBy !== null) {
        const made = await integrationMadeBy(database, organisationId, onceBy);
        // What another person made by the same words is theirs.
        if (made !== null)
          return (await access(asker, made)) === null ? null : withChecks(organisationId, made);
      }
      const declared = declaredOf(wish.flow);
      if (declared === undefined) {
        refuseAll([NO_SUCH_FLOW]);
        return null;
      }
      const owner = wish.owner === 'me' ? (asker.user?.id ?? null) : null;
      const [rows, connections, organisation] = await Promise.all([
        integrationsOf(database, organisationId),
        listConnections(database, organisationId),
        organisationById(database, organisationId),
      ]);
      const { chosen, refusals } = chosenAccounts(declared.roles, wish.connections, {
        connections: usableBy(owner, connections),
        connectors,
        ownOnly: ownRole(declared, owner),
        mustBeWhole: wish.enabled,
      });
      refuseAll([
        ...(wish.owner === 'me' && owner === null ? [NOBODY_SIGNED_IN] : []),
        ...refusals,
        ...checkName(wish.name ?? null, null, rows, titles),
      ]);
      const locale = organisation?.locale ?? 'en';
      const { settings, enabled } = wish;
      refuseFilters(declared, wish);
      if (declared.kind === 'sync') parse('body', syncSettingsChange, settings);
      else parse('body', declared.settings, settings);
      const id = await database.transaction(async (sql) => {
        await lockNames(sql, organisationId);
        const others = await integrationsOf(sql, organisationId);
        refuseAll(checkName(wish.name ?? null, null, others, titles));
        const name = wish.name ?? freeName(declared, locale, others, titles);
        const row = { organisationId, flow: declared.id, name, owner, enabled: false, settings: {} };
        const first = !(await hadIntegration(sql, organisationId, declared.id));
        const made = await insertIntegration(
          sql,
          { ...row, id: first ? declared.id : parts.newId() },
          onceBy,
        );
        if (made !== null) await bindRoles(sql, { organisationId, integration: made }, chosen);
        return made;
      });
      // Somebody was faster: the very same request, or the first integration of the flow.
      if (id === null) return this.make(asker, wish, onceBy);
      await announce(database, 'directory');
      try {
        if (declared.kind === 'sync') {
          await setSync(organisationId, id, { settings, filter: wish.filter, enabled });
          await changed(organisationId);
          return await withChecks(organisationId, id);
        }
        // What it needs beside accounts may be chosen afterwards, before it is turned on.
        const chosen = Object.keys(settings).length > 0 ? { settings } : {};
        const { filterTakes } = wish;
        const filter = groupOf(wish.filter);
        return await automations.setFlow(organisationId, id, { ...chosen, filter, filterTakes, enabled });
      } catch (thrown) {
        // What was refused was not made.
        await forgetIntegration(database, organisationId, id);
        await announce(database, 'directory');
        throw thrown;
      }
    },

    async set(organisationId, id, change) {
      const row = await integrationById(database, organisationId, id);
      const declared = row === null ? undefined : declaredOf(row.flow);
      if (row === null || declared === undefined) return null;
      refuseAll(unchangeable(change));
      if (row.template != null) refuseAll(setByTemplate(change));
      const [rows, connections, holdings] = await Promise.all([
        integrationsOf(database, organisationId),
        listConnections(database, organisationId),
        holdingsOf(database, { organisationId, integration: id }),
      ]);
      const { chosen, refusals } = chosenAccounts(declared.roles, change.connections ?? {}, {
        connections: usableBy(row.owner, connections),
        connectors,
        ownOnly: ownRole(declared, row.owner),
        mustBeWhole: false,
        before:
          declared.kind === 'sync'
            ? { roles: row.roles, links: holdings.links, keepsConnectors: true }
            : { roles: row.roles, links: 0, keepsConnectors: false },
      });
      refuseAll([
        ...refusals,
        ...(change.name === undefined ? [] : checkName(change.name, row, rows, titles)),
      ]);
      refuseFilters(declared, change);
      const before = row.roles;
      if (change.name !== undefined) await rename(row, change.name);
      if (Object.keys(chosen).length > 0) {
        await bindRoles(database, { organisationId, integration: id }, chosen);
        await announce(database, 'directory');
      }
      let answer: ChangedIntegration | null = null;
      try {
        if (declared.kind === 'sync') await setSync(organisationId, id, change);
        else
          answer = await automations.setFlow(organisationId, id, {
            ...change,
            filter: groupOf(change.filter),
          });
      } catch (thrown) {
        // What was refused changes nothing, the name and the accounts neither.
        if (change.name !== undefined) await nameBack(row);
        await bindRoles(
          database,
          { organisationId, integration: id },
          Object.fromEntries(
            before.flatMap(({ role, connectionId }) => (connectionId === null ? [] : [[role, connectionId]])),
          ),
        );
        throw thrown;
      }
      await changed(organisationId);
      const now = await withChecks(organisationId, id);
      return now === null || answer === null ? now : { ...now, unchecked: answer.unchecked };
    },

    async effects(organisationId, id) {
      const row = await integrationById(database, organisationId, id);
      return row === null ? null : holdingsOf(database, { organisationId, integration: id });
    },

    async remove(organisationId, id) {
      // A turn of a sync may be storing what it did meanwhile.
      const wasThere = await againAfterDeadlock(() =>
        database.transaction((sql) =>
          deleteIntegration(sql, { organisationId, integration: id }, WAS_DELETED),
        ),
      );
      if (!wasThere) return null;
      await changed(organisationId);
      return { id };
    },
  };
}
