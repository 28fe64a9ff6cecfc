import type { Side } from '../core/sync/mapping.ts';
import type { FieldConflict } from '../core/sync/plan.ts';
import type { FieldValues } from '../core/sync-object.ts';
import type { Sql } from './database.ts';
import { figuresOf, holds } from './folded.ts';
import type { SetAside } from './run-log.ts';
import type { StoredError } from './runs.ts';
import type { SyncKey } from './sync-links.ts';
import type { PassKind } from './sync-passes.ts';
import type { Exclusion, Withheld } from './sync-records.ts';
import type { WriteOperation } from './sync-writes.ts';

/** What the screens of syncs read; nothing here changes anything. */

export type UnitState = 'in-sync' | 'waiting' | 'failing' | 'conflict' | 'differing' | 'excluded' | 'alone';

export interface UnitSide {
  readonly id: string;
  readonly label: string;
  readonly values: FieldValues;
  readonly deleted: boolean;
  readonly attempt: number;
  readonly error: StoredError | null;
  readonly excluded: Exclusion | null;
  readonly withheld: Withheld | null;
}

/** A linked pair, or a record without a link: what the status line counts as one. */
export interface UnitRow {
  /** Of the link, or of the side and the record. Unlike any other of the sync. */
  readonly unit: string;
  readonly label: string;
  readonly state: UnitState;
  readonly linkId: string | null;
  readonly left: UnitSide | null;
  readonly right: UnitSide | null;
  readonly conflicts: readonly FieldConflict[] | null;
  readonly choices: Readonly<Record<string, Side>> | null;
  /** Left field ids that differ since an undo. */
  readonly undone: readonly string[];
}

export interface UnitFilter {
  readonly state?: UnitState | undefined;
  readonly search?: string | undefined;
  /** Only records of this side that have no link. */
  readonly unlinked?: Side | undefined;
  /** Only records that are left out for this reason. */
  readonly reason?: Exclusion['code'] | undefined;
  /** Only this link. */
  readonly link?: string;
  /** The last row of the page before. */
  readonly after?: { readonly label: string; readonly unit: string } | null;
  readonly limit: number;
}

const SIDE_OF = (side: Side): string =>
  `(array_agg(jsonb_build_object('id', r.record_id, 'label', r.label, 'values', r.field_values, 'deleted', r.deleted,
     'attempt', r.attempt, 'error', r.error, 'excluded', r.excluded, 'withheld', r.withheld)) filter (where r.side = '${side}'))[1]`;

/** One of the record's values holds what is sought: an address, a name, a number however it is written. */
const HOLDS_VALUE = `exists (
  select from jsonb_path_query(r.field_values, 'strict $.**') v
  where jsonb_typeof(v) = 'string' and (${holds("v #>> '{}'", '$4')}
    or ($9::text is not null and strpos(regexp_replace(v #>> '{}', '\\D', '', 'g'), $9) > 0)))`;

/** Units by label, in pages; counted as `countRecords` counts them. */
export function unitsOf(sql: Sql, key: SyncKey, filter: UnitFilter): Promise<UnitRow[]> {
  return sql.query<UnitRow>(
    `with units as (
       select coalesce(r.link_id::text, r.side || ':' || r.record_id) as unit, r.link_id,
         coalesce(min(lower(r.label)) filter (where not r.deleted), min(lower(r.label)), '') as label,
         bool_or(r.dirty and r.due_at = 'infinity') as failing,
         bool_or(r.dirty or r.reread) as waiting,
         bool_or(r.excluded is not null) as excluded,
         bool_or(r.excluded->>'code' = $11) as reasoned
       from sync_records r
       where r.organisation_id = $1 and r.integration = $2 and (r.link_id is not null or not r.deleted)
         and ($8::bigint is null or r.link_id = $8)
         and ($10::text is null or (r.link_id is null and r.side = $10))
       group by 1, r.link_id
       having $4::text is null or bool_or(${holds('r.label', '$4')} or r.record_id = $4 or ${HOLDS_VALUE})
     ), stated as (
       select u.unit, u.link_id, u.label, u.reasoned, l.conflicts, l.choices,
         array(select jsonb_object_keys(l.undone) order by 1) as undone,
         case when failing then 'failing' when waiting then 'waiting' when excluded then 'excluded'
           when l.conflicts is not null then 'conflict' when u.link_id is null then 'alone' when l.undone is not null then 'differing' else 'in-sync' end as state
       from units u left join sync_links l on l.id = u.link_id
     ), page as (
       select * from stated where ($3::text is null or state = $3) and ($11::text is null or (state = 'excluded' and reasoned)) and ($5::text is null or (label, unit) > ($5, $6))
       order by label, unit limit $7
     )
     select p.unit, p.label, p.state, p.link_id as "linkId", p.conflicts, p.choices, p.undone,
       ${SIDE_OF('left')} as "left", ${SIDE_OF('right')} as "right"
     from page p cross join lateral (
       select * from sync_records where link_id = p.link_id
       union all
       select * from sync_records where p.link_id is null and organisation_id = $1 and integration = $2
         and side = split_part(p.unit, ':', 1) and record_id = substr(p.unit, strpos(p.unit, ':') + 1)) r
     group by p.unit, p.label, p.state, p.link_id, p.conflicts, p.choices, p.undone order by p.label, p.unit`,
    [
      key.organisationId,
      key.integration,
      filter.state ?? null,
      filter.search ?? null,
      filter.after?.label ?? null,
      filter.after?.unit ?? null,
      filter.limit,
      filter.link ?? null,
      filter.search === undefined ? null : figuresOf(filter.search),
      filter.unlinked ?? null,
      filter.reason ?? null,
    ],
  );
}

/** The side at which the last write of each of these links failed. */
export async function failedSides(sql: Sql, linkIds: readonly string[]): Promise<ReadonlyMap<string, Side>> {
  const rows = await sql.query<{ linkId: string; side: Side }>(
    `select distinct on (link_id) link_id as "linkId", side from sync_writes
     where link_id = any($1::bigint[]) and state = 'failed' order by link_id, id desc`,
    [linkIds],
  );
  return new Map(rows.map((row) => [row.linkId, row.side]));
}

export interface LinkedRecordRow {
  readonly side: Side;
  readonly version: string | null;
  readonly seenAt: Date;
  readonly writtenAt: Date | null;
  readonly linkedAt: Date;
}

/** What else is known of both records of a link. */
export function linkedRecords(sql: Sql, key: SyncKey, linkId: string): Promise<LinkedRecordRow[]> {
  return sql.query<LinkedRecordRow>(
    `select r.side, r.version, r.seen_at as "seenAt", r.written_at as "writtenAt", l.created_at as "linkedAt"
     from sync_links l join sync_records r on r.link_id = l.id
     where l.organisation_id = $1 and l.integration = $2 and l.id = $3`,
    [key.organisationId, key.integration, linkId],
  );
}

export interface HistoryRow {
  readonly side: Side;
  readonly operation: WriteOperation;
  readonly before: FieldValues | null;
  readonly after: FieldValues | null;
  readonly at: Date;
  readonly passId: string;
  readonly passKind: PassKind;
  readonly undone: boolean;
}

/** What Liaison wrote into both records of a link, newest first. */
export function historyOf(
  sql: Sql,
  key: SyncKey,
  ids: { readonly left: string; readonly right: string },
  limit: number,
): Promise<HistoryRow[]> {
  return sql.query<HistoryRow>(
    `select w.side, w.operation, w.before_values as "before", w.after_values as "after", w.at, w.pass_id as "passId",
       coalesce(p.kind, 'live') as "passKind", w.undone_by is not null as undone
     from sync_writes w left join sync_passes p on p.id = w.pass_id
     where w.organisation_id = $1 and w.integration = $2 and w.state = 'done'
       and ((w.side = 'left' and w.record_id = $3) or (w.side = 'right' and w.record_id = $4))
     order by w.id desc limit $5`,
    [key.organisationId, key.integration, ids.left, ids.right, limit],
  );
}

export interface PassWrites {
  readonly passId: string;
  readonly side: Side;
  readonly operation: WriteOperation;
  readonly done: number;
  readonly failed: number;
  readonly undone: number;
}

/** What each of these passes wrote. */
export function writesOfPasses(sql: Sql, passIds: readonly string[]): Promise<PassWrites[]> {
  return sql.query<PassWrites>(
    `select pass_id as "passId", side, operation, count(*) filter (where state = 'done')::int as done,
       count(*) filter (where state = 'failed')::int as failed,
       count(*) filter (where state = 'done' and undone_by is not null)::int as undone
     from sync_writes where pass_id = any($1::uuid[]) group by pass_id, side, operation`,
    [passIds],
  );
}

/** Whether a preview of the sync was ever applied. */
export async function wasApplied(sql: Sql, key: SyncKey): Promise<boolean> {
  const [row] = await sql.query<{ found: boolean }>(
    `select exists (select from sync_passes where organisation_id = $1 and integration = $2 and kind = 'apply') as found`,
    [key.organisationId, key.integration],
  );
  return row?.found === true;
}

/** When the sync is looked at next by itself; null while it is not to be looked at. */
export async function nextLook(sql: Sql, key: SyncKey): Promise<Date | null> {
  const [row] = await sql.query<{ at: Date }>(
    `select next_at as at from syncs where organisation_id = $1 and integration = $2 and phase in ('previewing', 'applying', 'live', 'undoing')`,
    [key.organisationId, key.integration],
  );
  return row?.at ?? null;
}

/** Records that the readings under way have met so far, of both sides. */
export async function countMet(
  sql: Sql,
  key: SyncKey,
  sweeps: Readonly<Record<Side, number>>,
): Promise<number> {
  const [row] = await sql.query<{ met: number }>(
    `select count(*)::int as met from sync_records where organisation_id = $1 and integration = $2 and not deleted
       and sweep = case side when 'left' then $3::int else $4::int end`,
    [key.organisationId, key.integration, sweeps.left, sweeps.right],
  );
  return row?.met ?? 0;
}

/** Records of each side that exist there. */
export async function countHeld(sql: Sql, key: SyncKey): Promise<Record<Side, number>> {
  const [row] = await sql.query<Record<Side, number>>(
    `select count(*) filter (where side = 'left')::int as left, count(*) filter (where side = 'right')::int as right
     from sync_records where organisation_id = $1 and integration = $2 and not deleted`,
    [key.organisationId, key.integration],
  );
  return row ?? { left: 0, right: 0 };
}

/** Records that syncs set aside, by sync and kind of failure, the largest first; a pair counts once. */
export function shelvedRecordsOf(sql: Sql, organisationId: string): Promise<SetAside[]> {
  return sql.query<SetAside>(
    `select r.integration, r.count, null as since, r.error, r.reasons, coalesce(g.flow, r.integration) as flow, g.name from (
       select organisation_id, integration, count(distinct coalesce(link_id::text, side || record_id))::int as count,
         count(*) as all, (array_agg(error order by record_id))[1] as error,
         count(distinct error->'sentence'->>'en')::int as reasons
       from sync_records where organisation_id = $1 and dirty and due_at = 'infinity'
       group by organisation_id, integration, error->>'kind') r
     left join integrations g on g.organisation_id = r.organisation_id and g.id = r.integration
     order by r.integration, r.all desc`,
    [organisationId],
  );
}
