import type pg from 'pg';
import type { Database, Sql } from '../store/database.ts';
import { noteDatabaseFailure, passingFailure } from '../store/database-failure.ts';
import { holdLock, tryLockUntilEnd } from '../store/locks.ts';
import { forgetProcess, listProcesses, type ProcessRow, registerProcess } from '../store/processes.ts';

/**
 * A process proves that it lives by holding an advisory lock on a connection of its own. PostgreSQL lets
 * go of the lock the moment the connection dies, `kill -9` included, so its runs can be taken over at once
 * and never while it still works: no lease to wait for, no clock to trust. (A machine that vanishes from the
 * network is noticed by TCP keepalive, within about eleven seconds.) Needs a session of its own:
 * a pooler in transaction mode must not stand in between.
 */
const LOCK_CLASS = 0x4c_69_61;

export interface ProcessIdentity {
  readonly id: string;
  /** Called when the connection is lost, or at once if it is: from then on the runs in hand may be someone else's. */
  onLost(listener: () => void): void;
  /** Safe to repeat. */
  release(): Promise<void>;
}

export async function takeIdentity(
  database: Database,
  about: { host: string; pid: number; url: string },
): Promise<ProcessIdentity> {
  const client: pg.Client = await database.dedicated();
  let lost = false;
  let released = false;
  let onLost = (): void => {};
  client.once('end', () => {
    lost = true;
    if (!released) onLost();
  });
  let id: string;
  try {
    id = await registerProcess(database, about);
    await holdLock(client, [LOCK_CLASS, Number(id)]);
  } catch (error) {
    // Asked again until it succeeds: what is left open each time would be all that the database has to give.
    released = true;
    await client.end().catch(() => {});
    throw noteDatabaseFailure(error);
  }
  return {
    id,
    onLost(listener) {
      onLost = listener;
      if (lost && !released) listener();
    },
    async release() {
      if (released) return;
      released = true;
      await client.end();
      // One whose name is left behind is found dead by its lock, and forgotten by whoever finds it.
      await forgetProcess(database, id).catch((error: unknown) => {
        if (passingFailure(error) === undefined) throw error;
      });
    },
  };
}

/** True inside this transaction only: the process is dead, and nobody else is burying it. */
export const isDead = (sql: Sql, processId: string): Promise<boolean> =>
  tryLockUntilEnd(sql, [LOCK_CLASS, Number(processId)]);

/** Live processes of this deployment, the caller's own left out. */
export async function otherLivingProcesses(database: Database, self: string | null): Promise<ProcessRow[]> {
  const living: ProcessRow[] = [];
  for (const row of await listProcesses(database)) {
    if (row.id === self) continue;
    if (!(await database.transaction((sql) => isDead(sql, row.id)))) living.push(row);
  }
  return living;
}
