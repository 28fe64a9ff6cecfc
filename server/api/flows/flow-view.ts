import type { Connector } from '../../core/connector.ts';
import type { FilterPlace } from '../../core/filter/filter.ts';
import type { Automation } from '../../core/flow.ts';
import { automationFrequency } from '../../core/flow-document.ts';
import { PURPOSES } from '../../core/purpose.ts';
import { canTake, connectorsInUse, type Roles } from '../../core/roles.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import type { LookRow } from '../../store/gaps.ts';
import type { IntegrationRow } from '../../store/integrations.ts';
import { applicationView } from '../connections/application-view.ts';
import type { Flow, OfferedFlow } from '../contract.ts';
import { filterView } from '../integrations/filter-view.ts';
import { integrationFactsView } from '../integrations/integration-view.ts';
import { flowSettings } from './flow-settings.ts';
import { versionOf } from './settings-version.ts';
import { takerTitles } from './taker-titles.ts';

type Connectors = ReadonlyMap<string, Connector>;

const named = (connectors: Connectors, id: string) => ({
  id,
  titles: connectors.get(id)?.titles ?? { en: id, fr: id },
});

/** One integration of an automation as the settings screen shows it. */
export function flowView(
  flow: Automation,
  row: IntegrationRow,
  connectors: Connectors,
  connections: readonly ConnectionRow[],
  look: LookRow | undefined,
  place: FilterPlace,
): Flow {
  const { schema, values, read } = flowSettings(flow, row);
  const facts = integrationFactsView(row, { flow, roles: flow.roles, connectors, connections });
  const isConnected = (id: string) =>
    Object.values(facts.connections).some(
      ({ connector, state }) => connector?.id === id && state === 'active',
    );
  return {
    ...facts,
    direction: flow.direction,
    frequency: automationFrequency(flow, read),
    native: flow.native,
    kind: flow.kind,
    connectors: connectorsInUse(flow.roles, row.roles).map((id) => ({
      ...named(connectors, id),
      connected: isConnected(id),
    })),
    looks:
      look === undefined
        ? null
        : {
            lookedAt: look.lookedAt?.toISOString() ?? null,
            found: flow.trigger.kind === 'poll' ? null : look.found,
            foundAt: look.foundAt?.toISOString() ?? null,
            missing: look.gap,
            failure: look.error?.sentence ?? null,
          },
    settings: { schema, values, version: versionOf(values), offered: offeredSettings(flow) },
    filters: flow.filter !== undefined,
    ...filterView(row.filter, place),
    previews: flow.preview !== undefined,
    steps: stepsView(flow, connectors, (role) => facts.connections[role]?.connector ?? null),
  };
}

type StepView = OfferedFlow['steps'][number];

const stepsView = (
  flow: Automation,
  connectors: Connectors,
  takes: (role: string) => StepView['connector'],
): StepView[] =>
  Object.entries(flow.steps).map(([step, declared]) => ({
    name: step,
    titles: declared.titles,
    connector:
      declared.connector === undefined ? takes(declared.role) : named(connectors, declared.connector),
    effect: declared.effect,
  }));

function rolesView(
  roles: Roles,
  connectors: Connectors,
  connections: readonly ConnectionRow[],
): OfferedFlow['roles'] {
  return Object.fromEntries(
    Object.entries(roles).map(([role, declared]) => {
      const takers = [...connectors.values()].filter((one) => canTake(declared, one)).map(({ id }) => id);
      const accounts = connections
        .filter(({ connector }) => takers.includes(connector))
        .map(({ id: connection, connector, account, state }) => ({
          connection,
          connector: named(connectors, connector),
          account: { id: account.id, name: account.name },
          state,
        }));
      const view = {
        titles: declared.titles ?? takerTitles(declared, connectors),
        connector: declared.connector === undefined ? null : named(connectors, declared.connector),
        offers: declared.offers ?? null,
        optional: declared.optional === true,
        takers: takers.map((id) => named(connectors, id)),
        accounts,
      };
      return [role, view];
    }),
  );
}

/**
 * A flow as the catalogue offers it.
 *
 * @param connections those that the asker may choose from.
 */
export function offeredView(
  flow: Automation | SyncFlow,
  connectors: Connectors,
  connections: readonly ConnectionRow[],
): OfferedFlow {
  const { id, titles, direction, native, nativePage, purpose, kind } = flow;
  const roles = rolesView(flow.roles, connectors, connections);
  const takers = new Set(Object.values(roles).flatMap((role) => role.takers.map((one) => one.id)));
  return {
    id,
    titles,
    direction,
    native,
    nativePage: nativePage ?? null,
    purpose: purpose === undefined ? null : { id: purpose, titles: PURPOSES[purpose] },
    kind,
    applications: [...takers].map((one) => applicationView(connectors, one)),
    roles,
    steps: flow.kind === 'sync' ? [] : stepsView(flow, connectors, () => null),
  };
}

const offeredSettings = (flow: Automation): string[] =>
  Object.entries(flow.vendorSettings ?? {}).flatMap(([name, { offers }]) =>
    offers === undefined ? [] : [name],
  );
