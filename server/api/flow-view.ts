import type { Connector } from '../core/connector.ts';
import type { Automation } from '../core/flow.ts';
import { automationFrequency } from '../core/flow-document.ts';
import { connectorsOf, type Roles } from '../core/roles.ts';
import { type Sync, syncRoles } from '../core/sync-flow.ts';
import type { ConnectionRow } from '../store/connections.ts';
import type { LookRow } from '../store/gaps.ts';
import type { IntegrationRow } from '../store/integrations.ts';
import type { Flow, OfferedFlow } from './contract.ts';
import { flowSettings } from './flow-settings.ts';
import { integrationFactsView } from './integration-view.ts';
import { versionOf } from './settings-version.ts';

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
): Flow {
  const { schema, values, read } = flowSettings(flow, row);
  const facts = integrationFactsView(row, { flow, roles: flow.roles, connectors, connections });
  const isConnected = (id: string) =>
    Object.values(facts.connections).some(
      ({ connector, state }) => connector.id === id && state === 'active',
    );
  return {
    ...facts,
    direction: flow.direction,
    frequency: automationFrequency(flow, read),
    native: flow.native,
    kind: flow.kind,
    connectors: connectorsOf(flow.roles).map((id) => ({
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
    previews: flow.preview !== undefined,
    steps: stepsView(flow, connectors),
  };
}

const stepsView = (flow: Automation, connectors: Connectors): OfferedFlow['steps'] =>
  Object.entries(flow.steps).map(([step, declared]) => ({
    name: step,
    titles: declared.titles,
    connector: named(connectors, declared.connector),
    effect: declared.effect,
  }));

function rolesView(roles: Roles, connectors: Connectors): OfferedFlow['roles'] {
  return Object.fromEntries(
    Object.entries(roles).map(([role, { connector: id, titles, optional }]) => {
      const connector = named(connectors, id);
      return [
        role,
        { titles: titles ?? connector.titles, connector, offers: null, optional: optional === true },
      ];
    }),
  );
}

/** A flow as the catalogue offers it. */
export function offeredView(flow: Automation | Sync, connectors: Connectors): OfferedFlow {
  const { id, titles, direction, native, kind } = flow;
  return {
    id,
    titles,
    direction,
    native,
    kind,
    roles: rolesView(flow.kind === 'sync' ? syncRoles(flow) : flow.roles, connectors),
    steps: flow.kind === 'sync' ? [] : stepsView(flow, connectors),
  };
}

const offeredSettings = (flow: Automation): string[] =>
  Object.entries(flow.vendorSettings ?? {}).flatMap(([name, { offers }]) =>
    offers === undefined ? [] : [name],
  );
