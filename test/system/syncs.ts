import { v7 } from 'uuid';
import { announce } from '../../server/engine/notify.ts';
import { apply, type ControlParts, startPreview } from '../../server/engine/sync/control.ts';
import { type Database, openDatabase } from '../../server/store/database.ts';
import { type PassRow, passesOf } from '../../server/store/sync-passes.ts';
import { countRecords, type RecordCounts } from '../../server/store/sync-records.ts';
import { type SyncRow, syncOf } from '../../server/store/syncs.ts';
import { json, type LedgerEntry, ledger, until } from './liaison-process.ts';

/** A sync of a whole running server, looked at through the database that it shares with the test. */
export interface SystemSync {
  readonly database: Database;
  readonly key: { readonly organisationId: string; readonly flow: string };
  readonly control: ControlParts;
  row(): Promise<SyncRow>;
  counts(): Promise<RecordCounts>;
  /** Starts a preview and waits for its end. */
  preview(): Promise<PassRow>;
  /** Applies and waits until the sync is live and nothing waits. */
  apply(): Promise<void>;
  /** Resolves when the sync has looked at both sides after now and nothing waits. */
  quiet(patienceMs?: number): Promise<void>;
  /** Asks both sides every second from now on, whatever is announced. */
  everySecond(): Promise<void>;
  close(): Promise<void>;
}

export async function systemSync(connectionString: string, flow: string): Promise<SystemSync> {
  const database = openDatabase(connectionString, { max: 2, onError() {} });
  const [organisation] = await database.query<{ id: string }>('select id from organisations limit 1');
  const key = { organisationId: organisation?.id ?? '', flow };
  const control: ControlParts = { database, newId: () => v7() };
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
    async preview() {
      const id = await startPreview(control, key);
      return until(async () => {
        const pass = (await passesOf(database, key, 5)).find((one) => one.id === id);
        const { error } = await sync.row();
        if (error !== null && error.kind !== 'rate-limited') throw new Error(JSON.stringify(error));
        return pass?.state === 'done' && pass;
      }, 120_000);
    },
    async apply() {
      await apply(control, key);
      await until(async () => (await sync.row()).phase === 'live', 240_000);
      await until(async () => (await sync.counts()).waiting === 0);
    },
    async quiet(patienceMs = 120_000) {
      const { now } = await sync.row();
      await database.query(
        `update syncs set next_at = now(), left_state = left_state - 'askedAt', right_state = right_state - 'askedAt'
         where organisation_id = $1 and flow = $2`,
        [key.organisationId, flow],
      );
      await until(async () => {
        const { left, right, phase } = await sync.row();
        if (phase === 'paused') return true;
        const asked = Math.min(left.askedAt ?? 0, right.askedAt ?? 0);
        return asked > now && (await sync.counts()).waiting === 0;
      }, patienceMs);
    },
    async everySecond() {
      await database.query(
        `insert into flows (organisation_id, flow, enabled, settings) values ($1, $2, true, '{"everySeconds": 1}')
         on conflict (organisation_id, flow) do update set settings = flows.settings || '{"everySeconds": 1}'`,
        [key.organisationId, flow],
      );
      await announce(database, 'directory');
      await database.query('update syncs set next_at = now() where organisation_id = $1 and flow = $2', [
        key.organisationId,
        flow,
      ]);
    },
    close: () => database.close(),
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
