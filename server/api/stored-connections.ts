import type { Connector } from '../core/connector.ts';
import type { Automation } from '../core/flow.ts';
import { integrationTitle } from '../core/integration-title.ts';
import type { Roles } from '../core/roles.ts';
import { type Sync, syncRoles } from '../core/sync-flow.ts';
import { type HealthRow, healthOf } from '../store/connection-health.ts';
import { type ConnectionRow, listConnections } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { type IntegrationRow, integrationsOf, isBoundTo } from '../store/integrations.ts';
import { countWaitingFor } from '../store/run-log.ts';
import { listSubscriptions } from '../store/subscriptions.ts';
import { countLinks } from '../store/sync-links.ts';
import { activeSyncs } from '../store/syncs.ts';
import { connectionView } from './connection-view.ts';
import type { Connection, ConnectionEffects } from './contract.ts';

export interface ConnectionParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly offeredSyncs: ReadonlyMap<string, Sync>;
  readonly connectors: ReadonlyMap<string, Connector>;
}

interface Known {
  readonly rows: readonly ConnectionRow[];
  readonly health: readonly HealthRow[];
  readonly integrations: readonly IntegrationRow[];
  /** Ids of the integrations that are on, and of the syncs under way. */
  readonly running: ReadonlySet<string>;
}

/** What the store holds of an organisation's connections, as people see it. Asks no vendor. */
export function storedConnections(parts: ConnectionParts) {
  const { database, connectors } = parts;

  async function known(organisationId: string): Promise<Known> {
    const [rows, health, integrations, syncs] = await Promise.all([
      listConnections(database, organisationId),
      healthOf(database, organisationId),
      integrationsOf(database, organisationId),
      activeSyncs(database, organisationId),
    ]);
    const enabled = integrations.filter((row) => row.enabled && parts.flows.has(row.flow));
    const running = new Set([...enabled.map((row) => row.id), ...syncs]);
    return { rows, health, integrations, running };
  }

  const rolesOf = ({ flow }: IntegrationRow): Roles => {
    const sync = parts.offeredSyncs.get(flow);
    return sync === undefined ? (parts.flows.get(flow)?.roles ?? {}) : syncRoles(sync);
  };

  /** Integrations that use an account, or will once one of the connector is connected. */
  const using = (connector: string, row: ConnectionRow | undefined, { integrations }: Known) =>
    integrations
      .filter((one) =>
        Object.entries(rolesOf(one)).some(
          ([role, declared]) =>
            declared.connector === connector && (row === undefined || isBoundTo(one.roles, role, row.id)),
        ),
      )
      .map((one) => {
        const isSync = parts.offeredSyncs.has(one.flow);
        const titles = integrationTitle(one, isSync ? parts.offeredSyncs : parts.flows);
        return { id: one.id, titles, isSync };
      });

  function view(organisationId: string, connector: Connector, all: Known): Connection {
    const { rows, health, running } = all;
    const row = rows.find((one) => one.connector === connector.id);
    return connectionView(connector, {
      organisationId,
      row,
      health: health.find((one) => one.connectionId === row?.id),
      flows: using(connector.id, row, all).map(({ id, titles }) => ({
        id,
        titles,
        enabled: running.has(id),
      })),
    });
  }

  return {
    async list(organisationId: string): Promise<Connection[]> {
      const all = await known(organisationId);
      return [...connectors.values()].map((connector) => view(organisationId, connector, all));
    },

    async one(organisationId: string, connector: Connector): Promise<Connection> {
      return view(organisationId, connector, await known(organisationId));
    },

    /** What ending the connection, or making it anew, would touch now. Null: no such connector. */
    async effects(organisationId: string, id: string): Promise<ConnectionEffects | null> {
      const connector = connectors.get(id);
      if (connector === undefined) return null;
      const all = await known(organisationId);
      const { rows, running } = all;
      const row = rows.find((one) => one.connector === id);
      const users = using(id, row, all);
      const flows = users.filter(({ isSync }) => !isSync);
      const syncs = users.filter((one) => one.isSync && running.has(one.id));
      const subscriptions = row === undefined ? [] : await listSubscriptions(database, row.id);
      return {
        flows: flows
          .filter((flow) => running.has(flow.id))
          .map(({ id: flow, titles }) => ({ id: flow, titles })),
        syncs: await Promise.all(
          syncs.map(async ({ id: flow, titles }) => ({
            id: flow,
            titles,
            links: await countLinks(database, { organisationId, integration: flow }),
          })),
        ),
        webhooks: subscriptions.map(({ topics }) => ({ topics: [...topics] })),
        waiting: await countWaitingFor(
          database,
          organisationId,
          flows.map((flow) => flow.id),
        ),
        revoked: connector.authorisation.kind === 'oauth' && connector.authorisation.revokeUrl !== undefined,
        shown: connector.card !== undefined,
      };
    },
  };
}
