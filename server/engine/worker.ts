import type { Database } from '../store/database.ts';
import { release, runsOwnedBy, take } from '../store/queue.ts';
import type { RunInHand } from '../store/runs.ts';
import { hands } from './hands.ts';
import type { Bell } from './wake.ts';

interface WorkerParts {
  readonly database: Database;
  /** Null while this process has no proof that it lives: it takes nothing then. */
  readonly owner: () => string | null;
  readonly execute: (run: RunInHand, owner: string, signal: AbortSignal) => Promise<void>;
  readonly bell: Bell;
  readonly onError: (error: unknown) => void;
  /** Runs were found that the table says are ours and nobody here works on; they are given back. */
  readonly onForgotten: (ids: readonly string[]) => void;
  /** Busy runs at once; those that wait for a vendor do not count, see `hands.ts`. */
  readonly width: number;
}

/** How long a run that became due by itself (a retry) may wait to be noticed. */
const LOOK_EVERY_MS = 400;
/** How often what is in hand is compared with what the database says. */
const COMPARE_EVERY_MS = 5_000;
/** Runs that end close together free their hands, and their records, together: each look has its price. */
const ENDED_TOGETHER = 32;
const ENDED_WITHIN_MS = 32;

/** Takes due runs in batches, as many as there are free hands, and executes them side by side. */
export function worker(parts: WorkerParts): {
  run(): Promise<void>;
  /** Takes no more; resolves when what is in hand is done, or given up after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
  /** Drops what is in hand: it is someone else's now. */
  drop(): void;
  readonly inHand: number;
} {
  const inHand = hands(parts.width, () => performance.now());
  const underWay = new Map<string, Promise<void>>();
  let stopping = false;
  let abort = new AbortController();
  let ended = 0;
  let soon: NodeJS.Timeout | null = null;

  function ringSoon(): void {
    ended += 1;
    if (ended >= ENDED_TOGETHER) ring();
    else soon ??= setTimeout(ring, ENDED_WITHIN_MS);
  }
  function ring(): void {
    if (soon !== null) clearTimeout(soon);
    soon = null;
    ended = 0;
    parts.bell.ring();
  }

  function begin(run: RunInHand, owner: string): void {
    inHand.hold(run);
    const done: Promise<void> = parts
      .execute(run, owner, abort.signal)
      .catch(parts.onError)
      .finally(() => {
        // After a drop the same run may be in hand anew.
        if (underWay.get(run.id) !== done) return;
        underWay.delete(run.id);
        inHand.letGo(run.id);
        ringSoon();
      });
    underWay.set(run.id, done);
  }

  async function takeBatch(): Promise<number> {
    const shares = inHand.shares();
    const owner = parts.owner();
    if (shares === null || owner === null) return 0;
    // A taken run that PostgreSQL forgot in a crash is a run to take.
    const runs = await take(parts.database.repeatable, owner, shares);
    // Lost meanwhile: they are taken from a dead process, by whoever sees it first.
    if (owner !== parts.owner()) return 0;
    for (const run of runs) begin(run, owner);
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
    const before = inHand.ids();
    const owned = await runsOwnedBy(parts.database, owner);
    const forgotten = owned.filter((id) => !before.has(id));
    if (forgotten.length === 0) return;
    const released = await release(parts.database, owner, forgotten);
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
      await Promise.allSettled(underWay.values());
      clearTimeout(timer);
      if (soon !== null) clearTimeout(soon);
    },
    drop() {
      abort.abort();
      abort = new AbortController();
      underWay.clear();
      inHand.drop();
    },
    get inHand() {
      return inHand.size;
    },
  };
}
