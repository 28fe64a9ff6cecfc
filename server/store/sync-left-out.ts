import type { Side } from '../core/sync/mapping.ts';
import type { Sql } from './database.ts';
import type { SyncKey } from './sync-links.ts';
import type { Exclusion } from './sync-records.ts';

/** What is left out, and what an undo left different: how much of it there is, and how it is taken back. */

/** Records that are left out by reason, the most frequent first; a pair counts once. As `countRecords` counts. */
export function leftOutOf(sql: Sql, key: SyncKey): Promise<{ code: Exclusion['code']; records: number }[]> {
  return sql.query(
    `select code, count(*)::int as records from (
       select coalesce(min(excluded->>'code') filter (where side = 'left'), min(excluded->>'code')) as code,
         bool_or(dirty or reread) as waiting
       from sync_records
       where organisation_id = $1 and integration = $2 and (link_id is not null or not deleted)
       group by coalesce(link_id::text, side || ':' || record_id) having bool_or(excluded is not null)) units
     where not waiting group by code order by records desc, code`,
    [key.organisationId, key.integration],
  );
}

/** Which of what is left out: one record, or all for a reason; null: whatever the reason. */
export type Inclusion =
  | { readonly side: Side; readonly id: string }
  | { readonly reason: Exclude<Exclusion['code'], 'vendor' | 'filter' | 'parted' | 'unfit'> | null };

/**
 * Takes back what is left out, but for what its vendor or its side's filter keeps out. A pair that an undo left different is
 * equal again by the value that the undo took away. @returns how many; a pair counts once.
 */
export async function includeRecords(sql: Sql, key: SyncKey, which: Inclusion): Promise<number> {
  const of = [key.organisationId, key.integration];
  const [one, all] = 'side' in which ? [which, null] : [null, which];
  const reason = all?.reason ?? null;
  const rows = await sql.query<{ unit: string }>(
    `update sync_records set dirty = true, urgent = true, due_at = now(), attempt = 0, error = null, excluded = null,
       reread = true
     where organisation_id = $1 and integration = $2 and not deleted
       and excluded is not null and excluded->>'code' not in ('vendor', 'filter', 'parted', 'unfit')
       and ($3::text is null or excluded->>'code' = $3)
       and ($4::text is null or (side = $4 and record_id = $5) or link_id = (
         select link_id from sync_records
         where organisation_id = $1 and integration = $2 and side = $4 and record_id = $5))
     returning coalesce(link_id::text, side || ':' || record_id) as unit`,
    [...of, reason, one?.side ?? null, one?.id ?? null],
  );
  const links = reason === null || reason === 'undone' ? await takeUp(sql, of, one) : [];
  return new Set([...rows.map((row) => row.unit), ...links]).size;
}

async function takeUp(
  sql: Sql,
  of: readonly string[],
  one: { readonly side: Side; readonly id: string } | null,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update sync_links set choices = coalesce(choices, '{}') || undone
     where organisation_id = $1 and integration = $2 and undone is not null
       and ($3::text is null or case when $3 = 'left' then left_id else right_id end = $4)
     returning id`,
    [...of, one?.side ?? null, one?.id ?? null],
  );
  const ids = rows.map((row) => row.id);
  await sql.query(
    `update sync_records set dirty = true, urgent = true, due_at = now(), attempt = 0, error = null, reread = true
     where link_id = any($1::bigint[]) and not deleted and excluded is null`,
    [ids],
  );
  return ids;
}

/** What an undo left different on the two sides of links: by left field id, the side that would win again. */
export async function saveUndone(
  sql: Sql,
  links: readonly { readonly id: string; readonly undone: Readonly<Record<string, Side>> }[],
): Promise<void> {
  if (links.length === 0) return;
  await sql.query(
    `update sync_links l set undone = coalesce(l.undone, '{}') || c.undone
     from jsonb_to_recordset($1) as c(id bigint, undone jsonb) where l.id = c.id and c.undone <> '{}'`,
    [JSON.stringify(links)],
  );
}
