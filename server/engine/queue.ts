import { PgBoss } from 'pg-boss';
import type { Database, Sql } from '../store/database.ts';

/**
 * The one file that knows pg-boss. A job is one run (the job's id is the run's), keyed by its record:
 * jobs of one key are taken one at a time, oldest first, and a job that waits for its retry holds back
 * the younger ones of its key. Every call takes the caller's transaction.
 */
export interface Queue {
  enqueue(sql: Sql, jobs: readonly QueuedJob[]): Promise<void>;
  /** Takes up to `count` due jobs for good: they come back only by `retry` or `giveBack`. */
  take(sql: Sql, count: number): Promise<string[]>;
  finish(sql: Sql, ids: readonly string[]): Promise<void>;
  retry(sql: Sql, id: string, at: Date): Promise<void>;
  /** Makes a job that waits for its retry due now. */
  hurry(sql: Sql, ids: readonly string[]): Promise<void>;
  giveBack(sql: Sql, ids: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export interface QueuedJob {
  readonly id: string;
  /** Jobs with the same key keep their order. */
  readonly key: string;
}

const NAME = 'runs';
// The engine decides when a run has failed for good; pg-boss must never decide it.
const NEVER = 1_000_000;
const DAY_SECONDS = 86_400;

const through = (sql: Sql) => ({
  executeSql: async (text: string, values?: unknown[]) => ({ rows: await sql.query(text, values ?? []) }),
});

export async function openQueue(
  database: Database,
  hooks: { onError: (error: Error) => void },
): Promise<Queue> {
  const boss = new PgBoss({
    db: through(database),
    schedule: false,
    registerInstance: false,
    superviseIntervalSeconds: 300,
  });
  boss.on('error', hooks.onError);
  await boss.start();
  if ((await boss.getQueue(NAME)) === null) {
    await boss.createQueue(NAME, {
      policy: 'key_strict_fifo',
      retryLimit: NEVER,
      retryDelay: 0,
      // Ownership by a live process ends a job, not the clock (see process-identity.ts).
      expireInSeconds: DAY_SECONDS - 1,
      retentionSeconds: 365 * DAY_SECONDS,
    });
  }

  return {
    async enqueue(sql, jobs) {
      if (jobs.length === 0) return;
      await boss.insert(
        NAME,
        jobs.map((job) => ({ id: job.id, singletonKey: job.key })),
        { db: through(sql) },
      );
    },
    async take(sql, count) {
      const jobs = await boss.fetch(NAME, { batchSize: count, db: through(sql) });
      return jobs.map((job) => job.id);
    },
    async finish(sql, ids) {
      if (ids.length > 0) await boss.deleteJob(NAME, [...ids], { db: through(sql) });
    },
    async retry(sql, id, at) {
      await boss.fail(NAME, id, null, { db: through(sql) });
      await boss.update(NAME, undefined, { id, startAfter: at, db: through(sql) });
    },
    async hurry(sql, ids) {
      for (const id of ids)
        await boss.update(NAME, undefined, { id, startAfter: new Date(0), db: through(sql) });
    },
    async giveBack(sql, ids) {
      if (ids.length > 0) await boss.fail(NAME, [...ids], null, { db: through(sql) });
    },
    stop: () => boss.stop({ graceful: false, close: false }),
  };
}
