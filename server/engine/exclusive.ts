import { type Database, openDatabase } from '../store/database.ts';

export type Exclusively = <T>(key: string, work: () => Promise<T>) => Promise<T>;
/** Does the work only if nobody else holds the key. @returns whether it did. */
export type IfFree = (key: string, work: () => Promise<void>) => Promise<boolean>;

/**
 * One holder of a key at a time, over all processes, by advisory locks on a small pool of their own: a
 * holder never waits for a second key, so the pool cannot lock itself up. A process that dies lets go.
 */
export function exclusiveLocks(
  connectionString: string,
  onError: (error: Error) => void,
): { exclusively: Exclusively; ifFree: IfFree; close: () => Promise<void> } {
  const pool: Database = openDatabase(connectionString, { max: 10, onError });
  return {
    exclusively: (key, work) =>
      pool.transaction(async (sql) => {
        await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
        return work();
      }),
    ifFree: (key, work) =>
      pool.transaction(async (sql) => {
        const [lock] = await sql.query<{ mine: boolean }>(
          'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine',
          [key],
        );
        if (lock?.mine === true) await work();
        return lock?.mine === true;
      }),
    close: () => pool.close(),
  };
}
