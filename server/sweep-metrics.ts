import { Counter, Gauge, type Registry } from 'prom-client';
import type { Database } from './store/database.ts';
import { lookTotals } from './store/gaps.ts';

/** What Prometheus reads of the looks for what no webhook announced, of the whole deployment, by flow. */
export function sweepMetrics(registry: Registry, database: Database): void {
  new Counter({
    name: 'liaison_events_found_total',
    help: 'Events that no webhook announced, and a look found.',
    labelNames: ['flow'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { flow, found } of await lookTotals(database)) this.inc({ flow }, found);
    },
  });
  new Gauge({
    name: 'liaison_events_missing',
    help: 'Of the events found, how many since a webhook last arrived.',
    labelNames: ['flow'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { flow, gap } of await lookTotals(database)) this.set({ flow }, gap);
    },
  });
  new Gauge({
    name: 'liaison_look_age_seconds',
    help: 'How long ago the source that waits longest was looked at.',
    labelNames: ['flow'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { flow, lookAge } of await lookTotals(database))
        if (lookAge !== null) this.set({ flow }, lookAge);
    },
  });
}
