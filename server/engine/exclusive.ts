import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { openDatabase } from '../store/database.ts';
import { noteDatabaseFailure } from '../store/database-failure.ts';
import { groupCommit } from '../store/group-commit.ts';
import { askForLocks, type LockWish } from '../store/locks.ts';

/** Does the work while nobody else holds the key. `onLost`: the hold was lost before the work was done. */
export type Exclusively = <T>(key: string, work: () => Promise<T>, onLost?: () => void) => Promise<T>;
/**
 * Does the work only if nobody else holds the key. The signal is aborted when the hold is lost before the
 * work is done: another process may be at it from then on. @returns whether it did.
 */
export type IfFree = (key: string, work: (lost: AbortSignal) => Promise<void>) => Promise<boolean>;

/** One session of PostgreSQL, and whom to tell when it ends. */
interface LockSession {
  readonly client: pg.Client;
  readonly onLost: Set<() => void>;
  /** Locks or lets go; what is asked at once is one statement. @returns whether it was done. */
  readonly ask: (wish: LockWish) => Promise<boolean>;
}

/** Between two looks at a key that another process holds. */
const LOOK_EVERY_MS = 50;

/**
 * One holder of a key at a time, over all processes, by advisory locks of one session: however many keys are held,
 * and however long a vendor lets their holders wait, nobody else waits for a connection. A process that dies lets
 * go. Within this process a key stays held also when PostgreSQL ends the session of its lock.
 */
export function exclusiveLocks(
  connectionString: string,
  onError: (error: Error) => void,
): { exclusively: Exclusively; ifFree: IfFree; close: () => Promise<void> } {
  const database = openDatabase(connectionString, { max: 1, onError });
  const held = new Map<string, Promise<unknown>>();
  let session: Promise<LockSession> | null = null;

  async function open(): Promise<LockSession> {
    const client = await database.dedicated();
    const opened: LockSession = {
      client,
      onLost: new Set(),
      ask: groupCommit((wishes) => askForLocks(client, wishes)),
    };
    client.once('end', () => {
      session = null;
      for (const tell of [...opened.onLost]) tell();
    });
    return opened;
  }

  function current(): Promise<LockSession> {
    if (session === null) {
      const opening = open();
      session = opening;
      opening.catch(() => {
        if (session === opening) session = null;
      });
    }
    return session;
  }

  /** Holds the key for the work; undefined when it is not ours and `patient` is false. */
  async function holding<T>(
    key: string,
    patient: boolean,
    onLost: () => void,
    work: () => Promise<T>,
  ): Promise<{ readonly value: T } | undefined> {
    let own = await current();
    while (!(await own.ask({ key, lock: true }))) {
      if (!patient) return undefined;
      await pause(LOOK_EVERY_MS);
      own = await current();
    }
    let isLost = false;
    const lose = (): void => {
      isLost = true;
      onLost();
    };
    own.onLost.add(lose);
    try {
      const value = await work();
      if (isLost) throw noteDatabaseFailure(new Error('the session that held a key has ended'));
      return { value };
    } finally {
      own.onLost.delete(lose);
      // A session that ended has let go by itself.
      if (session !== null && (await session.catch(() => null)) === own)
        await own.ask({ key, lock: false }).catch(() => {});
    }
  }

  /** One after the other within this process. */
  function inLine<T>(key: string, work: () => Promise<T>): Promise<T> {
    const result = (held.get(key) ?? Promise.resolve()).then(work);
    const over = result.then(
      () => {},
      () => {},
    );
    held.set(key, over);
    void over.then(() => {
      if (held.get(key) === over) held.delete(key);
    });
    return result;
  }

  return {
    exclusively: (key, work, onLost = () => {}) =>
      inLine(key, async () => {
        const done = await holding(key, true, onLost, work);
        if (done === undefined) throw new Error(`the key ${key} was not waited for`);
        return done.value;
      }),
    async ifFree(key, work) {
      if (held.has(key)) return false;
      const lost = new AbortController();
      return inLine(
        key,
        async () =>
          (await holding(
            key,
            false,
            () => lost.abort(),
            () => work(lost.signal),
          )) !== undefined,
      );
    },
    async close() {
      const last = await session?.catch(() => null);
      await last?.client.end();
      await database.close();
    },
  };
}
