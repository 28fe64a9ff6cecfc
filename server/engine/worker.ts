import type { Database } from '../store/database.ts';
import { type RunInHand, releaseRuns, runsOwnedBy, takeRuns } from '../store/runs.ts';
import type { Queue } from './queue.ts';
import type { Bell } from './wake.ts';

interface WorkerParts {
  readonly database: Database;
  readonly queue: Queue;
  /** Null while this process has no proof that it lives: it takes nothing then. */
  readonly owner: () => string | null;
  readonly execute: (run: RunInHand, owner: string, signal: AbortSignal) => Promise<void>;
  readonly bell: Bell;
  readonly onError: (error: unknown) => void;
  /** Runs were found that the table says are ours and nobody here works on; they are given back. */
  readonly onForgotten: (ids: readonly string[]) => void;
  /** Runs in hand at once. */
  readonly width: number;
}

/** A taken job that PostgreSQL forgot in a crash is a job to take. */
const REPEATABLE = { repeatable: true } as const;

/** How long a run that became due by itself (a retry) may wait to be noticed. */
const LOOK_EVERY_MS = 400;
/** How often what is in hand is compared with what the database says. */
const COMPARE_EVERY_MS = 5_000;

/** Takes due runs in batches, as many as there are free hands, and executes them side by side. */
export function worker(parts: WorkerParts): {
  run(): Promise<void>;
  /** Takes no more; resolves when what is in hand is done, or given up after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
  /** Drops what is in hand: it is someone else's now. */
  drop(): void;
  readonly inHand: number;
} {
  const hands = new Map<string, Promise<void>>();
  let stopping = false;
  let abort = new AbortController();

  async function takeBatch(): Promise<number> {
    const free = parts.width - hands.size;
    // Half of the hands at least: a batch of one costs as much to take as a batch of many.
    if (free < Math.max(1, Math.min(parts.width / 2, 8)) && hands.size > 0) return 0;
    const owner = parts.owner();
    if (owner === null) return 0;
    const runs = await parts.database.transaction(async (sql) => {
      const ids = await parts.queue.take(sql, free);
      return ids.length === 0 ? [] : takeRuns(sql, ids, owner);
    }, REPEATABLE);
    // Lost meanwhile: they are taken from a dead process, by whoever sees it first.
    if (owner !== parts.owner()) return 0;
    for (const run of runs) {
      const { signal } = abort;
      const done: Promise<void> = parts
        .execute(run, owner, signal)
        .catch(parts.onError)
        .finally(() => {
          // After a drop the same run may be in hand anew.
          if (hands.get(run.id) === done) hands.delete(run.id);
          parts.bell.ring();
        });
      hands.set(run.id, done);
    }
    return runs.length;
  }

  /**
   * What is in hand = what the database says is ours. A commit whose answer was lost, or an end that could not
   * be stored, would leave a run "running" for ever: it is given back. Never beside `takeBatch`.
   */
  async function letGoOfForgotten(): Promise<void> {
    const owner = parts.owner();
    if (owner === null) return;
    // Before the look: what ends while it is under way was stored first.
    const before = new Set(hands.keys());
    const owned = await runsOwnedBy(parts.database, owner);
    const forgotten = owned.filter((id) => !before.has(id));
    if (forgotten.length === 0) return;
    const released = await parts.database.transaction(async (sql) => {
      const ids = await releaseRuns(sql, owner, forgotten);
      await parts.queue.giveBack(sql, ids);
      return ids;
    });
    if (released.length > 0) parts.onForgotten(released);
  }

  return {
    async run() {
      let comparedAt = performance.now();
      while (!stopping) {
        if (performance.now() - comparedAt > COMPARE_EVERY_MS) {
          comparedAt = performance.now();
          await letGoOfForgotten().catch(parts.onError);
        }
        const taken = await takeBatch().catch((error: unknown) => {
          parts.onError(error);
          return 0;
        });
        if (taken === 0) await parts.bell.wait(LOOK_EVERY_MS);
      }
    },
    async stop(patienceMs) {
      stopping = true;
      parts.bell.ring();
      const timer = setTimeout(() => abort.abort(), patienceMs);
      await Promise.allSettled(hands.values());
      clearTimeout(timer);
    },
    drop() {
      abort.abort();
      abort = new AbortController();
      hands.clear();
    },
    get inHand() {
      return hands.size;
    },
  };
}
