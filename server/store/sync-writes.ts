import type { Side } from '../core/sync/mapping.ts';
import type { Base } from '../core/sync/plan.ts';
import type { FieldValues } from '../core/sync-object.ts';
import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';
import type { SyncKey } from './sync-links.ts';
import { tellFrom } from './tell.ts';

export type WriteOperation = 'create' | 'update' | 'remove';

export interface NewWrite {
  readonly linkId: string | null;
  readonly side: Side;
  readonly recordId: string | null;
  readonly fromId: string | null;
  readonly operation: WriteOperation;
  /** Of an update only the fields that change; of a remove all mapped ones. */
  readonly before: FieldValues | null;
  readonly after: FieldValues | null;
  readonly marker: string | null;
  /** Of an update: what the two sides agree on of its fields once it is done; null: that is not known. */
  readonly agreed: Base | null;
}

export interface WriteRow extends NewWrite {
  readonly id: string;
  readonly passId: string;
  readonly state: 'sending' | 'done' | 'failed' | 'unknown';
  readonly error: StoredError | null;
  readonly at: Date;
  /** Milliseconds since it was sent. */
  readonly ageMs: number;
  readonly undoneBy: string | null;
}

const COLUMNS = `id, pass_id as "passId", link_id as "linkId", side, record_id as "recordId", from_id as "fromId",
  operation, before_values as "before", after_values as "after", agreed, marker, state, error, at, undone_by as "undoneBy",
  (extract(epoch from clock_timestamp() - at) * 1000)::float8 as "ageMs"`;

/** Remembers writes before they are sent. @returns their ids, in the order given. */
export async function beginWrites(
  sql: Sql,
  key: SyncKey,
  passId: string,
  writes: readonly NewWrite[],
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `insert into sync_writes (organisation_id, integration, pass_id, link_id, side, record_id, from_id, operation, before_values, after_values, agreed, marker, state)
     select $1, $2, $3, w."linkId", w.side, w."recordId", w."fromId", w.operation,
       nullif(w.before, 'null'), nullif(w.after, 'null'), nullif(w.agreed, 'null'), w.marker, 'sending'
     from jsonb_array_elements($4::jsonb) with ordinality as e(item, position)
     cross join lateral jsonb_to_record(e.item)
       as w("linkId" bigint, side text, "recordId" text, "fromId" text, operation text, before jsonb, after jsonb, agreed jsonb, marker uuid)
     order by e.position returning id`,
    [key.organisationId, key.integration, passId, JSON.stringify(writes)],
    'begin-writes',
  );
  return rows.map((row) => row.id);
}

export interface WriteEnd {
  readonly id: string;
  readonly state: 'done' | 'failed' | 'unknown';
  readonly recordId: string | null;
  readonly after: FieldValues | null;
  readonly error: StoredError | null;
  /** What the record is called; absent: as it is remembered. */
  readonly label?: string;
}

/** What the two sides of a sync hold. */
export type SyncObjects = Readonly<Record<Side, { readonly application: string; readonly object: string }>>;

const END = `update sync_writes t set state = w.state, record_id = coalesce(w."recordId", t.record_id),
         after_values = coalesce(nullif(w.after, 'null'), t.after_values), error = nullif(w.error, 'null')
       from jsonb_to_recordset($1) as w(id bigint, state text, "recordId" text, after jsonb, error jsonb, label text)
       where t.id = w.id`;

const END_AND_TELL = `with ended as (
       ${END} returning t.*, w.label),
     facts as (
       select e.organisation_id, e.integration, null::uuid as run_id, 'record.changed' as fact, 'write ' || e.id as key,
         json_build_object(
           'operation', case e.operation when 'create' then 'created' when 'update' then 'changed' else 'removed' end,
           'record', json_build_object('application', here.application, 'object', here.object, 'id', e.record_id,
             'name', nullif(coalesce(e.label, s.label), '')),
           'from', case when e.from_id is null then null else json_build_object('application', there.application,
             'object', there.object, 'id', e.from_id, 'name', nullif(o.label, '')) end,
           'fields', case when e.operation = 'update' and jsonb_typeof(e.after_values) = 'object'
             then array_to_json(array(select jsonb_object_keys(e.after_values))) else '[]'::json end) as data
       from ended e
       join jsonb_to_recordset($2) as here(side text, application text, object text) on here.side = e.side
       join jsonb_to_recordset($2) as there(side text, application text, object text) on there.side <> e.side
       left join sync_records s on s.organisation_id = e.organisation_id and s.integration = e.integration
         and s.side = e.side and s.record_id = e.record_id
       left join sync_records o on o.organisation_id = e.organisation_id and o.integration = e.integration
         and o.side <> e.side and o.record_id = e.from_id
       where e.state = 'done' and exists (select from receivers r where r.organisation_id = e.organisation_id))
     ${tellFrom('facts')}`;

/** Notes how writes ended; of those that were done receivers are told. */
export async function endWrites(sql: Sql, objects: SyncObjects, ends: readonly WriteEnd[]): Promise<void> {
  if (ends.length === 0) return;
  const done = JSON.stringify(ends);
  // Where nobody is told anything, what tells them is not planned either: that takes longer than all the rest.
  const [is] = await sql.query<{ told: boolean }>('select exists (select from receivers) as told', []);
  if (is?.told !== true) await sql.query(END, [done]);
  else
    await sql.query(END_AND_TELL, [
      done,
      JSON.stringify(Object.entries(objects).map(([side, one]) => ({ side, ...one }))),
    ]);
}

/** Writes that were never sent leave no trace. */
export async function forgetWrites(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query(`delete from sync_writes where id = any($1::bigint[])`, [ids]);
}

/** Writes whose outcome is not known: under way when a process died, or answered by nothing. */
export function openWrites(sql: Sql, key: SyncKey): Promise<WriteRow[]> {
  return sql.query<WriteRow>(
    `select ${COLUMNS} from sync_writes where organisation_id = $1 and integration = $2 and state in ('sending', 'unknown') order by id`,
    [key.organisationId, key.integration],
  );
}

export function writesOfPass(sql: Sql, key: SyncKey, passId: string): Promise<WriteRow[]> {
  return sql.query<WriteRow>(
    `select ${COLUMNS} from sync_writes where organisation_id = $1 and integration = $2 and pass_id = $3 order by id`,
    [key.organisationId, key.integration, passId],
  );
}

/** The updates of these links within the last `ms`, oldest first, for links with at least `atLeast`. */
export function recentUpdates(
  sql: Sql,
  linkIds: readonly string[],
  ms: number,
  atLeast: number,
): Promise<Pick<WriteRow, 'linkId' | 'side' | 'after'>[]> {
  return sql.query(
    `select "linkId", side, "after" from (
       select id, link_id as "linkId", side, after_values as "after", count(*) over (partition by link_id) as writes
       from sync_writes where link_id = any($1::bigint[]) and operation = 'update' and state = 'done'
         and at > now() - make_interval(secs => $2)) w
     where writes >= $3 order by id`,
    [linkIds, ms / 1_000, atLeast],
  );
}

export async function recentRemoves(sql: Sql, key: SyncKey, ms: number): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::int as count from sync_writes where organisation_id = $1 and integration = $2
       and operation = 'remove' and state = 'done' and at > now() - make_interval(secs => $3)`,
    [key.organisationId, key.integration, ms / 1_000],
  );
  return row?.count ?? 0;
}

export async function markUndone(sql: Sql, ids: readonly string[], passId: string): Promise<void> {
  await sql.query(`update sync_writes set undone_by = $2 where id = any($1::bigint[])`, [ids, passId]);
}
