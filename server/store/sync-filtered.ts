import type { Side } from '../core/sync/mapping.ts';
import { KEPT, PARTED } from '../core/sync/plan-links.ts';
import type { Sql } from './database.ts';
import type { SyncKey } from './sync-links.ts';
import type { Exclusion } from './sync-records.ts';

/** What filters of a sync leave in the store: records that do not fit, and pairs that parted because one stopped fitting. */

const WHERE = 'organisation_id = $1 and integration = $2';
const of = (key: SyncKey): unknown[] => [key.organisationId, key.integration];

/** A record that a filter may have left out turned out to be one that we made: it is read and judged again as such. */
export async function markMade(sql: Sql, key: SyncKey, side: Side, id: string): Promise<void> {
  await sql.query(
    `update sync_records set made = true, reread = true where ${WHERE} and side = $3 and record_id = $4`,
    [...of(key), side, id],
  );
}

/** What was made on a side under a filter that is no more. */
export async function forgetMade(sql: Sql, key: SyncKey, side: Side): Promise<void> {
  await sql.query(`update sync_records set made = false where ${WHERE} and side = $3 and made`, [
    ...of(key),
    side,
  ]);
}

/** What would be made of these records may fit by now. */
export async function wakeUnfit(sql: Sql, key: SyncKey, side: Side): Promise<void> {
  await sql.query(
    `update sync_records set excluded = null, dirty = true, due_at = now()
     where ${WHERE} and side = $3 and excluded->>'code' = 'unfit'`,
    [...of(key), side],
  );
}

/**
 * Records that stayed when their pair parted, and whose former counterparts are gone since: they stay for good, also where
 * they changed meanwhile, or are to be looked at under another filter.
 */
export async function keepParted(
  sql: Sql,
  key: SyncKey,
  side: Side,
  formerIds: readonly string[],
): Promise<void> {
  if (formerIds.length === 0) return;
  const excluded: Exclusion = { code: 'kept', ...KEPT };
  await sql.query(
    `update sync_records set excluded = $5, former_id = null
     where ${WHERE} and side = $3 and former_id = any($4) and link_id is null and not deleted
       and (excluded is null or excluded->>'code' = 'parted')`,
    [...of(key), side, formerIds, JSON.stringify(excluded)],
  );
}

/** Pairs whose links end because a record stopped fitting: each remembers the other. */
export async function rememberFormer(
  sql: Sql,
  key: SyncKey,
  pairs: readonly { readonly leftId: string; readonly rightId: string }[],
): Promise<void> {
  if (pairs.length === 0) return;
  await sql.query(
    `update sync_records t set former_id = r.former
     from (select 'left' as side, "leftId" as id, "rightId" as former from jsonb_to_recordset($3) as p("leftId" text, "rightId" text)
       union all select 'right', "rightId", "leftId" from jsonb_to_recordset($3) as p("leftId" text, "rightId" text)) r
     where t.${WHERE} and t.side = r.side and t.record_id = r.id`,
    [...of(key), JSON.stringify(pairs)],
  );
}

/** A person keeps the pairs of records that stopped fitting from being removed: their links end, both sides stay. */
export async function keepUnfitting(sql: Sql, key: SyncKey): Promise<void> {
  const links = await sql.query<{ id: string; leftId: string; rightId: string }>(
    `select id, left_id as "leftId", right_id as "rightId" from sync_links where ${WHERE} and id in (
       select link_id from sync_records where ${WHERE} and not deleted and dirty and link_id is not null
         and excluded->>'leaving' in ('unlinked', 'removed'))`,
    of(key),
  );
  const ids = links.map(({ id }) => id);
  const parted: Exclusion = { code: 'parted', ...PARTED };
  await rememberFormer(sql, key, links);
  await sql.query(
    `update sync_records set link_id = null, dirty = false, excluded = coalesce(excluded, $2::jsonb)
     where link_id = any($1::bigint[])`,
    [ids, JSON.stringify(parted)],
  );
  await sql.query('delete from sync_links where id = any($1::bigint[])', [ids]);
}

/** How many records of each side do not fit its filter; and of linked pairs, how many one of whose records does not. */
export async function countUnfitting(
  sql: Sql,
  key: SyncKey,
): Promise<{ readonly left: number; readonly right: number; readonly linked: number }> {
  const [row] = await sql.query<{ left: number; right: number; linked: number }>(
    `select count(*) filter (where side = 'left')::int as left, count(*) filter (where side = 'right')::int as right,
       count(distinct link_id)::int as linked
     from sync_records where ${WHERE} and not deleted and excluded->>'code' = 'filter'`,
    of(key),
  );
  return row ?? { left: 0, right: 0, linked: 0 };
}
