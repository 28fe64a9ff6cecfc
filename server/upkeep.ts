import { flowSettings } from './api/flow-settings.ts';
import type { ConnectDeps } from './connect/deps.ts';
import { ensureSubscriptions, hookUrl } from './connect/subscribe.ts';
import { asLiaisonError } from './core/errors.ts';
import type { Automation } from './core/flow.ts';
import type { Sync } from './core/sync-flow.ts';
import { announce } from './engine/notify.ts';
import { otherLivingProcesses } from './engine/process-identity.ts';
import { type ConnectionRow, connectionOf, listConnections } from './store/connections.ts';
import { flowsOf } from './store/flows.ts';
import { listSubscriptions } from './store/subscriptions.ts';
import { activeSyncs } from './store/syncs.ts';

export interface UpkeepParts {
  readonly connect: ConnectDeps;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly syncs: ReadonlyMap<string, Sync>;
  readonly processId: () => string;
}

/** What an organisation's enabled flows want to hear from a connection: nothing from one that none of them uses. */
export async function wantedTopics(parts: UpkeepParts, connection: ConnectionRow): Promise<string[]> {
  const { database } = parts.connect;
  const used = await connectionOf(database, connection.organisationId, connection.connector);
  if (used?.id !== connection.id) return [];
  const rows = await flowsOf(database, connection.organisationId);
  const enabled = new Map(rows.filter((row) => row.enabled).map((row) => [row.flow, row]));
  const active = new Set(await activeSyncs(database, connection.organisationId));
  const objects = [...parts.syncs.values()].flatMap(({ id, left, right }) =>
    active.has(id) ? [left.object, right.object] : [],
  );
  return [
    ...[...parts.flows.values()].flatMap((flow) => {
      const { id, trigger } = flow;
      if (!enabled.has(id) || trigger.kind !== 'event' || trigger.connector !== connection.connector)
        return [];
      return trigger.listensTo?.(flowSettings(flow, enabled.get(id)).read) ?? trigger.topics;
    }),
    ...objects.flatMap((object) => (object.connector.id === connection.connector ? object.topics : [])),
  ];
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
  const { database, log } = parts.connect;
  let changed = false;
  for (const connection of await listConnections(database, organisationId)) {
    if (connection.state !== 'active') continue;
    try {
      if (await goesToAnother(parts, connection)) continue;
      const result = await ensureSubscriptions(
        parts.connect,
        connection,
        await wantedTopics(parts, connection),
      );
      changed ||= result === 'subscribed';
    } catch (thrown) {
      const { kind, message } = asLiaisonError(thrown);
      log.warn(
        { connection: connection.id, connector: connection.connector, kind, reason: message },
        'a subscription could not be kept',
      );
    }
  }
  if (changed) await announce(database, 'directory');
}
