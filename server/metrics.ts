import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Database } from './store/database.ts';
import { lookTotals } from './store/gaps.ts';
import { inboxDepth } from './store/inbox.ts';
import { sweepMetrics } from './sweep-metrics.ts';

export interface Metrics {
  delivery(connector: string, result: string): void;
  text(): Promise<{ contentType: string; body: string }>;
}

/** What Prometheus reads at `/metrics`. Counts only: no name, no address, no content. */
export function createMetrics(parts: { database: Database; runsInHand: () => number }): Metrics {
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
    name: 'liaison_inbox_waiting',
    help: 'Accepted events that no flow has looked at yet, in the whole deployment.',
    registers: [registry],
    async collect() {
      this.set(await inboxDepth(parts.database));
    },
  });
  new Gauge({
    name: 'liaison_runs',
    help: 'Open and shelved runs of the whole deployment, by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const rows = await parts.database.query<{ state: string; count: number }>(
        `select state, count(*)::int as count from runs where state in ('waiting', 'running', 'shelved') group by state`,
      );
      this.reset();
      for (const row of rows) this.set({ state: row.state }, row.count);
    },
  });
  sweepMetrics(registry, () => lookTotals(parts.database));
  return {
    delivery: (connector, result) => deliveries.inc({ connector, result }),
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
