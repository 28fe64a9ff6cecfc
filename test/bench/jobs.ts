import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Automation } from '../../server/core/flow.ts';
import { noCrash } from '../../server/engine/crash-point.ts';
import { openEngine } from '../../server/engine/engine.ts';
import { openDatabase } from '../../server/store/database.ts';
import { integrationRow } from '../integration-row.ts';

const words = { en: 'bench', fr: 'mesure' };

/** A flow of so many writes that cost the vendor nothing: what is measured is the engine. */
function flowOf(steps: number): Automation {
  const names = Array.from({ length: steps }, (_, index) => `step${index}`);
  return {
    kind: 'automation',
    id: 'bench',
    titles: words,
    direction: words,
    native: words,
    roles: {},
    settings: z.object({}),
    trigger: {
      kind: 'event',
      connector: 'vendor',
      topics: ['changed'],
      coalesce: false,
      record: (event) => ({ object: 'vendor.thing', id: event.recordId ?? '' }),
      sweep: {
        everySeconds: 3_600,
        recognisedBy: 'event',
        look: async ({ cursor }) => ({ events: [], cursor }),
      },
    },
    trial: { records: async () => [], event: async () => null },
    steps: Object.fromEntries(
      names.map((name) => [name, { titles: words, connector: 'vendor', effect: 'keyed' as const }]),
    ),
    async run({ write }) {
      for (const name of names) await write(name, { send: async () => 1 });
      return { state: 'done', summary: words };
    },
  };
}

/** Runs a second, from the first accepted event to the last settled run. */
export async function runsPerSecond(
  connectionString: string,
  organisationId: string,
  steps: number,
  count: number,
): Promise<number> {
  const onError = (error: unknown): void => {
    process.stderr.write(`${String(error)}\n`);
  };
  const database = openDatabase(connectionString, { onError });
  const flow = flowOf(steps);
  const engine = await openEngine({
    database,
    connectionString,
    width: 64,
    crash: noCrash,
    timing: {
      now: Date.now,
      random: Math.random,
      pause: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}).catch(() => {}),
    },
    log: { info() {}, warn() {}, error: onError },
    about: { host: 'bench', pid: process.pid, url: 'bench' },
    onRunChange() {},
    onDirectoryChange() {},
    onSyncChange() {},
    world: {
      flows: [flow],
      syncs: [],
      connectors: new Map(),
      organisation: async () => ({
        id: organisationId,
        name: 'Bench',
        locale: 'fr-FR',
        timeZone: 'Europe/Paris',
        currency: 'EUR',
      }),
      integrations: async () => [integrationRow({ organisationId, flow: flow.id })],
      open: () => Promise.reject(new Error('unused')),
    },
  });
  engine.start();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      engine.accept([
        {
          organisationId,
          connectionId: null,
          connector: 'vendor',
          eventKey: randomUUID(),
          topic: 'changed',
          recordId: String(index),
          contentType: 'application/json',
          body: '{}',
        },
      ]),
    ),
  );
  for (;;) {
    const [left] = await database.query<{ count: number }>(
      `select ((select count(*) from inbox_waiting)
        + (select count(*) from runs where state in ('waiting', 'running')))::int as count`,
    );
    if (left?.count === 0) break;
    await sleep(20);
  }
  const seconds = (performance.now() - started) / 1_000;
  await engine.stop(2_000);
  await database.close();
  return count / seconds;
}
