import type { ChangedIntegration, Flow, Integration, OfferedFlow } from '../../../server/api/contract.ts';
import { groupOf } from '../../../server/api/integrations/check-filter.ts';
import { checkName, copyName } from '../../../server/api/integrations/integration-names.ts';
import { NO_SUCH_FLOW, refuseAll } from '../../../server/api/integrations/integration-refusals.ts';
import type { IntegrationServices } from '../../../server/api/integrations/integration-services.ts';
import { adminOnly } from '../../../server/api/problems.ts';
import type { ApiServices } from '../../../server/api/services.ts';
import { PURPOSES } from '../../../server/core/purpose.ts';
import { flows as declared } from '../../../server/flows/index.ts';
import { applicationsOf, memoryOverview } from './memory-overview.ts';

type Held = Pick<ApiServices, 'listRuns' | 'listFlows' | 'getFlow' | 'setFlow' | 'syncs'> & {
  /** The automations' integrations, to be changed in place. */
  flowsOf(organisationId: string): Flow[];
  /** Those that are the asker's own. */
  ownOf(organisationId: string): readonly string[];
};

function purposeOf(flow: string): OfferedFlow['purpose'] {
  const id = declared.get(flow)?.purpose;
  return id === undefined ? null : { id, titles: PURPOSES[id] };
}

type Account = OfferedFlow['roles'][string]['accounts'][number];

const fits = (
  flow: Pick<Flow, 'connections'>,
  accountsOf: (connector: string) => Account[],
): OfferedFlow['roles'] =>
  Object.fromEntries(
    Object.entries(flow.connections).map(([role, { titles, connector, optional }]) => [
      role,
      {
        ...{ titles, connector, offers: null, optional, accounts: accountsOf(connector?.id ?? '') },
        takers: connector === null ? [] : [connector],
      },
    ]),
  );

/** Set-ups of flows over plain arrays; what is offered is whatever was set up at the beginning, and is now. */
export function memoryIntegrations(held: Held, first: readonly Flow[]): IntegrationServices {
  const titles = new Map(first.map(({ flow }) => [flow.id, { titles: flow.titles }]));
  const made = new Map<string, string>();
  let number = 0;
  const accounts = new Map(
    first.flatMap(({ connections }) =>
      Object.values(connections).map(({ connector, connection, account }): [string, Account[]] => [
        connector?.id ?? '',
        connector === null || connection === null || account === null
          ? []
          : [{ connection, connector, account, state: 'active' }],
      ]),
    ),
  );

  async function changed(organisationId: string, id: string): Promise<ChangedIntegration | null> {
    const one = (await held.getFlow(organisationId, id)) ?? (await held.syncs.get(organisationId, id));
    return one && { ...one, unchecked: [] };
  }

  async function list(organisationId: string): Promise<Integration[]> {
    const syncs = (await held.syncs.list(organisationId)) as readonly Integration[];
    return [...(await held.listFlows(organisationId)), ...syncs];
  }

  const rows = (organisationId: string) =>
    held.flowsOf(organisationId).map(({ id, flow, name }) => ({ id, flow: flow.id, name }));

  return {
    offered: async ({ organisationId }) => {
      const known = new Map([...first, ...held.flowsOf(organisationId)].map((one) => [one.flow.id, one]));
      return [...known.values()].map(({ flow, direction, native, kind, connections, steps }) => ({
        ...flow,
        direction,
        native,
        nativePage: `https://help.zoho.com/${flow.id}`,
        purpose: purposeOf(flow.id),
        kind,
        applications: applicationsOf(connections),
        roles: fits({ connections }, (connector) => accounts.get(connector) ?? []),
        steps,
      }));
    },
    hiddenFrom: async () => new Set(),
    access: async ({ role, organisationId }, id) =>
      role === 'admin' || held.ownOf(organisationId).includes(id) ? 'change' : 'see',
    list: ({ organisationId }) => list(organisationId),
    async overview({ organisationId }) {
      const { runs } = await held.listRuns(organisationId, { limit: 1000 }, new Set());
      return memoryOverview(await list(organisationId), runs);
    },
    async copy({ organisationId }, id, name, onceBy) {
      const known = onceBy === null ? undefined : made.get(onceBy);
      if (known !== undefined) return changed(organisationId, known);
      const like = held.flowsOf(organisationId).find((one) => one.id === id);
      if (like === undefined) return null;
      if (name !== null) refuseAll(checkName(name, null, rows(organisationId), titles));
      number += 1;
      const called = name ?? copyName(like.titles, 'fr', rows(organisationId), titles);
      held.flowsOf(organisationId).push({
        ...structuredClone(like),
        id: `made-${number}`,
        name: called,
        titles: { en: called, fr: called },
        enabled: false,
      });
      if (onceBy !== null) made.set(onceBy, `made-${number}`);
      return changed(organisationId, `made-${number}`);
    },
    get: async (organisationId, id) =>
      (await held.getFlow(organisationId, id)) ?? held.syncs.get(organisationId, id),
    async make(asker, wish, onceBy) {
      if (asker.role !== 'admin') throw adminOnly();
      const known = onceBy === null ? undefined : made.get(onceBy);
      if (known !== undefined) return changed(asker.organisationId, known);
      const like = first.find(({ flow }) => flow.id === wish.flow);
      refuseAll([
        ...(like === undefined ? [NO_SUCH_FLOW] : []),
        ...checkName(wish.name ?? null, null, rows(asker.organisationId), titles),
      ]);
      if (like === undefined) return null;
      number += 1;
      const id = `made-${number}`;
      const name = wish.name ?? `${like.flow.titles.en} ${number + 1}`;
      held.flowsOf(asker.organisationId).push({
        ...structuredClone(like),
        id,
        name,
        titles: { en: name, fr: name },
        enabled: wish.enabled,
        looks: null,
      });
      if (onceBy !== null) made.set(onceBy, id);
      return changed(asker.organisationId, id);
    },
    async set(organisationId, id, change) {
      const flow = held.flowsOf(organisationId).find((one) => one.id === id);
      if (flow === undefined) {
        const { settings, basedOn } = change;
        const set = await held.syncs.set(organisationId, id, { ...settings, basedOn });
        return set && { ...set, unchecked: [] };
      }
      if (change.name !== undefined) {
        const row = { id, flow: flow.flow.id, name: flow.name };
        refuseAll(checkName(change.name, row, rows(organisationId), titles));
        flow.name = change.name;
        flow.titles = change.name === null ? flow.flow.titles : { en: change.name, fr: change.name };
      }
      return held.setFlow(organisationId, id, { ...change, filter: groupOf(change.filter) });
    },
    effects: async (organisationId, id) =>
      (await changed(organisationId, id)) && { links: 3, records: 0, waiting: 1, shelved: 0, runs: 12 },
    async remove(organisationId, id) {
      const all = held.flowsOf(organisationId);
      const place = all.findIndex((one) => one.id === id);
      if (place < 0) return null;
      all.splice(place, 1);
      return { id };
    },
  };
}
