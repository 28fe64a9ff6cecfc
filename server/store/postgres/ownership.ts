import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from './log.ts';

// 'LIAI' and 'SON1' in ASCII: the lock that says "a Liaison lives on this cluster".
const LOCK = [0x4c494149, 0x534f4e31] as const;
const POLL = 50;

/** Who lives on a cluster, as far as its session tells. */
export interface Owner {
  readonly pid?: string;
  readonly url?: string;
}

export interface Ownership {
  readonly client: pg.Client;
  /** Lets go. Also called when PostgreSQL itself is about to stop, which ends the session. */
  release(): Promise<void>;
}

export type Claim = { readonly taken: Ownership } | { readonly taken: undefined; readonly owner: Owner };

/**
 * Takes the cluster for this process, for as long as one session of ours lives: the session of a process
 * that was killed ends with it, and PostgreSQL lets go of its lock then, which takes a moment.
 *
 * @param patience milliseconds to wait for a holder that is going away.
 */
export async function claim(
  connectionString: string,
  self: { pid: number; url: string },
  patience: number,
  log: Log,
): Promise<Claim> {
  const open = async () => {
    const client = new pg.Client({ connectionString, application_name: `liaison ${self.pid} ${self.url}` });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  let client = await open();
  let released = false;
  try {
    for (const until = performance.now() + patience; !(await tryLock(client)); await pause(POLL)) {
      if (performance.now() > until) {
        const owner = await findOwner(client);
        await client.end();
        return { taken: undefined, owner };
      }
    }
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }

  // PostgreSQL ends every session when one of its processes crashes, and goes on: so do we.
  const watch = (watched: pg.Client) => watched.on('end', () => void regain());
  const regain = async () => {
    while (!released) {
      const next = await open().catch(() => undefined);
      if (next !== undefined && (await tryLock(next).catch(() => false))) {
        client = next;
        watch(next);
        return log.warn({}, 'PostgreSQL had ended our session; the data folder is ours again');
      }
      await next?.end().catch(() => undefined);
      await pause(500, undefined, { ref: false });
    }
  };
  watch(client);
  return {
    taken: {
      client,
      async release() {
        released = true;
        await client.end().catch(() => undefined);
      },
    },
  };
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1, $2) as ours', [
    ...LOCK,
  ]);
  return rows[0]?.ours === true;
}

async function findOwner(client: pg.Client): Promise<Owner> {
  const { rows } = await client.query<{ application_name: string }>(
    `select application_name from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and granted and (classid, objid) = ($1, $2)`,
    [...LOCK],
  );
  const [, pid, url] = rows[0]?.application_name.split(' ') ?? [];
  return { ...(pid ? { pid } : {}), ...(url ? { url } : {}) };
}
