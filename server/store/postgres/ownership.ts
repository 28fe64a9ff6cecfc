import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../../core/log.ts';

// 'LIAI' and 'SON1' in ASCII: the lock that says "a Liaison lives on this cluster".
const LOCK = [0x4c494149, 0x534f4e31] as const;
const POLL = 50;
const REGAIN_POLL = 300;
const CONNECT_PATIENCE = 10_000;

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

export interface ClaimOptions {
  readonly self: { readonly pid: number; readonly url: string };
  /** Milliseconds to wait for a holder that is going away. */
  readonly patience: number;
  readonly log: Log;
  /** Brings PostgreSQL back if it is gone. */
  readonly revive: () => Promise<unknown>;
}

/**
 * Takes the cluster for this process, for as long as one session of ours lives: the session of a process
 * that was killed ends with it, and PostgreSQL lets go of its lock then, which takes a moment.
 */
export async function claim(connectionString: string, options: ClaimOptions): Promise<Claim> {
  const open = () => connect(connectionString, options.self);
  const first = await open();
  try {
    const until = performance.now() + options.patience;
    while (!(await tryLock(first))) {
      if (performance.now() > until) {
        const owner = await findOwner(first);
        await first.end();
        return { taken: undefined, owner };
      }
      await pause(POLL);
    }
  } catch (error) {
    await first.end().catch(() => undefined);
    throw error;
  }
  const release = hold(first, open, options);
  return { taken: { client: first, release } };
}

/** Keeps the lock through the end of its session: PostgreSQL ends all of them when one of its processes crashes. */
function hold(first: pg.Client, open: () => Promise<pg.Client>, { log, revive }: ClaimOptions) {
  let client = first;
  let released = false;
  const regain = async () => {
    for (let failures = 0; !released; failures += 1) {
      let next: pg.Client | undefined;
      try {
        await revive();
        next = await open();
        if (!released && (await tryLock(next))) {
          client = next;
          watch(next);
          log.warn({}, 'PostgreSQL had ended our session; the data folder is ours again');
          return;
        }
      } catch (error) {
        if (failures === 0) log.error({ error: String(error) }, 'PostgreSQL is gone, and does not come back');
      }
      await next?.end().catch(() => undefined);
      await pause(REGAIN_POLL, undefined, { ref: false });
    }
  };
  const watch = (watched: pg.Client) => {
    watched.on('end', () => {
      if (!released) void regain();
    });
  };
  watch(first);
  return async () => {
    released = true;
    await client.end().catch(() => undefined);
  };
}

async function connect(connectionString: string, self: ClaimOptions['self']): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    application_name: `liaison ${self.pid} ${self.url}`,
    connectionTimeoutMillis: CONNECT_PATIENCE,
  });
  // What happened is told by the query that fails, or by the end of the session.
  client.on('error', () => undefined);
  await client.connect();
  return client;
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
