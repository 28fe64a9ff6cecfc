import type pg from 'pg';
import type { Sql } from './database.ts';
import { noteDatabaseFailure } from './database-failure.ts';

/** A lock that PostgreSQL keeps by two numbers; let go of when its session or transaction ends. */
export type LockPair = readonly [number, number];

/** Waits for the lock and holds it for as long as the session lives. */
export async function holdLock(session: pg.Client, pair: LockPair): Promise<void> {
  await session.query('select pg_advisory_lock($1, $2)', [...pair]);
}

/** The same for a lock that goes by a name. */
export async function holdNamedLock(session: pg.Client, name: string): Promise<void> {
  await session.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
}

/** @returns whether the session held it. */
export async function letGoOfNamedLock(session: pg.Client, name: string): Promise<boolean> {
  const { rows } = await session.query<{ done: boolean }>(
    'select pg_advisory_unlock(hashtextextended($1, 0)) as done',
    [name],
  );
  return rows[0]?.done === true;
}

/** Waits for the lock and holds it until the transaction ends. */
export async function lockUntilEnd(transaction: Sql, pair: LockPair): Promise<void> {
  await transaction.query('select pg_advisory_xact_lock($1, $2)', [...pair]);
}

/** Holds the lock until the transaction ends if nobody else has it. @returns whether it does. */
export async function tryLockUntilEnd(transaction: Sql, key: number | LockPair): Promise<boolean> {
  const [row] =
    typeof key === 'number'
      ? await transaction.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [key])
      : await transaction.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1, $2) as mine', [
          ...key,
        ]);
  return row?.mine === true;
}

export interface LockWish {
  readonly key: string;
  /** False: let go of it. */
  readonly lock: boolean;
}

/** Takes named locks for the session, or lets go of them, none being waited for. @returns of each whether it was done. */
export async function askForLocks(session: pg.Client, wishes: readonly LockWish[]): Promise<boolean[]> {
  const text = `select case when w.lock then pg_try_advisory_lock(hashtextextended(w.key, 0))
      else pg_advisory_unlock(hashtextextended(w.key, 0)) end as done
    from unnest($1::text[], $2::boolean[]) with ordinality as w(key, lock, place) order by w.place`;
  const values = [wishes.map(({ key }) => key), wishes.map(({ lock }) => lock)];
  const { rows } = await session
    .query<{ done: boolean }>({ name: 'ask-for-locks', text, values })
    .catch((error: unknown) => {
      throw noteDatabaseFailure(error);
    });
  return rows.map(({ done }) => done);
}
