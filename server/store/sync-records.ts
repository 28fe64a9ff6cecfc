import type { Sentence } from '../core/sentence.ts';
import type { Side } from '../core/sync/mapping.ts';
import type { Leaving } from '../core/sync/side-filter.ts';
import type { FieldValues } from '../core/sync-object.ts';
import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';
import { addKeys, recordIdsByKey } from './sync-keys.ts';
import type { SyncKey } from './sync-links.ts';

/**
 * Why a record takes no part. `vendor`: it cannot; `incomplete`: it lacks what the other side needs; `filter`: it does
 * not fit its side's; `parted`: its counterpart does not; `unfit`: what it would make does not; the other codes name
 * who or what decided.
 */
export interface Exclusion extends Sentence {
  readonly code:
    | 'vendor'
    | 'ambiguous'
    | 'incomplete'
    | 'filter'
    | 'parted'
    | 'unfit'
    | 'kept'
    | 'undone'
    | 'loop'
    | 'admin';
  /** Of `filter`: what becomes of its pair. */
  readonly leaving?: Leaving;
  /** Of `filter`, `parted` and `unfit`: since when, ISO 8601. */
  readonly at?: string;
  /** Its counterpart is to be taken away. */
  readonly withdraws?: true;
}

/** Fields that a vendor does not tell whole, and why. */
export type Withheld = Readonly<Record<string, Sentence>>;

/** A record as Liaison last saw it. */
export interface RecordRow {
  readonly side: Side;
  readonly id: string;
  readonly version: string | null;
  readonly values: FieldValues;
  readonly label: string;
  readonly keys: readonly string[];
  readonly linkId: string | null;
  readonly deleted: boolean;
  readonly excluded: Exclusion | null;
  readonly withheld: Withheld | null;
  readonly dirty: boolean;
  readonly reread: boolean;
  readonly attempt: number;
  readonly error: StoredError | null;
  /** Milliseconds since Liaison wrote it; null when it never did. */
  readonly writtenMs: number | null;
  /** False from a write of ours until the vendor shows what it made of it. */
  readonly confirmed: boolean;
  /** Until then: the fields that we sent, and whose stored spelling the vendor's answer did not say. */
  readonly unshown: readonly string[];
  /** Made by Liaison under a filter, and it never fitted since. */
  readonly made: boolean;
  /** The record that it was linked with until one of the two stopped fitting. */
  readonly formerId: string | null;
}

const COLUMNS = `side, record_id as id, version, field_values as "values", label, match_keys as keys,
  link_id as "linkId", deleted, excluded, withheld, dirty, reread, attempt, error, confirmed, unshown, made, former_id as "formerId",
  (extract(epoch from clock_timestamp() - written_at) * 1000)::float8 as "writtenMs"`;

const WHERE = 'organisation_id = $1 and integration = $2';

const of = (key: SyncKey): unknown[] => [key.organisationId, key.integration];

export function recordsById(
  sql: Sql,
  key: SyncKey,
  side: Side,
  ids: readonly string[],
): Promise<RecordRow[]> {
  return sql.query<RecordRow>(
    `select ${COLUMNS} from sync_records where ${WHERE} and side = $3 and record_id = any($4)`,
    [...of(key), side, ids],
  );
}

export function recordsOfLinks(sql: Sql, linkIds: readonly string[]): Promise<RecordRow[]> {
  return sql.query<RecordRow>(`select ${COLUMNS} from sync_records where link_id = any($1::bigint[])`, [
    linkIds,
  ]);
}

/**
 * Every record, of both sides, that shares a match key with one of these. Asked in two steps, so that each is
 * a search of an index whatever PostgreSQL believes about the tables: in the first reading of a large address
 * book it knows nothing of them yet.
 */
export async function recordsByKey(sql: Sql, key: SyncKey, keys: readonly string[]): Promise<RecordRow[]> {
  const wanted = new Set(keys);
  const found: RecordRow[] = [];
  for (const [side, ids] of await recordIdsByKey(sql, key, keys))
    found.push(...(await recordsById(sql, key, side, ids)));
  return found.filter((record) => !record.deleted && record.keys.some((one) => wanted.has(one)));
}

/** Records with changes that are due, live ones first. */
export function dueRecords(sql: Sql, key: SyncKey, limit: number): Promise<RecordRow[]> {
  return sql.query<RecordRow>(
    `select ${COLUMNS} from sync_records
     where ${WHERE} and dirty and not reread and due_at <= now() order by urgent desc, due_at limit $3`,
    [...of(key), limit],
  );
}

/** Changed records whether due or not, for a preview: in pages by side and id. */
export function changedRecords(
  sql: Sql,
  key: SyncKey,
  after: { side: Side; id: string } | null,
  limit: number,
): Promise<RecordRow[]> {
  return sql.query<RecordRow>(
    `select ${COLUMNS} from sync_records
     where ${WHERE} and dirty and (side, record_id) > ($3, $4) order by side, record_id limit $5`,
    [...of(key), after?.side ?? '', after?.id ?? '', limit],
  );
}

/** Ids of records that stand under these: that are them, or begin with one of them and a stroke. */
export async function idsUnder(
  sql: Sql,
  key: SyncKey,
  side: Side,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select record_id as id from sync_records
     where ${WHERE} and side = $3 and not deleted
       and (record_id = any($4) or split_part(record_id, '/', 1) = any($4))`,
    [...of(key), side, ids],
  );
  return rows.map((row) => row.id);
}

/** Ids that must be read again before anything is decided on them. */
export async function rereadIds(sql: Sql, key: SyncKey, side: Side, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select record_id as id from sync_records
     where ${WHERE} and side = $3 and reread and (due_at <= now() or due_at = 'infinity') order by record_id limit $4`,
    [...of(key), side, limit],
  );
  return rows.map((row) => row.id);
}

/** What a look at the vendor changes of a record that has something new to carry over. */
export interface SeenRecord {
  readonly id: string;
  readonly version: string | null;
  readonly values: FieldValues;
  readonly label: string;
  readonly keys: readonly string[];
  readonly excluded: Exclusion | null;
  readonly withheld?: Withheld | null;
  readonly made?: boolean;
  readonly urgent: boolean;
  readonly sweep: number;
  readonly marker: string | null;
}

/** Stores new and changed records: they are dirty, due at once, and no longer on the shelf. */
export async function saveChanged(
  sql: Sql,
  key: SyncKey,
  side: Side,
  records: readonly SeenRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await sql.query(
    `insert into sync_records (organisation_id, integration, side, record_id, version, field_values, label, match_keys, excluded, withheld, urgent, sweep, marker, made)
     select $1, $2, $3, r.id, r.version, r."values", r.label, r.keys, nullif(r.excluded, 'null'), nullif(r.withheld, 'null'), r.urgent, r.sweep, r.marker, coalesce(r.made, false)
     from jsonb_to_recordset($4)
       as r(id text, version text, "values" jsonb, label text, keys text[], excluded jsonb, withheld jsonb, urgent boolean, sweep integer, marker text, made boolean)
     on conflict (organisation_id, integration, side, record_id) do update set
       version = excluded.version, field_values = excluded.field_values, label = excluded.label,
       match_keys = excluded.match_keys, withheld = excluded.withheld, urgent = excluded.urgent, sweep = excluded.sweep, deleted = false,
       made = excluded.made,
       excluded = case when sync_records.excluded->>'code' in ('admin', 'undone', 'kept', 'loop')
         then sync_records.excluded else excluded.excluded end,
       dirty = true, reread = false, confirmed = true, unshown = '{}', due_at = now(), attempt = 0, error = null, seen_at = now()`,
    [...of(key), side, JSON.stringify(records)],
  );
  await addKeys(sql, key, side, records);
}

/**
 * Stores what was seen of records that have nothing new to carry over, and are known. A vendor may show the
 * same state at many looks in a row: that is written down once a minute.
 */
export async function saveSeen(
  sql: Sql,
  key: SyncKey,
  side: Side,
  records: readonly Omit<SeenRecord, 'urgent' | 'keys' | 'excluded' | 'withheld' | 'marker'>[],
): Promise<void> {
  if (records.length === 0) return;
  await sql.query(
    `insert into sync_records as t (organisation_id, integration, side, record_id, version, field_values, label, sweep, made)
     select $1, $2, $3, r.id, r.version, r."values", r.label, r.sweep, coalesce(r.made, false)
     from jsonb_to_recordset($4) as r(id text, version text, "values" jsonb, label text, sweep integer, made boolean)
     on conflict (organisation_id, integration, side, record_id) do update set
       version = excluded.version, field_values = excluded.field_values, label = excluded.label,
       sweep = excluded.sweep, reread = false, confirmed = true, unshown = '{}', seen_at = now(),
       made = excluded.made
     where t.reread or not t.confirmed or t.sweep <> excluded.sweep or t.version is distinct from excluded.version
       or t.label <> excluded.label or t.field_values <> excluded.field_values
       or t.made <> excluded.made
       or t.seen_at < now() - interval '1 minute'`,
    [...of(key), side, JSON.stringify(records)],
  );
}

/** Records that are no more: linked ones have something to carry over, others are only remembered as gone. */
export async function saveGone(sql: Sql, key: SyncKey, side: Side, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = await sql.query(
    `update sync_records set deleted = true, dirty = link_id is not null, urgent = true, reread = false,
       due_at = now(), attempt = 0, error = null, confirmed = true, unshown = '{}'
     where ${WHERE} and side = $3 and record_id = any($4) and (not deleted or reread) returning record_id`,
    [...of(key), side, ids],
  );
  return rows.length;
}

export async function markReread(sql: Sql, key: SyncKey, side: Side, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    `update sync_records set reread = true where ${WHERE} and side = $3 and record_id = any($4)`,
    [...of(key), side, ids],
  );
}

/**
 * Records without a link that share a key with a changed one are looked at again: what was ambiguous or
 * alone may now have its counterpart.
 */
export async function wakeNeighbours(sql: Sql, key: SyncKey, keys: readonly string[]): Promise<void> {
  for (const [side, ids] of await recordIdsByKey(sql, key, keys)) {
    await sql.query(
      `update sync_records set dirty = true, due_at = now(), excluded = null
       where ${WHERE} and side = $3 and record_id = any($4) and not dirty and not deleted
         and link_id is null and (excluded is null or excluded->>'code' in ('ambiguous', 'incomplete', 'unfit'))`,
      [...of(key), side, ids],
    );
  }
}

/** Live records that the reading `sweep` did not meet. */
export async function unmet(sql: Sql, key: SyncKey, side: Side, sweep: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select record_id as id from sync_records where ${WHERE} and side = $3 and sweep < $4 and not deleted
     order by record_id`,
    [...of(key), side, sweep],
  );
  return rows.map((row) => row.id);
}

/** Nothing (more) to carry over. */
export async function settle(sql: Sql, key: SyncKey, side: Side, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    `update sync_records set dirty = false, urgent = false, attempt = 0, error = null
     where ${WHERE} and side = $3 and record_id = any($4) and (dirty or urgent or attempt > 0 or error is not null)`,
    [...of(key), side, ids],
  );
}

/** Records that have something to carry over again. */
export async function markDirty(
  sql: Sql,
  key: SyncKey,
  records: readonly { side: Side; id: string }[],
): Promise<void> {
  if (records.length === 0) return;
  await sql.query(
    `update sync_records t set dirty = true, due_at = now()
     from jsonb_to_recordset($3) as r(side text, id text)
     where t.${WHERE} and t.side = r.side and t.record_id = r.id`,
    [...of(key), JSON.stringify(records)],
  );
}

/** Takes a record out until something or someone brings it back. */
export async function exclude(
  sql: Sql,
  key: SyncKey,
  records: readonly { side: Side; id: string; excluded: Exclusion }[],
): Promise<void> {
  if (records.length === 0) return;
  await sql.query(
    `update sync_records t set excluded = r.excluded, dirty = false, error = null
     from jsonb_to_recordset($3) as r(side text, id text, excluded jsonb)
     where t.${WHERE} and t.side = r.side and t.record_id = r.id`,
    [...of(key), JSON.stringify(records)],
  );
}

export interface RecordFailure {
  readonly side: Side;
  readonly id: string;
  readonly error: StoredError;
  /** Null: on the shelf. Else seconds until the next try. */
  readonly retryIn: number | null;
  readonly reread: boolean;
}

/** One more failed attempt. */
export async function saveFailures(
  sql: Sql,
  key: SyncKey,
  failures: readonly RecordFailure[],
): Promise<void> {
  if (failures.length === 0) return;
  await sql.query(
    `update sync_records t set error = r.error, attempt = t.attempt + 1, dirty = true, reread = t.reread or r.reread,
       due_at = case when r."retryIn" is null then 'infinity' else now() + make_interval(secs => r."retryIn") end
     from jsonb_to_recordset($3) as r(side text, id text, error jsonb, "retryIn" float8, reread boolean)
     where t.${WHERE} and t.side = r.side and t.record_id = r.id`,
    [...of(key), JSON.stringify(failures)],
  );
}

export interface WrittenRecord {
  readonly id: string;
  readonly version: string | null;
  readonly values: FieldValues;
  readonly label: string;
  readonly keys: readonly string[];
  readonly sweep: number;
  readonly unshown: readonly string[];
  /** It was made just now, on a side with a filter. */
  readonly made: boolean;
}

/** Unlinked records of a side that came to be known after a moment: what a lost create may have made. */
export function strangersSince(
  sql: Sql,
  key: SyncKey,
  side: Side,
  since: Date,
): Promise<(RecordRow & { readonly marker: string | null })[]> {
  return sql.query(
    `select ${COLUMNS}, marker from sync_records
     where ${WHERE} and side = $3 and link_id is null and not deleted and first_seen_at >= $4
     order by record_id limit 5000`,
    [...of(key), side, since],
  );
}

/** A record that is not there, and is known all the same. */
export interface GoneRecord {
  readonly id: string;
  readonly values: FieldValues;
  readonly label: string;
  readonly sweep: number;
}

/** Remembers a record as gone that was never met; one that is known stays as it is. */
export async function rememberGone(
  sql: Sql,
  key: SyncKey,
  side: Side,
  { id, values, label, sweep }: GoneRecord,
): Promise<void> {
  await sql.query(
    `insert into sync_records (organisation_id, integration, side, record_id, field_values, label, dirty, sweep, deleted)
     values ($1, $2, $3, $4, $5, $6, false, $7, true)
     on conflict (organisation_id, integration, side, record_id) do nothing`,
    [...of(key), side, id, JSON.stringify(values), label, sweep],
  );
}

/** Records as we have just written them; the vendor has yet to show what it made of that. */
export async function saveWritten(
  sql: Sql,
  key: SyncKey,
  side: Side,
  records: readonly WrittenRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await sql.query(
    `insert into sync_records (organisation_id, integration, side, record_id, version, field_values, label, match_keys, dirty, sweep, written_at, confirmed, unshown, made)
     select $1, $2, $3, r.id, r.version, r."values", r.label, r.keys, false, r.sweep, now(), false, r.unshown, r.made
     from jsonb_to_recordset($4)
       as r(id text, version text, "values" jsonb, label text, keys text[], sweep integer, unshown text[], made boolean)
     on conflict (organisation_id, integration, side, record_id) do update set
       version = excluded.version, field_values = excluded.field_values, label = excluded.label,
       match_keys = excluded.match_keys, sweep = greatest(sync_records.sweep, excluded.sweep), written_at = now(),
       unshown = sync_records.unshown || excluded.unshown, confirmed = false, deleted = false,
       made = sync_records.made or excluded.made`,
    [...of(key), side, JSON.stringify(records)],
    'save-written',
  );
  await addKeys(sql, key, side, records);
}

/** Records that we removed. */
export async function saveRemoved(sql: Sql, key: SyncKey, side: Side, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    `update sync_records set deleted = true, dirty = false, link_id = null, error = null, written_at = now()
     where ${WHERE} and side = $3 and record_id = any($4)`,
    [...of(key), side, ids],
  );
}

/** What seems to be gone is looked for by id before it is believed. */
export async function doubtDeleted(sql: Sql, key: SyncKey): Promise<void> {
  await sql.query(
    `update sync_records set reread = true where ${WHERE} and deleted and dirty and link_id is not null`,
    of(key),
  );
}

/** Puts shelved records back to work, all of them or one. @returns how many; a pair counts once. */
export async function retryRecords(
  sql: Sql,
  key: SyncKey,
  which: { side: Side; id: string } | 'shelf',
): Promise<number> {
  const condition =
    which === 'shelf' ? `due_at = 'infinity'` : `side = $3 and record_id = $4 and not deleted`;
  const rows = await sql.query<{ unit: string }>(
    `update sync_records set dirty = true, urgent = true, due_at = now(), attempt = 0, error = null, excluded = null,
       reread = true
     where ${WHERE} and ${condition} returning coalesce(link_id::text, side || ':' || record_id) as unit`,
    which === 'shelf' ? of(key) : [...of(key), which.side, which.id],
  );
  return new Set(rows.map((row) => row.unit)).size;
}

/** A person keeps what the other side's deletions would take along: the links end, both sides stay as they are. */
export async function keepDeleted(sql: Sql, key: SyncKey): Promise<void> {
  const excluded: Exclusion = {
    code: 'kept',
    en: 'Its counterpart is gone. An admin chose to keep this record; it is not made again on the other side.',
    fr: 'Sa contrepartie a disparu. Un administrateur a choisi de garder cette fiche\u00a0; elle n’est pas recréée de l’autre côté.',
  };
  const ends = await sql.query<{ id: string }>(
    `select link_id as id from sync_records
     where ${WHERE} and (deleted or excluded ? 'withdraws') and link_id is not null`,
    of(key),
  );
  const ids = ends.map((row) => row.id);
  await sql.query(
    `update sync_records set excluded = case when deleted then null when excluded ? 'withdraws' then excluded else $2::jsonb end, dirty = false, link_id = null
     where link_id = any($1::bigint[])`,
    [ids, JSON.stringify(excluded)],
  );
  await sql.query(`delete from sync_links where id = any($1::bigint[])`, [ids]);
}

/** Everything is looked at again, for instance because the mapping or a filter changed. */
export async function markAllDirty(sql: Sql, key: SyncKey): Promise<void> {
  await sql.query(
    `update sync_records set dirty = true, due_at = now(),
       excluded = case when excluded->>'code' in ('parted', 'unfit') then null else excluded end
     where ${WHERE} and not deleted`,
    of(key),
  );
}

const ENDS = `(deleted or excluded ? 'withdraws' or excluded->>'leaving' in ('unlinked', 'removed'))`;

/**
 * Links that a deletion would end, or a record that stopped fitting: what the brake looks at. One in doubt is looked at
 * first.
 */
export async function pendingEnds(
  sql: Sql,
  key: SyncKey,
): Promise<{ readonly count: number; readonly unfitting: number }> {
  const [row] = await sql.query<{ count: number; unfitting: number }>(
    `select count(*)::int as count,
       count(*) filter (where not deleted and excluded ? 'leaving')::int as unfitting
     from sync_records where ${WHERE} and ${ENDS} and dirty and not reread and link_id is not null`,
    of(key),
  );
  return row ?? { count: 0, unfitting: 0 };
}

export interface RecordCounts {
  /** Links of which nothing is waiting, failing or undecided. */
  readonly inSync: number;
  readonly waiting: number;
  readonly failing: number;
  readonly conflicts: number;
  /** Links of which an undo left a field different on the two sides. */
  readonly differing: number;
  readonly excluded: number;
  /** Unlinked records that the settings leave alone. */
  readonly alone: number;
}

/** Per record, as the status line shows them: a linked pair counts once, in its worst state. */
export async function countRecords(sql: Sql, key: SyncKey): Promise<RecordCounts> {
  const [row] = await sql.query<RecordCounts>(
    `with units as (
       select r.link_id,
         bool_or(r.dirty and r.due_at = 'infinity') as failing,
         bool_or(r.dirty or r.reread) as waiting,
         bool_or(r.excluded is not null) as excluded
       from sync_records r where ${WHERE} and (link_id is not null or not deleted)
       group by r.link_id, case when r.link_id is null then r.side || r.record_id end)
     select
       count(*) filter (where link_id is not null and not failing and not waiting and not excluded and l.conflicts is null and l.undone is null)::int as "inSync",
       count(*) filter (where failing)::int as failing,
       count(*) filter (where waiting and not failing)::int as waiting,
       count(*) filter (where l.conflicts is not null and not waiting and not failing and not excluded)::int as conflicts,
       count(*) filter (where l.undone is not null and l.conflicts is null and not waiting and not failing and not excluded)::int as differing,
       count(*) filter (where excluded and not waiting and not failing)::int as excluded,
       count(*) filter (where link_id is null and not failing and not waiting and not excluded)::int as alone
     from units u left join sync_links l on l.id = u.link_id`,
    of(key),
  );
  return row ?? { inSync: 0, waiting: 0, failing: 0, conflicts: 0, differing: 0, excluded: 0, alone: 0 };
}
