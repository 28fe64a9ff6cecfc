import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Automation, Outcome, RunContext, StepDeclaration, Sweep } from '../../server/core/flow.ts';
import { noCrash } from '../../server/engine/crash-point.ts';
import { type Engine, openEngine } from '../../server/engine/engine.ts';
import type { Timing, World } from '../../server/engine/ports.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { integrationRow } from '../integration-row.ts';
import { createTestDatabase } from '../postgres/test-database.ts';

export const ORGANISATION = {
  id: randomUUID(),
  name: 'Atelier',
  locale: 'fr-FR',
  timeZone: 'Europe/Paris',
  currency: 'EUR',
};

export const ok: Outcome = { state: 'done', summary: { en: 'Done.', fr: 'Fait.' } };
export const words = (text: string) => ({ en: text, fr: text });

const timing: Timing = {
  now: Date.now,
  random: Math.random,
  pause: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
};

/** A flow of one read and one write, whose behaviour the test gives. */
export function testFlow(
  run: (context: RunContext<unknown, string>) => Promise<Outcome>,
  options: {
    id?: string;
    coalesce?: boolean;
    steps?: Record<string, StepDeclaration>;
    sweep?: Partial<Sweep<unknown>>;
  } = {},
): Automation {
  return {
    kind: 'automation',
    id: options.id ?? 'test-flow',
    titles: words('test'),
    direction: words('test'),
    native: words('test'),
    roles: {},
    settings: z.object({}),
    trigger: {
      kind: 'event',
      connector: 'vendor',
      topics: ['changed'],
      coalesce: options.coalesce ?? false,
      record: (event) => (event.recordId === null ? null : { object: 'vendor.thing', id: event.recordId }),
      sweep: {
        everySeconds: 3_600,
        recognisedBy: 'event',
        look: async ({ cursor }) => ({ events: [], cursor }),
        ...options.sweep,
      },
    },
    trial: { records: async () => [], event: async () => null },
    steps: options.steps ?? {
      look: { titles: words('look'), connector: 'vendor', effect: 'read' },
      make: { titles: words('make'), connector: 'vendor', effect: 'lookup' },
    },
    run,
  };
}

export interface Rig {
  readonly database: Database;
  readonly connectionString: string;
  engine(flows: readonly Automation[], about?: { width?: number; world?: Partial<World> }): Promise<Engine>;
  /** Ends an engine before the rig does. */
  end(engine: Engine, patienceMs: number): Promise<void>;
  /** Delivers one event of a record. */
  send(engine: Engine, recordId: string, key?: string): Promise<void>;
  /** Resolves when no event and no run waits (those that wait for a retry far off excepted). */
  settled(): Promise<void>;
  states(): Promise<string[]>;
  close(): Promise<void>;
}

/** A database of its own, and engines over it, as many processes would be. */
export async function openRig(): Promise<Rig> {
  const { connectionString, drop } = await createTestDatabase();
  const database = openDatabase(connectionString, { max: 4, onError() {} });
  await database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency) values ($1, '1', 'A', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [ORGANISATION.id],
  );
  const engines: Engine[] = [];
  const pools: Database[] = [];
  let closed = false;

  return {
    database,
    connectionString,
    async engine(flows, about = {}) {
      const pool = openDatabase(connectionString, { max: 8, onError() {} });
      pools.push(pool);
      const rows = flows.map((flow) => integrationRow({ organisationId: ORGANISATION.id, flow: flow.id }));
      await database.query(
        `insert into integrations (organisation_id, id, flow, enabled) select $1, f, f, true from unnest($2::text[]) f
         on conflict do nothing`,
        [ORGANISATION.id, flows.map(({ id }) => id)],
      );
      const world: World = {
        flows,
        syncs: [],
        connectors: new Map(),
        organisation: async () => ORGANISATION,
        integrations: async () => rows,
        open: () => Promise.reject(new Error('no connector in this test')),
        ...about.world,
      };
      const engine = await openEngine({
        database: pool,
        connectionString,
        world,
        timing,
        crash: noCrash,
        width: about.width ?? 8,
        log: { info() {}, warn() {}, error() {} },
        about: { host: 'test', pid: process.pid, url: 'http://test' },
        onRunChange() {},
        onDirectoryChange() {},
        onSyncChange() {},
      });
      engines.push(engine);
      engine.start();
      return engine;
    },
    end(engine, patienceMs) {
      engines.splice(engines.indexOf(engine), 1);
      return engine.stop(patienceMs);
    },
    send: (engine, recordId, key = randomUUID()) =>
      engine.accept([
        {
          organisationId: ORGANISATION.id,
          connectionId: null,
          connector: 'vendor',
          eventKey: key,
          topic: 'changed',
          recordId,
          contentType: 'application/json',
          body: '{}',
        },
      ]),
    async settled() {
      while (!closed) {
        const [open] = await database.query<{ count: number }>(
          `select ((select count(*) from inbox_waiting)
             + (select count(*) from runs where state in ('waiting', 'running')))::int as count`,
        );
        if (open?.count === 0) return;
        await sleep(20);
      }
    },
    async states() {
      const rows = await database.query<{ state: string }>('select state from runs order by id');
      return rows.map((row) => row.state);
    },
    async close() {
      // A test that ran out of time must not go on asking for ever.
      closed = true;
      await Promise.all(engines.map((engine) => engine.stop(1_000)));
      await Promise.all(pools.map((pool) => pool.close()));
      await database.close();
      await drop();
    },
  };
}
