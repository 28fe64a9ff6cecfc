import type pg from 'pg';
import type { Database } from './database.ts';
import { holdNamedLock, letGoOfNamedLock } from './locks.ts';

/** Locks of one piece of work, held one after the other. */
export interface NamedLocks {
  /** Waits for the lock, and lets go of it when the work is done or failed. */
  under<T>(name: string, work: () => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/**
 * One session of PostgreSQL for all of them, opened with the first. Not one of the pool's: enough waiting ones could
 * starve the one at work.
 */
export function namedLocks(database: Pick<Database, 'dedicated'>): NamedLocks {
  let session: pg.Client | null = null;

  async function end(): Promise<void> {
    const ended = session;
    session = null;
    await ended?.end();
  }

  return {
    async under(name, work) {
      session ??= await database.dedicated();
      const held = session;
      try {
        await holdNamedLock(held, name);
        return await work();
      } finally {
        // A session that is lost has let go of all that it held; the next lock opens another.
        const isFree = await letGoOfNamedLock(held, name).catch(() => false);
        if (!isFree) await end();
      }
    },
    end,
  };
}
