import type { Side } from '../core/sync/mapping.ts';
import type { Sql } from './database.ts';
import type { SyncKey } from './sync-links.ts';

/**
 * Makes records findable by their match keys. A key that a record has no more stays: whoever finds records
 * by keys checks what they have now.
 */
export async function addKeys(
  sql: Sql,
  key: SyncKey,
  side: Side,
  records: readonly { readonly id: string; readonly keys: readonly string[] }[],
): Promise<void> {
  const pairs = records.flatMap(({ id, keys }) => keys.map((one) => [one, id] as const));
  if (pairs.length === 0) return;
  await sql.query(
    `insert into sync_keys (organisation_id, integration, side, key, record_id)
     select $1, $2, $3, k.key, k.record_id from unnest($4::text[], $5::text[]) as k(key, record_id)
     on conflict do nothing`,
    [key.organisationId, key.integration, side, pairs.map(([one]) => one), pairs.map(([, id]) => id)],
    'add-keys',
  );
}

/** Ids, by side, of the records that have one of these keys, or once had it. */
export async function recordIdsByKey(
  sql: Sql,
  key: SyncKey,
  keys: readonly string[],
): Promise<ReadonlyMap<Side, string[]>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<{ side: Side; id: string }>(
    `select distinct side, record_id as id from sync_keys
     where organisation_id = $1 and integration = $2 and key = any($3)`,
    [key.organisationId, key.integration, keys],
  );
  const bySide = Map.groupBy(rows, (row) => row.side);
  return new Map([...bySide].map(([side, own]) => [side, own.map((row) => row.id)] as const));
}
