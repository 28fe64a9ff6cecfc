import type { Database } from '../../store/database.ts';

/**
 * The database, with one transaction at a time: both sides of a sync are asked and written side by side, and
 * what they store touches records of both. Two transactions of one sync would wait for each other's rows.
 */
export function oneTransactionAtATime(database: Database): Database {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...database,
    transaction(work, options) {
      const result = last.then(() => database.transaction(work, options));
      last = result.catch(() => undefined);
      return result;
    },
  };
}
