import type { Connector } from '../core/connector.ts';
import type { Automation } from '../core/flow.ts';
import type { Sync } from '../core/sync-flow.ts';
import { type HealthRow, healthOf } from '../store/connection-health.ts';
import { type ConnectionRow, listConnections } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { flowsOf } from '../store/flows.ts';
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
  /** Ids of the flows that are on, and of the syncs under way. */
  readonly running: ReadonlySet<string>;
}

/** What the store holds of an organisation's connections, as people see it. Asks no vendor. */
export function storedConnections(parts: ConnectionParts) {
  const { database, connectors } = parts;

  async function known(organisationId: string): Promise<Known> {
    const [rows, health, flowRows, syncs] = await Promise.all([
      listConnections(database, organisationId),
      healthOf(database, organisationId),
      flowsOf(database, organisationId),
      activeSyncs(database, organisationId),
    ]);
    const enabled = flowRows.filter((row) => row.enabled && parts.flows.has(row.flow));
    return { rows, health, running: new Set([...enabled.map((row) => row.flow), ...syncs]) };
  }

  const flowsUsing = (id: string) => [...parts.flows.values()].filter((flow) => flow.connectors.includes(id));
  const syncsUsing = (id: string) =>
    [...parts.offeredSyncs.values()].filter(({ left, right }) =>
      [left, right].some(({ object }) => object.connector.id === id),
    );

  function view(organisationId: string, connector: Connector, { rows, health, running }: Known): Connection {
    const row = rows.find((one) => one.connector === connector.id);
    return connectionView(connector, {
      organisationId,
      row,
      health: health.find((one) => one.connectionId === row?.id),
      flows: [...flowsUsing(connector.id), ...syncsUsing(connector.id)].map(({ id, titles }) => ({
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
      const { rows, running } = await known(organisationId);
      const row = rows.find((one) => one.connector === id);
      const flows = flowsUsing(id);
      const syncs = syncsUsing(id).filter((sync) => running.has(sync.id));
      const subscriptions = row === undefined ? [] : await listSubscriptions(database, row.id);
      return {
        flows: flows
          .filter((flow) => running.has(flow.id))
          .map(({ id: flow, titles }) => ({ id: flow, titles })),
        syncs: await Promise.all(
          syncs.map(async ({ id: flow, titles }) => ({
            id: flow,
            titles,
            links: await countLinks(database, { organisationId, flow }),
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
