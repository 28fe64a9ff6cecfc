import type { Sentence } from '../core/sentence.ts';
import { closeAlertsWhere } from './alerts.ts';
import { ALL_INTEGRATIONS } from './claims.ts';
import type { Sql } from './database.ts';
import type { IntegrationKey } from './integrations.ts';
import { forgetSyncedNames } from './record-names.ts';

/** What an integration holds, for whoever thinks of deleting it. */
export interface Holdings {
  readonly links: number;
  readonly records: number;
  readonly waiting: number;
  readonly shelved: number;
  readonly runs: number;
}

export async function holdingsOf(
  sql: Sql,
  { organisationId, integration }: IntegrationKey,
): Promise<Holdings> {
  const count = (from: string) =>
    `(select count(*) from ${from} where organisation_id = $1 and integration = $2)::int`;
  const counted = (from: string, where: string) =>
    `(select count(*) from ${from} where organisation_id = $1 and integration = $2 and ${where})::int`;
  const [row] = await sql.query<Holdings>(
    `select ${count('links')} + ${count('sync_links')} as links, ${counted('sync_records', 'not deleted')} as records,
       ${counted('runs', `state = 'waiting'`)} as waiting,
       ${counted('runs', `state = 'shelved'`)} + ${counted('sync_records', `dirty and due_at = 'infinity'`)} as shelved,
       ${count('runs')} as runs`,
    [organisationId, integration],
  );
  return row ?? { links: 0, records: 0, waiting: 0, shelved: 0, runs: 0 };
}

/** What is of no use without the integration. Passes, writes and runs are its history, and stay. */
const OF_THE_INTEGRATION = [
  'cursors',
  'claims',
  'links',
  'early_facts',
  'filter_memory',
  'sync_hints',
  'sync_keys',
  'sync_records',
  'sync_links',
  'syncs',
  'integration_roles',
] as const;

/**
 * Ends an integration: what waits is not done, what it kept of records is forgotten, its alerts are over. Its name and
 * its history stay. Belongs in a transaction.
 *
 * @param why what the log says of runs that were not done.
 * @returns false: there was none.
 */
export async function deleteIntegration(
  sql: Sql,
  { organisationId, integration }: IntegrationKey,
  why: Sentence,
): Promise<boolean> {
  const of = [organisationId, integration];
  const rows = await sql.query(
    `update integrations set deleted_at = now(), enabled = false, updated_at = now()
     where organisation_id = $1 and id = $2 and deleted_at is null returning id`,
    of,
  );
  if (rows.length === 0) return false;
  const ended = await sql.query<{ id: string }>(
    `with gone as (
       delete from queue where organisation_id = $1 and integration = $2 and owner is null returning run_id)
     update runs set state = 'skipped', summary = $3, owner = null, finished_at = now()
     where organisation_id = $1 and integration = $2 and (state = 'shelved' or id in (select run_id from gone))
     returning id`,
    [...of, JSON.stringify(why)],
  );
  // What they took on for all integrations and did not do is for whoever asks next.
  await sql.query(
    'delete from claims where organisation_id = $1 and integration = $2 and run_id = any($3::uuid[])',
    [organisationId, ALL_INTEGRATIONS, ended.map(({ id }) => id)],
  );
  for (const table of OF_THE_INTEGRATION)
    await sql.query(`delete from ${table} where organisation_id = $1 and integration = $2`, of);
  await forgetSyncedNames(sql, { organisationId, integration });
  await closeAlertsWhere(sql, 'organisation_id = $1 and integration = $2', of);
  return true;
}
