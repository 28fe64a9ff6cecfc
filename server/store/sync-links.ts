import type { Side } from '../core/sync/mapping.ts';
import type { Base, FieldConflict } from '../core/sync/plan.ts';
import type { Sql } from './database.ts';

export interface SyncKey {
  readonly organisationId: string;
  readonly integration: string;
}

export interface LinkRow {
  readonly id: string;
  readonly leftId: string;
  readonly rightId: string;
  readonly base: Base;
  readonly conflicts: readonly FieldConflict[] | null;
  /** What a person chose for a field, by left field id, until it is done. */
  readonly choices: Readonly<Record<string, Side>> | null;
}

const COLUMNS = `id, left_id as "leftId", right_id as "rightId", base, conflicts, choices`;

export function linksById(sql: Sql, key: SyncKey, ids: readonly string[]): Promise<LinkRow[]> {
  return sql.query<LinkRow>(
    `select ${COLUMNS} from sync_links where organisation_id = $1 and integration = $2 and id = any($3::bigint[])`,
    [key.organisationId, key.integration, ids],
  );
}

export interface NewLink {
  readonly leftId: string;
  readonly rightId: string;
  readonly base: Base;
  readonly conflicts: readonly FieldConflict[] | null;
}

/**
 * Makes links and tells both records of them. One that stopped fitting its side's filter meanwhile leaves at once.
 * @returns the ids, in no order, with the records they join.
 */
export async function insertLinks(
  sql: Sql,
  key: SyncKey,
  links: readonly NewLink[],
): Promise<{ id: string; leftId: string; rightId: string }[]> {
  const made = await sql.query<{ id: string; leftId: string; rightId: string }>(
    `insert into sync_links (organisation_id, integration, left_id, right_id, base, conflicts)
     select $1, $2, l."leftId", l."rightId", l.base, nullif(l.conflicts, 'null')
     from jsonb_to_recordset($3) as l("leftId" text, "rightId" text, base jsonb, conflicts jsonb)
     returning id, left_id as "leftId", right_id as "rightId"`,
    [key.organisationId, key.integration, JSON.stringify(links)],
    'insert-links',
  );
  for (const [side, ids] of [
    ['left', made.map((link) => link.leftId)],
    ['right', made.map((link) => link.rightId)],
  ] as const) {
    // The list of ids makes it a search for each of them, also while PostgreSQL knows nothing of the table yet.
    await sql.query(
      `update sync_records set link_id = ($5::bigint[])[array_position($4::text[], record_id)],
         excluded = case when excluded->>'code' = 'filter' then excluded end, dirty = dirty or coalesce(excluded->>'code' = 'filter', false)
       where organisation_id = $1 and integration = $2 and side = $3 and record_id = any($4)`,
      [key.organisationId, key.integration, side, ids, made.map((link) => link.id)],
    );
  }
  return made;
}

export interface LinkChange {
  readonly id: string;
  readonly base: Base;
  readonly conflicts: readonly FieldConflict[] | null;
}

/** What an undo left different, less the fields that the two sides now agree on anew. `c` holds the new base. */
const STILL_UNDONE = `(select jsonb_object_agg(u.key, u.value) from jsonb_each(l.undone) u
  where l.base->u.key is not distinct from (l.base || c.base)->u.key)`;

/** What both sides agreed on last. Ends what a person had chosen: it is done. */
export async function saveBases(sql: Sql, links: readonly LinkChange[]): Promise<void> {
  if (links.length === 0) return;
  await sql.query(
    `update sync_links l set base = c.base, conflicts = nullif(c.conflicts, 'null'), choices = null, undone = ${STILL_UNDONE}
     from jsonb_to_recordset($1) as c(id bigint, base jsonb, conflicts jsonb) where l.id = c.id`,
    [JSON.stringify(links)],
  );
}

/** Fields that agree from now on, beside those that did already. */
export async function mergeBases(
  sql: Sql,
  links: readonly { readonly id: string; readonly base: Base }[],
): Promise<void> {
  if (links.length === 0) return;
  await sql.query(
    `update sync_links l set base = l.base || c.base, undone = ${STILL_UNDONE}
     from jsonb_to_recordset($1) as c(id bigint, base jsonb) where l.id = c.id`,
    [JSON.stringify(links)],
  );
}

/** Ends links; both records stay where they are. */
export async function removeLinks(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(`update sync_records set link_id = null where link_id = any($1::bigint[])`, [ids]);
  await sql.query(`delete from sync_links where id = any($1::bigint[])`, [ids]);
}

/** Ends the links of records that an undo is about to remove. @returns the records that had them. */
export async function endUndone(
  sql: Sql,
  key: SyncKey,
  ids: readonly string[],
): Promise<{ side: Side; id: string }[]> {
  if (ids.length === 0) return [];
  const records = await sql.query<{ side: Side; id: string }>(
    `update sync_records set link_id = null
     where organisation_id = $1 and integration = $2 and link_id = any($3::bigint[]) returning side, record_id as id`,
    [key.organisationId, key.integration, ids],
  );
  await sql.query(
    `delete from sync_links where organisation_id = $1 and integration = $2 and id = any($3::bigint[])`,
    [key.organisationId, key.integration, ids],
  );
  return records;
}

export async function countLinks(sql: Sql, key: SyncKey): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::int as count from sync_links where organisation_id = $1 and integration = $2`,
    [key.organisationId, key.integration],
  );
  return row?.count ?? 0;
}

/** What a person decided for a field in conflict; the records are looked at at once. */
export async function choose(
  sql: Sql,
  key: SyncKey,
  linkId: string,
  choices: Readonly<Record<string, Side>>,
): Promise<boolean> {
  const rows = await sql.query(
    `update sync_links set choices = coalesce(choices, '{}') || $4
     where organisation_id = $1 and integration = $2 and id = $3 and conflicts is not null returning id`,
    [key.organisationId, key.integration, linkId, JSON.stringify(choices)],
  );
  if (rows.length === 0) return false;
  await sql.query(
    `update sync_records set dirty = true, urgent = true, due_at = now() where link_id = $1 and side = 'left'`,
    [linkId],
  );
  return true;
}
