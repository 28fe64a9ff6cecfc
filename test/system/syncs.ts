import { v7 } from 'uuid';
import { exclusiveLocks } from '../../server/engine/exclusive.ts';
import { announce } from '../../server/engine/notify.ts';
import { apply, type ControlParts, resume, startPreview, stop } from '../../server/engine/sync/control.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { type PassRow, passesOf } from '../../server/store/sync-passes.ts';
import { countRecords, type RecordCounts } from '../../server/store/sync-records.ts';
import { type SyncRow, syncOf } from '../../server/store/syncs.ts';
import { json, type LedgerEntry, ledger, until } from './liaison-process.ts';

/** A sync of a whole running server, looked at through the database that it shares with the test. */
export interface SystemSync {
  readonly database: Database;
  readonly key: { readonly organisationId: string; readonly integration: string };
  readonly control: ControlParts;
  row(): Promise<SyncRow>;
  counts(): Promise<RecordCounts>;
  /** Starts a preview and waits for its end. */
  preview(patienceMs?: number): Promise<PassRow>;
  startApply(): Promise<void>;
  /** Applies and waits until the sync is live and nothing waits. */
  apply(): Promise<void>;
  /** Resolves when the sync has looked at both sides after now and nothing waits. */
  quiet(patienceMs?: number): Promise<void>;
  /** Forgets everything that the sync ever did or saw, as if it had never been set up. */
  startOver(): Promise<void>;
  /** Stops it, and resolves when nothing is under way any more. */
  pause(): Promise<void>;
  /** Goes on after a pause, and waits until it is quiet. */
  goOn(): Promise<void>;
  /** Both sides are read anew, whole, at the next look. */
  sweepNext(): Promise<void>;
  /** Resolves once the sync is paused, which it has to be after so many failed looks, without the pauses between. */
  paused(looks: number): Promise<void>;
  /** Alerts that are open. */
  alerts(): Promise<{ readonly cause: string; readonly sentence: { readonly en: string } }[]>;
  /** Asks both sides every second from now on, whatever is announced. */
  everySecond(): Promise<void>;
  /** Asks a side from now on when it announces something or the test says so, and not by the clock. */
  whenTold(): Promise<void>;
  close(): Promise<void>;
}

export async function systemSync(connectionString: string, flow: string): Promise<SystemSync> {
  const database = openDatabase(connectionString, { max: 2, onError() {} });
  const [organisation] = await database.query<{ id: string }>(
    'select organisation_id as id from connections limit 1',
  );
  const key = { organisationId: organisation?.id ?? '', integration: flow };
  const locks = exclusiveLocks(connectionString, () => {});
  const control: ControlParts = { database, newId: () => v7() };
  const lookNow = (whom: 'any' | 'resting' = 'any') =>
    database.query(
      `update syncs set next_at = now(), left_state = left_state - 'askedAt', right_state = right_state - 'askedAt'
       where organisation_id = $1 and integration = $2 and ($3 = 'any' or next_at > now() + interval '1 second')`,
      [key.organisationId, flow, whom],
    );
  async function every(seconds: number): Promise<void> {
    await database.query(
      `insert into integrations (organisation_id, id, flow, enabled, settings) values ($1, $2, $2, true, $3)
       on conflict (organisation_id, id) do update set settings = integrations.settings || excluded.settings`,
      [key.organisationId, flow, JSON.stringify({ everySeconds: seconds })],
    );
    await announce(database, 'directory');
  }
  const sync: SystemSync = {
    database,
    key,
    control,
    async row() {
      const row = await syncOf(database, key.organisationId, flow);
      if (row === null) throw new Error('the sync was never started');
      return row;
    },
    counts: () => countRecords(database, key),
    async startApply() {
      await apply(control, key);
    },
    async preview(patienceMs = 120_000) {
      const id = await startPreview(control, key);
      return until(async () => {
        const pass = (await passesOf(database, key, 5)).find((one) => one.id === id);
        const { error } = await sync.row();
        if (error !== null && error.kind !== 'rate-limited') throw new Error(JSON.stringify(error));
        return pass?.state === 'done' && pass;
      }, patienceMs);
    },
    async apply() {
      await sync.startApply();
      await until(async () => (await sync.row()).phase === 'live', 240_000);
      await until(async () => (await sync.counts()).waiting === 0);
    },
    async quiet(patienceMs = 120_000) {
      const { now } = await sync.row();
      await lookNow();
      await until(async () => {
        const { left, right, phase } = await sync.row();
        if (phase === 'paused') return true;
        const asked = Math.min(left.askedAt ?? 0, right.askedAt ?? 0);
        // A turn that was in hand when it was told to look ends without having heard it.
        if (asked <= now) await lookNow('resting');
        return asked > now && (await sync.counts()).waiting === 0;
      }, patienceMs);
    },
    async startOver() {
      await sync.pause();
      const tables = ['writes', 'companions', 'links', 'records', 'keys', 'hints', 'passes'].map(
        (name) => `sync_${name}`,
      );
      for (const table of [...tables, 'syncs', 'alerts']) {
        await database.query(`delete from ${table} where organisation_id = $1 and integration = $2`, [
          key.organisationId,
          flow,
        ]);
      }
    },
    async pause() {
      await stop(control, key);
      // Whoever has the sync in hand holds this lock until the turn is over.
      const name = `sync ${key.organisationId} ${flow}`;
      await until(async () => (await locks.ifFree(name, async () => {})) === true);
    },
    async goOn() {
      await resume(control, key, 'look');
      await sync.quiet();
    },
    async sweepNext() {
      await database.query(
        `update syncs set left_state = jsonb_set(left_state, '{sweptAt}', '0'),
           right_state = jsonb_set(right_state, '{sweptAt}', '0') where organisation_id = $1 and integration = $2`,
        [key.organisationId, flow],
      );
    },
    async paused(looks) {
      for (let failed = 1; failed <= looks; failed += 1) {
        await lookNow();
        const isPaused = async () => (await sync.row()).phase === 'paused';
        await until(async () => (await isPaused()) || (await sync.row()).attempt >= failed);
        if (await isPaused()) return;
      }
      throw new Error(`Not paused after ${looks} looks: ${JSON.stringify((await sync.row()).error)}`);
    },
    alerts: () =>
      database.query(
        'select cause, sentence from alerts where organisation_id = $1 and integration = $2 and closed_at is null',
        [key.organisationId, flow],
      ),
    whenTold: () => every(3_600),
    async everySecond() {
      await every(1);
      await database.query(
        'update syncs set next_at = now() where organisation_id = $1 and integration = $2',
        [key.organisationId, flow],
      );
    },
    async close() {
      await locks.close();
      await database.close();
    },
  };
  return sync;
}

/** Writes that a vendor committed since a moment of its ledger, and where the ledger stands now. */
export async function writesSince(
  sandboxUrl: string,
  from: number,
): Promise<{ entries: LedgerEntry[]; now: number }> {
  const all = await ledger(sandboxUrl);
  return { entries: all.slice(from), now: all.length };
}

/** Fills a vendor with so many people of the same names everywhere. */
export const seed = (sandboxUrl: string, vendor: string, wish: Record<string, unknown>) =>
  json<Record<string, unknown>>(`${sandboxUrl}/_sandbox/seed/${vendor}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
