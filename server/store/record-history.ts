import type { RecordRef } from '../core/flow.ts';
import type { Sentence } from '../core/sentence.ts';
import type { Side } from '../core/sync/mapping.ts';
import type { Sql } from './database.ts';
import type { RecordKey } from './record-cache.ts';
import type { LoggedRun } from './run-log.ts';
import { loggedRunsById } from './run-log.ts';
import type { StoredError } from './runs.ts';
import type { UnitState } from './sync-views.ts';
import type { WriteOperation } from './sync-writes.ts';

/** What Liaison did for one record, from wherever it is known. */

/** Says that a run is about this record too. Safe to repeat. */
export async function addRunRecord(
  sql: Sql,
  run: { readonly id: string; readonly organisationId: string },
  record: RecordRef,
): Promise<void> {
  await sql.query(
    `insert into run_records (run_id, organisation_id, object, record_id) values ($1, $2, $3, $4) on conflict do nothing`,
    [run.id, run.organisationId, record.object, record.id],
  );
}

/** The records of the CRM that these runs concern, as far as somebody looked at them, and by integrations of which flow. */
export function recordsConcerned(
  sql: Sql,
  organisationId: string,
  runIds: readonly string[],
): Promise<{ module: string; id: string; flow: string }[]> {
  return sql.query(
    `with about as (
       select integration, record_object as object, record_id as id from runs where organisation_id = $1 and id = any($2::uuid[])
       union
       select r.integration, n.object, n.record_id from run_records n join runs r on r.id = n.run_id
       where n.organisation_id = $1 and n.run_id = any($2::uuid[]))
     select distinct c.module, c.record_id as id, g.flow from about a
     join integrations g on g.organisation_id = $1 and g.id = a.integration
     join record_cache c on c.organisation_id = $1 and c.refs @> array[a.object || ' ' || a.id]
     order by 1, 2, 3 limit 200`,
    [organisationId, runIds],
  );
}

/**
 * Runs about any of these records, newest first: of an event of theirs, that named them, or whose flow linked
 * its record to one of them. What had nothing to do, or was done by a later run, is left out, and what the
 * hidden integrations did.
 */
export async function runsAbout(
  sql: Sql,
  organisationId: string,
  refs: readonly RecordRef[],
  { limit, hidden }: { readonly limit: number; readonly hidden: ReadonlySet<string> },
): Promise<LoggedRun[]> {
  const found = await sql.query<{ id: string }>(
    `with wanted as (select * from jsonb_to_recordset($2) as w(object text, id text)), candidates as (
       select r.id from wanted w join runs r on r.organisation_id = $1 and r.record_object = w.object and r.record_id = w.id
       union
       select n.run_id from wanted w join run_records n on n.organisation_id = $1 and n.object = w.object and n.record_id = w.id
       union
       select r.id from wanted w join links l on l.organisation_id = $1 and l.right_id = w.id
         join runs r on r.organisation_id = $1 and r.integration = l.integration and r.record_id = l.left_id)
     select r.id from candidates c join runs r on r.id = c.id where r.state not in ('skipped', 'superseded')
       and r.integration <> all($4::text[])
     order by r.id desc limit $3`,
    [organisationId, JSON.stringify(refs), limit, [...hidden]],
  );
  const runs = await loggedRunsById(
    sql,
    organisationId,
    found.map(({ id }) => id),
  );
  return runs.reverse();
}

/** One record of one side of a sync. */
export interface SyncedRecord {
  readonly integration: string;
  readonly side: Side;
  readonly id: string;
}

export interface SyncStanding {
  readonly integration: string;
  readonly side: Side;
  readonly state: UnitState;
  /** The record of the other side; null while there is none. */
  readonly otherId: string | null;
  readonly error: StoredError | null;
  readonly excluded: Sentence | null;
  readonly writtenAt: Date | null;
}

/** How each of these records stands in its sync, in the worst of both sides' states. */
export function standingsOf(
  sql: Sql,
  organisationId: string,
  records: readonly SyncedRecord[],
): Promise<SyncStanding[]> {
  return sql.query<SyncStanding>(
    `select own.integration, own.side, other.record_id as "otherId", coalesce(own.error, other.error) as error,
       coalesce(own.excluded, other.excluded) as excluded, greatest(own.written_at, other.written_at) as "writtenAt",
       case when (own.dirty and own.due_at = 'infinity') or (other.dirty and other.due_at = 'infinity') then 'failing'
         when own.dirty or own.reread or other.dirty or other.reread then 'waiting'
         when own.excluded is not null or other.excluded is not null then 'excluded'
         when l.conflicts is not null then 'conflict' when own.link_id is null then 'alone' when l.undone is not null then 'differing' else 'in-sync' end as state
     from jsonb_to_recordset($2) as w(integration text, side text, id text)
     join sync_records own on own.organisation_id = $1 and own.integration = w.integration and own.side = w.side and own.record_id = w.id
     left join sync_links l on l.id = own.link_id
     left join sync_records other on other.link_id = own.link_id and other.side <> own.side
     where not own.deleted`,
    [organisationId, JSON.stringify(records)],
  );
}

export interface SyncWriteEntry {
  readonly id: string;
  readonly integration: string;
  readonly side: Side;
  readonly operation: WriteOperation;
  readonly fields: readonly string[];
  readonly state: 'done' | 'failed';
  readonly error: StoredError | null;
  readonly undone: boolean;
  readonly at: Date;
}

/** What syncs wrote into the record, and from it into its counterparts; newest first. */
export function writesAbout(
  sql: Sql,
  organisationId: string,
  records: readonly SyncedRecord[],
  limit: number,
): Promise<SyncWriteEntry[]> {
  return sql.query<SyncWriteEntry>(
    `with wanted as (select * from unnest($2::text[], $3::text[], $4::text[]) as w(integration, side, id)), pairs as (
       select integration, side, id from wanted
       union
       select w.integration, beside.side, beside.id from wanted w cross join lateral (
         select 'right' as side, l.right_id as id from sync_links l
         where w.side = 'left' and l.organisation_id = $1 and l.integration = w.integration and l.left_id = w.id
         union all
         select 'left', l.left_id from sync_links l
         where w.side = 'right' and l.organisation_id = $1 and l.integration = w.integration and l.right_id = w.id limit 2) beside)
     select s.id, s.integration, s.side, s.operation, s.state, s.error, s.undone_by is not null as undone, s.at,
       coalesce(array(select jsonb_object_keys(s.after_values)), '{}') as fields
     from pairs p cross join lateral (
       select * from sync_writes w where w.organisation_id = $1 and w.integration = p.integration and w.side = p.side
         and w.record_id = p.id and w.state in ('done', 'failed') order by w.id desc limit $5) s
     order by s.id desc limit $5`,
    [
      organisationId,
      records.map(({ integration }) => integration),
      records.map(({ side }) => side),
      records.map(({ id }) => id),
      limit,
    ],
  );
}

export interface ActEntry {
  readonly id: string;
  readonly connector: string;
  readonly userName: string | null;
  readonly sentence: Sentence;
  readonly at: Date;
}

export async function addAct(
  sql: Sql,
  key: RecordKey,
  act: Pick<ActEntry, 'connector' | 'userName' | 'sentence'> & { readonly action: string },
): Promise<void> {
  await sql.query(
    `insert into record_acts (organisation_id, module, record_id, connector, action, user_name, sentence)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      key.organisationId,
      key.module,
      key.id,
      act.connector,
      act.action,
      act.userName,
      JSON.stringify(act.sentence),
    ],
  );
}

export function actsOf(sql: Sql, key: RecordKey, limit: number): Promise<ActEntry[]> {
  return sql.query<ActEntry>(
    `select id, connector, user_name as "userName", sentence, at from record_acts
     where organisation_id = $1 and module = $2 and record_id = $3 order by id desc limit $4`,
    [key.organisationId, key.module, key.id, limit],
  );
}
