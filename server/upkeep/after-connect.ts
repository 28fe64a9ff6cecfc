import { announce } from '../engine/notify.ts';
import { hurryCursors } from '../store/cursors.ts';
import type { Database } from '../store/database.ts';
import { activeSyncs, wakeSyncs } from '../store/syncs.ts';

export interface AfterConnectParts {
  readonly database: Database;
  /** Gives the account the roles that it had, and those that nobody chose another one for. */
  readonly bindRoles: (organisationId: string) => Promise<void>;
  /** Drops what was remembered of connections. */
  readonly forget: () => void;
  /** Makes vendors deliver what the flows listen to. */
  readonly keepSubscriptions: (organisationId: string) => Promise<void>;
  readonly replay: (
    organisationId: string,
    where: { sql: string; values: readonly unknown[] },
  ) => Promise<number>;
}

/** After an account was connected: what waited for it is done now, and not when its next look would have been. */
export async function afterConnect(parts: AfterConnectParts, organisationId: string): Promise<void> {
  const { database } = parts;
  await parts.bindRoles(organisationId);
  await announce(database, 'directory');
  parts.forget();
  await parts.keepSubscriptions(organisationId);
  await hurryCursors(database, organisationId);
  const syncs = await activeSyncs(database, organisationId);
  await wakeSyncs(
    database,
    syncs.map((integration) => ({ organisationId, integration })),
  );
  await parts.replay(organisationId, {
    sql: `r.state = 'waiting' and r.error->>'kind' = 'reconnect'`,
    values: [],
  });
}
