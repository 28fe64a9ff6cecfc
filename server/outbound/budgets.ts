import { setTimeout as wait } from 'node:timers/promises';
import type { Budget } from '../core/connector.ts';

/** Keeps the calls of each connection inside the connector's budgets, within this process. */
export interface Budgets {
  /**
   * Resolves when a call of the connection may be sent, in the order of asking.
   *
   * @param call as `GET /path`: what budgets of some calls only go by.
   * @returns null, or the epoch milliseconds when a call would be possible, when that is further away
   *   than a worker should be kept waiting.
   */
  take(
    connectionId: string,
    budgets: readonly Budget[],
    signal?: AbortSignal,
    call?: string,
  ): Promise<number | null>;
  /** The vendor named a time before which it wants no call of this connection. */
  pause(connectionId: string, until: number): void;
}

export interface BudgetsOptions {
  readonly clock: () => number;
  /** Longest wait in milliseconds. */
  readonly patienceMs?: number;
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** When the last `calls` calls were or will be sent: the next may follow the oldest after `perMs`. */
class Window {
  readonly #budget: Budget;
  readonly #times: number[] = [];
  #next = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  counts(call: string): boolean {
    return this.#budget.of?.test(call) ?? true;
  }

  earliest(): number {
    const oldest = this.#times[this.#next];
    return oldest === undefined ? Number.NEGATIVE_INFINITY : oldest + this.#budget.perMs;
  }

  add(time: number): void {
    this.#times[this.#next] = time;
    this.#next = (this.#next + 1) % this.#budget.calls;
  }
}

/**
 * Sliding windows, not token buckets: a bucket that is full lets twice its size through within one
 * period. Not shared between processes: the vendor's 429 is the judge there.
 */
export function createBudgets(options: BudgetsOptions): Budgets {
  const patience = options.patienceMs ?? 30_000;
  const sleep = options.wait ?? ((ms, signal) => wait(ms, undefined, signal ? { signal } : {}));
  const windows = new Map<string, readonly Window[]>();
  const pauses = new Map<string, number>();

  return {
    async take(connectionId, budgets, signal, call = '') {
      let all = windows.get(connectionId);
      if (all === undefined) {
        all = budgets.map((budget) => new Window(budget));
        windows.set(connectionId, all);
      }
      const own = all.filter((window) => window.counts(call));
      const now = options.clock();
      const at = Math.max(now, pauses.get(connectionId) ?? now, ...own.map((window) => window.earliest()));
      if (at - now > patience) return at;
      for (const window of own) window.add(at);
      if (at > now) await sleep(at - now, signal);
      return null;
    },
    pause(connectionId, until) {
      pauses.set(connectionId, Math.max(until, pauses.get(connectionId) ?? until));
    },
  };
}
