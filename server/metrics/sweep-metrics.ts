import { Counter, Gauge, type Registry } from 'prom-client';
import type { LookTotal } from '../store/gaps.ts';

/**
 * What Prometheus reads of the looks for what no webhook announced, of the whole deployment, by flow.
 *
 * @param ask null: the database did not answer.
 */
export function sweepMetrics(registry: Registry, ask: () => Promise<readonly LookTotal[] | null>): void {
  new Counter({
    name: 'liaison_events_found_total',
    help: 'Events that no webhook announced, and a look found.',
    labelNames: ['flow'],
    registers: [registry],
    async collect() {
      const totals = await ask();
      this.reset();
      for (const { flow, found } of totals ?? []) this.inc({ flow }, found);
    },
  });
  new Gauge({
    name: 'liaison_events_missing',
    help: 'Of the events found, how many since a webhook last arrived.',
    labelNames: ['flow'],
    registers: [registry],
    async collect() {
      const totals = await ask();
      this.reset();
      for (const { flow, gap } of totals ?? []) this.set({ flow }, gap);
    },
  });
  new Gauge({
    name: 'liaison_look_age_seconds',
    help: 'How long ago the source that waits longest was looked at.',
    labelNames: ['flow'],
    registers: [registry],
    async collect() {
      const totals = await ask();
      this.reset();
      for (const { flow, lookAge } of totals ?? []) if (lookAge !== null) this.set({ flow }, lookAge);
    },
  });
}
