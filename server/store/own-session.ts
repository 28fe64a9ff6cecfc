import { randomUUID } from 'node:crypto';
import type pg from 'pg';

const ROUNDS = 3;
/** How many sessions are kept busy while the first one is looked at. */
const OTHERS = 2;
const ANSWERS_WITHIN_MS = 3_000;

interface Seen {
  readonly pid: number;
  readonly mark: string | null;
}

async function look(client: pg.Client): Promise<Seen> {
  const { rows } = await client.query<Seen>(
    `select pg_backend_pid() as pid, nullif(current_setting('liaison.session', true), '') as mark`,
  );
  return rows[0] as Seen;
}

const late = Symbol('late');

/** A pool whose sessions are all taken lets one wait. */
async function patiently<T>(asked: Promise<T>): Promise<T | typeof late> {
  const { promise, resolve } = Promise.withResolvers<typeof late>();
  const timer = setTimeout(() => resolve(late), ANSWERS_WITHIN_MS);
  // Cut off at the end, while it still waits.
  asked.catch(() => {});
  return Promise.race([asked, promise]).finally(() => clearTimeout(timer));
}

/**
 * Whether a connection is one session of PostgreSQL's for as long as it stands. Behind a pooler in transaction
 * mode it is not: what a session holds (locks, notifications, prepared statements, settings) is held by whoever
 * has that session next. A connection is marked; others then keep sessions busy in transactions, so that it
 * would be handed another session; and it is looked at again.
 *
 * @param open makes a connection, connected; all of them are ended here.
 * @throws whatever PostgreSQL, or what stands before it, answers.
 */
export async function hasOwnSession(open: () => Promise<pg.Client>): Promise<boolean> {
  const clients: pg.Client[] = [];
  const opened = async (): Promise<pg.Client> => {
    const client = await open();
    clients.push(client);
    return client;
  };
  try {
    const first = await opened();
    const others = await Promise.all(Array.from({ length: OTHERS }, opened));
    for (let round = 0; round < ROUNDS; round += 1) {
      const mark = randomUUID();
      await first.query(`select set_config('liaison.session', $1, false)`, [mark]);
      const before = await look(first);
      const pids = [before.pid];
      const busy: pg.Client[] = [];
      for (const other of others) {
        const seen = await patiently(other.query('begin').then(() => look(other)));
        if (seen === late) break;
        pids.push(seen.pid);
        busy.push(other);
      }
      const after = await patiently(look(first));
      if (after !== late) for (const other of busy) await other.query('rollback');
      const isOwn = after !== late && after.pid === before.pid && after.mark === mark && before.mark === mark;
      if (!isOwn || new Set(pids).size < pids.length) return false;
      // A pool that holds so few: there is no more to be learnt from it.
      if (busy.length < others.length) return true;
    }
    return true;
  } finally {
    await Promise.all(clients.map((client) => patiently(client.end().catch(() => {}))));
  }
}
