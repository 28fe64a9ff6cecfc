import type { Sql } from './database.ts';
import type { SyncKey } from './sync-links.ts';

/** Small tables are read as a whole whatever PostgreSQL believes of them. */
const WORTH_IT = 1_000;

/**
 * Lets PostgreSQL look at the tables of syncs again when one sync alone holds more than twice the rows that
 * it knows of. Its own look comes with a minute's delay: by then a first reading is done, each of its
 * statements planned for an empty table.
 */
export async function freshenStatistics(sql: Sql, key: SyncKey): Promise<void> {
  const [rows] = await sql.query<{ held: number; known: number; links: number; knownLinks: number }>(
    `select (select count(*) from sync_records where organisation_id = $1 and integration = $2)::int as held,
       (select reltuples from pg_class where oid = 'sync_records'::regclass)::float8 as known,
       (select count(*) from sync_links where organisation_id = $1 and integration = $2)::int as links,
       (select reltuples from pg_class where oid = 'sync_links'::regclass)::float8 as "knownLinks"`,
    [key.organisationId, key.integration],
  );
  if (rows === undefined) return;
  const isStale = (held: number, known: number): boolean => held > WORTH_IT && held > 2 * Math.max(known, 0);
  if (isStale(rows.held, rows.known)) await sql.query('analyze sync_records, sync_keys');
  if (isStale(rows.links, rows.knownLinks)) await sql.query('analyze sync_links, sync_writes');
}
