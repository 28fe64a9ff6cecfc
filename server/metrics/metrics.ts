import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Database } from '../store/database.ts';
import { openDispatches } from '../store/dispatches.ts';
import { lookTotals } from '../store/gaps.ts';
import { inboxDepth } from '../store/inbox.ts';
import { openRuns } from '../store/runs.ts';
import { sweepMetrics } from './sweep-metrics.ts';

export interface Metrics {
  delivery(connector: string, result: string): void;
  text(): Promise<{ contentType: string; body: string }>;
}

export interface MetricsParts {
  readonly database: Database;
  readonly runsInHand: () => number;
  /** Times that the database refused to store, since the start. */
  readonly refusals: () => number;
  /** See `clock.ts`. */
  readonly aheadMs: () => number | null;
}

/** How long the figures that the database knows are waited for: a frozen one must not hide the others. */
const PATIENCE_MS = 1_000;

/**
 * Asks once at a time, whoever wants to know, and waits for a moment only.
 *
 * @returns null when no answer came in time, or none could be had.
 */
function impatiently<T>(ask: () => Promise<T>): () => Promise<T | null> {
  let underWay: Promise<T | null> | null = null;
  return async () => {
    underWay ??= ask()
      .catch(() => null)
      .finally(() => {
        underWay = null;
      });
    const { promise: late, resolve } = Promise.withResolvers<null>();
    const timer = setTimeout(() => resolve(null), PATIENCE_MS);
    return Promise.race([underWay, late]).finally(() => clearTimeout(timer));
  };
}

/** What Prometheus reads at `/metrics`. Counts only: no name, no address, no content. */
export function createMetrics(parts: MetricsParts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const deliveries = new Counter({
    name: 'liaison_deliveries_total',
    help: 'Deliveries at the open door, by connector and what became of them.',
    labelNames: ['connector', 'result'],
    registers: [registry],
  });
  new Gauge({
    name: 'liaison_runs_in_hand',
    help: 'Runs that this process works on now.',
    registers: [registry],
    collect() {
      this.set(parts.runsInHand());
    },
  });
  new Gauge({
    name: 'liaison_store_refusals_total',
    help: 'Times that the database refused to store; what it refused is stored again.',
    registers: [registry],
    collect() {
      this.set(parts.refusals());
    },
  });
  new Gauge({
    name: 'liaison_clock_ahead_seconds',
    help: 'How much the clock of this machine is ahead of the database’s.',
    registers: [registry],
    collect() {
      this.set((parts.aheadMs() ?? 0) / 1_000);
    },
  });
  const depth = impatiently(() => inboxDepth(parts.database));
  new Gauge({
    name: 'liaison_inbox_waiting',
    help: 'Accepted events that no flow has looked at yet, in the whole deployment; absent while the database does not answer.',
    registers: [registry],
    async collect() {
      const found = await depth();
      if (found === null) this.remove();
      else this.set(found);
    },
  });
  const open = impatiently(() => openRuns(parts.database));
  new Gauge({
    name: 'liaison_runs',
    help: 'Open and shelved runs of the whole deployment, by state; absent while the database does not answer.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const rows = await open();
      this.reset();
      for (const row of rows ?? []) this.set({ state: row.state }, row.count);
    },
  });
  const dispatches = impatiently(() => openDispatches(parts.database));
  new Gauge({
    name: 'liaison_dispatches_waiting',
    help: 'Webhooks out that wait to be sent, or to be tried again, in the whole deployment; absent while the database does not answer.',
    registers: [registry],
    async collect() {
      const found = await dispatches();
      if (found === null) this.remove();
      else this.set(found);
    },
  });
  sweepMetrics(
    registry,
    impatiently(() => lookTotals(parts.database)),
  );
  return {
    delivery: (connector, result) => deliveries.inc({ connector, result }),
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
