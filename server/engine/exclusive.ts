import { type Database, openDatabase } from '../store/database.ts';

/** Does the work while nobody else holds the key. `onLost`: the hold was lost before the work was done. */
export type Exclusively = <T>(key: string, work: () => Promise<T>, onLost?: () => void) => Promise<T>;
/**
 * Does the work only if nobody else holds the key. The signal is aborted when the hold is lost before the
 * work is done: another process may be at it from then on. @returns whether it did.
 */
export type IfFree = (key: string, work: (lost: AbortSignal) => Promise<void>) => Promise<boolean>;

/**
 * One holder of a key at a time, over all processes, by advisory locks on a small pool of their own: a
 * holder never waits for a second key, so the pool cannot lock itself up. A process that dies lets go. Within
 * this process a key stays held also when PostgreSQL ends the session of its lock.
 */
export function exclusiveLocks(
  connectionString: string,
  onError: (error: Error) => void,
): { exclusively: Exclusively; ifFree: IfFree; close: () => Promise<void> } {
  const pool: Database = openDatabase(connectionString, { max: 10, onError });
  const held = new Map<string, Promise<unknown>>();

  return {
    exclusively(key, work, onLost) {
      const before = held.get(key) ?? Promise.resolve();
      const result = before.then(() =>
        pool.transaction(
          async (sql) => {
            await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
            return work();
          },
          onLost === undefined ? {} : { onLost },
        ),
      );
      const over = result.then(
        () => {},
        () => {},
      );
      held.set(key, over);
      void over.then(() => {
        if (held.get(key) === over) held.delete(key);
      });
      return result;
    },
    async ifFree(key, work) {
      if (held.has(key)) return false;
      const lost = new AbortController();
      const result = pool.transaction(
        async (sql) => {
          const [lock] = await sql.query<{ mine: boolean }>(
            'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine',
            [key],
          );
          if (lock?.mine === true) await work(lost.signal);
          return lock?.mine === true;
        },
        { onLost: () => lost.abort() },
      );
      held.set(key, result);
      try {
        return await result;
      } finally {
        held.delete(key);
      }
    },
    close: () => pool.close(),
  };
}
