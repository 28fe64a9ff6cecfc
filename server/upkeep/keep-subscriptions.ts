import { flowSettings } from '../api/flows/flow-settings.ts';
import type { ConnectDeps } from '../connect/deps.ts';
import { ensureSubscriptions, hookUrl } from '../connect/subscribe.ts';
import { asLiaisonError } from '../core/errors.ts';
import { type Automation, triggerRole } from '../core/flow.ts';
import { type SyncFlow, syncFor } from '../core/sync-flow.ts';
import { sidesOf, sourceOf, triggerAt } from '../core/trigger-of.ts';
import { announce } from '../engine/notify.ts';
import { otherLivingProcesses } from '../engine/process-identity.ts';
import { SIDES } from '../engine/sync/work.ts';
import { type ConnectionRow, connectionById, connectionOf, listConnections } from '../store/connections.ts';
import { type IntegrationRow, integrationsOf } from '../store/integrations.ts';
import { namedLocks } from '../store/named-locks.ts';
import { listSubscriptions } from '../store/subscriptions.ts';
import { activeSyncs } from '../store/syncs.ts';

export interface UpkeepParts {
  readonly connect: ConnectDeps;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly processId: () => string;
}

/** What an organisation's running integrations want to hear from an account: nothing from one that none of them uses. */
export async function wantedTopics(parts: UpkeepParts, connection: ConnectionRow): Promise<string[]> {
  const { database } = parts.connect;
  const { organisationId, connector } = connection;
  const [rows, syncs, usual] = await Promise.all([
    integrationsOf(database, organisationId),
    activeSyncs(database, organisationId),
    connectionOf(database, organisationId, connector),
  ]);
  const active = new Set(syncs);
  /** Where nobody chose an account, the one that is used where nobody does. */
  const uses = ({ roles }: IntegrationRow, role: string): boolean => {
    const bound = roles.find((one) => one.role === role);
    return (bound === undefined ? usual?.id : bound.connectionId) === connection.id;
  };
  return rows.flatMap((row): readonly string[] => {
    const flow = parts.flows.get(row.flow);
    if (flow !== undefined) {
      const declared = parts.connect.connectors.get(connector);
      if (!row.enabled || declared === undefined) return [];
      return sidesOf(flow).flatMap((side): readonly string[] => {
        if (sourceOf(side.flow, row.roles) !== connector) return [];
        const trigger = triggerAt(side.flow, declared);
        if (trigger?.kind !== 'event' || !uses(row, triggerRole(side.flow))) return [];
        const { read } = flowSettings(flow, row);
        const edits = row.filter ? (trigger.editTopicsOf?.(read) ?? []) : [];
        return [...(trigger.listensTo?.(read) ?? trigger.topics), ...edits];
      });
    }
    const kept = active.has(row.id) ? parts.syncs.get(row.flow) : undefined;
    if (kept === undefined) return [];
    const sync = syncFor(kept, row);
    return SIDES.flatMap((side) => {
      const { object } = sync[side];
      return object.connector.id === connector && uses(row, side) ? object.topics : [];
    });
  });
}

/** Deliveries go to one of the processes that live, and stay with it: two must not pull them to and fro. */
export async function goesToAnother(parts: UpkeepParts, connection: ConnectionRow): Promise<boolean> {
  const { database } = parts.connect;
  const subscriptions = await listSubscriptions(database, connection.id);
  const own = hookUrl(parts.connect, connection);
  if (subscriptions.length === 0 || subscriptions.every((row) => row.url === own)) return false;
  const others = await otherLivingProcesses(database, parts.processId());
  return subscriptions.every((row) => others.some((process) => row.url.startsWith(`${process.url}/`)));
}

/**
 * Keeps every vendor delivering what the flows listen to: subscribes what is missing, renews what runs out,
 * takes over deliveries that go to a process that is no more.
 */
export async function keepSubscriptions(parts: UpkeepParts, organisationId?: string): Promise<void> {
  const { database, log, connectors } = parts.connect;
  const locks = namedLocks(database);
  let changed = false;
  try {
    for (const connection of await listConnections(database, organisationId)) {
      // What cannot be subscribed at all is not looked up: most applications are asked, and tell nothing.
      const isOffered = connectors.get(connection.connector)?.webhooks?.subscribe !== undefined;
      if (!isOffered || connection.state !== 'active') continue;
      try {
        if (await goesToAnother(parts, connection)) continue;
        const topics = await wantedTopics(parts, connection);
        const result = await ensureSubscriptions(parts.connect, connection, topics, { locks });
        changed ||= result === 'subscribed';
      } catch (thrown) {
        const { kind, message } = asLiaisonError(thrown);
        log.warn(
          { connection: connection.id, connector: connection.connector, kind, reason: message },
          'a subscription could not be kept',
        );
      }
    }
  } finally {
    await locks.end();
  }
  if (changed) await announce(database, 'directory');
}

/** Sets up again what an account delivers by: its vendor said that it ends, or that it ended. */
export async function renewSubscriptions(parts: UpkeepParts, connectionId: string): Promise<void> {
  const connection = await connectionById(parts.connect.database, connectionId);
  if (connection?.state !== 'active') return;
  const topics = await wantedTopics(parts, connection);
  // What nobody listens to any more ends as the vendor says.
  if (topics.length === 0) return;
  try {
    await ensureSubscriptions(parts.connect, connection, topics, { anew: true });
  } catch (thrown) {
    const { kind, message } = asLiaisonError(thrown);
    parts.connect.log.warn(
      { connection: connection.id, connector: connection.connector, kind, reason: message },
      'a subscription that ends could not be renewed',
    );
  }
}
