import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import type { ConnectorHttp } from '../../server/core/connector.ts';
import type { SyncRules } from '../../server/core/sync/mapping.ts';
import type { SyncFilter } from '../../server/core/sync/side-filter.ts';
import { fixedSync, type Sync, type SyncFlow, type SyncSettings } from '../../server/core/sync-flow.ts';
import type { SyncField } from '../../server/core/sync-object.ts';
import { type CrashPoints, noCrash } from '../../server/engine/crash-point.ts';
import { exclusiveLocks } from '../../server/engine/exclusive.ts';
import type { World } from '../../server/engine/ports.ts';
import { storeTrouble } from '../../server/engine/store-trouble.ts';
import {
  apply,
  type ControlParts,
  filterChanged,
  resume,
  startPreview,
} from '../../server/engine/sync/control.ts';
import { syncEngine } from '../../server/engine/sync/sync-engine.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { integrationsOf, lockIntegration, saveIntegration } from '../../server/store/integrations.ts';
import type { SyncKey } from '../../server/store/sync-links.ts';
import { countRecords, type RecordCounts } from '../../server/store/sync-records.ts';
import { type SyncRow, syncOf } from '../../server/store/syncs.ts';
import { createTestDatabase } from '../postgres/test-database.ts';
import type { MemoryVendor } from './memory-object.ts';

const words = (text: string) => ({ en: text, fr: text });

export const FIELDS: readonly SyncField[] = [
  { id: 'name', titles: words('Name'), kind: 'text' },
  { id: 'email', titles: words('E-mail'), kind: 'email' },
  { id: 'phone', titles: words('Phone'), kind: 'phone' },
  { id: 'note', titles: words('Note'), kind: 'text', maxLength: 200 },
  { id: 'out', titles: words('Opted out'), kind: 'consent' },
];

/** Every field both ways, the right side master, matched by e-mail then phone, deletions carried over. */
export const RULES: SyncRules = {
  fields: FIELDS.map(({ id, kind }) => ({
    left: id,
    right: id,
    kind,
    direction: 'both',
    master: 'right',
    blank: 'clear',
  })),
  matchBy: [['email'], ['phone']],
  create: { left: true, right: true },
  remove: { left: 'delete', right: 'delete' },
  country: 'FR',
};

export interface SyncRig {
  readonly database: Database;
  readonly key: SyncKey;
  readonly control: ControlParts;
  readonly world: World;
  /** Gives due syncs their turns until none is due now. */
  turns(): Promise<void>;
  /** Every look is due at once; then `turns`. */
  settle(): Promise<void>;
  previewAndApply(): Promise<void>;
  row(): Promise<SyncRow>;
  counts(): Promise<RecordCounts>;
  /** Which records take part from now on; a preview comes first again. */
  filter(filter: SyncFilter | null): Promise<void>;
  /** Resumes after a pause. */
  goOn(): Promise<void>;
  /** What happened so far happened so many seconds earlier. */
  later(seconds: number): Promise<void>;
  /** Another account of the vendor is connected from now on. */
  swapAccount(side: 'left' | 'right', id: string): void;
  readonly sync: Sync;
  /** As it is offered. */
  readonly flow: SyncFlow;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly left: MemoryVendor;
  readonly right: MemoryVendor;
  readonly rules?: Partial<SyncRules>;
  readonly settings?: Partial<SyncSettings>;
  /** What else the sync declares of itself. */
  readonly about?: Partial<Pick<Sync, 'id' | 'titles' | 'direction' | 'native' | 'left' | 'right'>>;
  readonly crash?: CrashPoints;
  /** The process's clock: one that runs ahead ends turns in the middle of their work. */
  readonly now?: () => number;
  readonly onWarning?: (facts: object, text: string) => void;
}

/** A database that many rigs share: each has an organisation of its own. */
export interface SharedDatabase {
  readonly database: Database;
  readonly connectionString: string;
  close(): Promise<void>;
}

export async function openShared(): Promise<SharedDatabase> {
  const { connectionString, drop } = await createTestDatabase();
  const database = openDatabase(connectionString, { max: 6, onError() {} });
  return {
    database,
    connectionString,
    async close() {
      await database.close();
      await drop();
    },
  };
}

/** One sync of one new organisation between two pretended vendors, over a real database. */
export async function openSyncRig(shared: SharedDatabase, options: RigOptions): Promise<SyncRig> {
  const { database } = shared;
  const organisation = {
    id: randomUUID(),
    name: 'Atelier',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  };
  await database.query(
    `insert into organisations (id, external_id, name, locale, time_zone, currency) values ($1, $2, 'A', 'fr-FR', 'Europe/Paris', 'EUR')`,
    [organisation.id, organisation.id],
  );
  const sync: Sync = {
    kind: 'sync',
    id: 'test-sync',
    titles: words('Test'),
    direction: words('test'),
    native: words('test'),
    left: { object: options.left.object, options: [] },
    right: { object: options.right.object, options: [] },
    defaults: {
      rules: { ...RULES, ...options.rules },
      options: { left: {}, right: {} },
      everySeconds: 3_600,
      sweepHours: 24,
      brake: { records: 1_000, percent: 100 },
      ...options.settings,
    },
    ...options.about,
  };
  const flow = fixedSync(sync);
  const accounts = new Map<string, string>();
  const world: World = {
    flows: [],
    syncs: [flow],
    connectors: new Map(),
    organisation: async () => organisation,
    integrations: (id) => integrationsOf(database, id),
    open: async (_organisation, connector) =>
      ({ account: { id: accounts.get(connector.id) ?? connector.id, name: 'x' } }) as ConnectorHttp,
  };
  const locks = exclusiveLocks(shared.connectionString, () => {});
  const key = { organisationId: organisation.id, integration: sync.id };
  await saveIntegration(database, {
    organisationId: organisation.id,
    id: sync.id,
    flow: sync.id,
    enabled: true,
    settings: {},
  });
  const control: ControlParts = { database, newId: () => v7() };
  const engine = syncEngine({
    database,
    world,
    timing: { now: options.now ?? Date.now, random: () => 0, pause: async () => {} },
    log: {
      info() {},
      warn: (facts, text) => options.onWarning?.(facts, text),
      error() {},
    },
    crash: options.crash ?? noCrash,
    trouble: storeTrouble({ log: { info() {}, warn() {}, error() {} }, now: Date.now }),
    ifFree: locks.ifFree,
    ending: new AbortController().signal,
    newId: () => v7(),
    onChange() {},
    only: organisation.id,
  });

  const rig: SyncRig = {
    database,
    key,
    control,
    world,
    async turns() {
      for (let turn = 0; await engine.once(); turn += 1) {
        if (turn > 500) throw new Error('the sync does not come to rest');
      }
    },
    async settle() {
      // What waits for a retry is tried at once: the test does not sleep.
      await database.query(
        `update sync_records set due_at = now() where organisation_id = $1 and due_at < 'infinity' and (dirty or reread)`,
        [key.organisationId],
      );
      await database.query(
        `update syncs set next_at = now(), left_state = left_state - 'askedAt', right_state = right_state - 'askedAt' where organisation_id = $1`,
        [key.organisationId],
      );
      await rig.turns();
    },
    async previewAndApply() {
      await startPreview(control, key);
      await rig.turns();
      await apply(control, key);
      await rig.turns();
    },
    async row() {
      const row = await syncOf(database, key.organisationId, key.integration);
      if (row === null) throw new Error('the sync was never started');
      return row;
    },
    sync,
    flow,
    async filter(filter) {
      await database.transaction(async (sql) => {
        const before = await lockIntegration(sql, key);
        await filterChanged(sql, key, before?.sideFilters ?? null, filter);
      });
    },
    goOn: () => resume(control, key, 'look'),
    async later(seconds) {
      await database.query(
        `update sync_hints set at = at - make_interval(secs => $2) where organisation_id = $1`,
        [key.organisationId, seconds],
      );
    },
    swapAccount: (side, id) => void accounts.set(sync[side].object.connector.id, id),
    counts: () => countRecords(database, key),
    close: () => locks.close(),
  };
  return rig;
}
