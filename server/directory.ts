import type { Connector, ConnectorHttp } from './core/connector.ts';
import { LiaisonError } from './core/errors.ts';
import type { Automation, Organisation } from './core/flow.ts';
import type { SyncFlow } from './core/sync-flow.ts';
import type { OpenOptions, World } from './engine/ports.ts';
import type { DoorConnection } from './hooks/door.ts';
import {
  type ConnectionRow,
  connectionByHookKey,
  connectionById,
  connectionOf,
} from './store/connections.ts';
import type { Database } from './store/database.ts';
import { type IntegrationRow, integrationsOf } from './store/integrations.ts';
import { organisationById } from './store/organisations.ts';

export interface DirectoryParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly openConnection: (connector: Connector, row: ConnectionRow, options: OpenOptions) => ConnectorHttp;
  /** The secrets that deliveries to a connection may be signed with. */
  readonly hookSecrets: (connection: ConnectionRow) => Promise<DoorConnection['secrets']>;
  readonly now: () => number;
}

/** What is looked up with every event is kept this long, and dropped at once when a process announces a change. */
const KEPT_MS = 5_000;
const KEPT_ENTRIES = 10_000;

function remembering<Value>(now: () => number) {
  const kept = new Map<string, { at: number; value: Promise<Value> }>();
  return {
    get(key: string, find: () => Promise<Value>): Promise<Value> {
      const known = kept.get(key);
      if (known !== undefined && now() - known.at < KEPT_MS) return known.value;
      // A flood of unknown keys must not fill the memory.
      if (kept.size >= KEPT_ENTRIES) kept.clear();
      const value = find();
      kept.set(key, { at: now(), value });
      value.catch(() => kept.delete(key));
      return value;
    },
    drop: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

export interface Directory extends World {
  findDoor(connector: string, hookKey: string): Promise<DoorConnection | null>;
  forget(): void;
}

/** Organisations, connections and flows as events need them: from memory, and never stale for long. */
export function createDirectory(parts: DirectoryParts): Directory {
  const { database } = parts;
  const organisations = remembering<Organisation>(parts.now);
  const integrations = remembering<IntegrationRow[]>(parts.now);
  const connections = remembering<ConnectionRow | null>(parts.now);
  const doors = remembering<DoorConnection | null>(parts.now);

  return {
    flows: [...parts.flows.values()],
    syncs: [...parts.syncs.values()],
    connectors: parts.connectors,
    organisation: (id) =>
      organisations.get(id, async () => {
        const row = await organisationById(database, id);
        if (row === null) throw new Error(`organisation ${id} does not exist`);
        return row;
      }),
    integrations(organisationId, fresh = false) {
      if (fresh) integrations.drop(organisationId);
      return integrations.get(organisationId, () => integrationsOf(database, organisationId));
    },
    async open({ organisationId, connectionId }, connector, options) {
      if (connectionId === null) throw notConnected(connector);
      const row =
        connectionId === undefined
          ? await connections.get(`${organisationId} ${connector.id}`, () =>
              connectionOf(database, organisationId, connector.id),
            )
          : await connections.get(connectionId, () => connectionById(database, connectionId));
      const isMeant = row?.organisationId === organisationId && row.connector === connector.id;
      if (!isMeant || row.state === 'reconnect') throw notConnected(connector);
      return parts.openConnection(connector, row, options);
    },
    findDoor: (connector, hookKey) =>
      doors.get(`${connector} ${hookKey}`, async () => {
        const row = await connectionByHookKey(database, connector, hookKey);
        if (row === null) return null;
        const secrets = await parts.hookSecrets(row);
        return { id: row.id, organisationId: row.organisationId, account: row.account.id, secrets };
      }),
    forget() {
      for (const memory of [organisations, integrations, connections, doors]) memory.clear();
    },
  };
}

function notConnected(connector: Connector): LiaisonError {
  return new LiaisonError('reconnect', {
    sentence: {
      en: `${connector.titles.en} is not connected. An admin can connect it under Connections; what waits is then done.`,
      fr: `${connector.titles.fr} n’est pas connecté. Un administrateur peut le connecter sous Connexions\u00a0; ce qui attend sera alors fait.`,
    },
  });
}
