import type { Sentence } from '../core/sentence.ts';
import type { Side } from '../core/sync/mapping.ts';
import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';
import type { SyncKey } from './sync-links.ts';

/** A record of another kind that a pass made beside what it wrote. */
export interface CompanionRow {
  readonly id: string;
  readonly passId: string;
  readonly side: Side;
  readonly name: string;
  readonly recordId: string | null;
  readonly version: string | null;
  readonly state: 'sending' | 'made' | 'failed' | 'unknown';
  /** The undo that looked at it last; null while none did. */
  readonly undoneBy: string | null;
  /** Why that undo left it; null when it took it away. */
  readonly stays: Sentence | null;
}

const COLUMNS = `id, pass_id as "passId", side, name, record_id as "recordId", version, state,
  undone_by as "undoneBy", stays`;

/** Remembers them before they are made. @returns their ids, in the order given. */
export async function beginCompanions(
  sql: Sql,
  key: SyncKey,
  passId: string,
  side: Side,
  names: readonly string[],
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `insert into sync_companions (organisation_id, integration, pass_id, side, name, state)
     select $1, $2, $3, $4, n.name, 'sending' from unnest($5::text[]) with ordinality as n(name, position)
     order by n.position returning id`,
    [key.organisationId, key.integration, passId, side, names],
  );
  return rows.map((row) => row.id);
}

export interface CompanionEnd {
  readonly id: string;
  readonly state: 'made' | 'failed' | 'unknown';
  readonly recordId: string | null;
  readonly version: string | null;
  readonly error: StoredError | null;
}

export async function endCompanions(sql: Sql, ends: readonly CompanionEnd[]): Promise<void> {
  if (ends.length === 0) return;
  await sql.query(
    `update sync_companions t set state = c.state, record_id = c."recordId", version = c.version,
       error = nullif(c.error, 'null')
     from jsonb_to_recordset($1) as c(id bigint, state text, "recordId" text, version text, error jsonb)
     where t.id = c.id`,
    [JSON.stringify(ends)],
  );
}

/** Those that were never sent leave no trace. */
export async function forgetCompanions(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query('delete from sync_companions where id = any($1::bigint[])', [ids]);
}

/** Those of which it is not known whether they were made. */
export function openCompanions(sql: Sql, key: SyncKey): Promise<CompanionRow[]> {
  return sql.query<CompanionRow>(
    `select ${COLUMNS} from sync_companions
     where organisation_id = $1 and integration = $2 and state in ('sending', 'unknown') order by id`,
    [key.organisationId, key.integration],
  );
}

/** Those that a pass made and that no undo has looked at yet. */
export function companionsToUndo(sql: Sql, key: SyncKey, passId: string): Promise<CompanionRow[]> {
  return sql.query<CompanionRow>(
    `select ${COLUMNS} from sync_companions
     where organisation_id = $1 and integration = $2 and pass_id = $3 and state = 'made'
       and (undone_by is null or stays is not null) order by id`,
    [key.organisationId, key.integration, passId],
  );
}

export async function saveUndoneCompanions(
  sql: Sql,
  undo: string,
  rows: readonly { readonly id: string; readonly stays: Sentence | null }[],
): Promise<void> {
  await sql.query(
    `update sync_companions t set undone_by = $2, stays = nullif(c.stays, 'null')
     from jsonb_to_recordset($1) as c(id bigint, stays jsonb) where t.id = c.id`,
    [JSON.stringify(rows), undo],
  );
}

/** What these passes made, or, being undos, looked at; by name. */
export function companionsOfPasses(sql: Sql, passIds: readonly string[]): Promise<CompanionRow[]> {
  return sql.query<CompanionRow>(
    `select ${COLUMNS} from sync_companions
     where state = 'made' and (pass_id = any($1::uuid[]) or undone_by = any($1::uuid[])) order by lower(name), id`,
    [passIds],
  );
}
