import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';

/** Which of the things that an integration is begun by: most are begun by one. */
export type CursorSide = 'first' | 'second';

export interface CursorRow {
  readonly organisationId: string;
  readonly integration: string;
  readonly side: CursorSide;
  readonly flow: string;
  readonly cursor: unknown;
  readonly version: string;
  /** How long the flow has been on, in milliseconds by the database's clock. */
  readonly onForMs: number;
}

/** A source that is to be looked at from now on; keeps the cursor it had. */
export async function ensureCursor(
  sql: Sql,
  organisationId: string,
  integration: string,
  side: CursorSide = 'first',
): Promise<void> {
  await sql.query(
    `insert into cursors (organisation_id, integration, side) values ($1, $2, $3)
     on conflict (organisation_id, integration, side) do update set next_at = least(cursors.next_at, now())`,
    [organisationId, integration, side],
  );
}

/** As `ensureCursor`, but what happened before now is not looked for, and nothing is missing any more. */
export async function startCursor(
  sql: Sql,
  organisationId: string,
  integration: string,
  side: CursorSide = 'first',
): Promise<void> {
  await sql.query(
    `insert into cursors (organisation_id, integration, side) values ($1, $2, $3)
     on conflict (organisation_id, integration, side) do update set cursor = null, version = cursors.version + 1,
       started_at = now(), next_at = now(), error = null, failing_since = null, gap = 0, gap_at = null, gap_from = null`,
    [organisationId, integration, side],
  );
}

/** Sources of flows that were turned on before they had a cursor are looked at from now on. */
export async function ensureCursors(
  sql: Sql,
  flows: readonly string[],
  side: CursorSide = 'first',
): Promise<void> {
  await sql.query(
    `insert into cursors (organisation_id, integration, side)
     select organisation_id, id, $2 from integrations where enabled and deleted_at is null and flow = any($1)
     on conflict do nothing`,
    [flows, side],
  );
}

const OF_CURSOR = 'f.organisation_id = c.organisation_id and f.id = c.integration and f.deleted_at is null';

const COLUMNS = `c.organisation_id as "organisationId", c.integration, c.side, f.flow, c.cursor, c.version,
  (extract(epoch from clock_timestamp() - c.started_at) * 1000)::float8 as "onForMs"`;

/** Due sources of enabled flows, the longest waiting first. */
export async function dueCursors(sql: Sql, flows: readonly string[], limit: number): Promise<CursorRow[]> {
  return sql.query<CursorRow>(
    `select ${COLUMNS} from cursors c
     join integrations f on ${OF_CURSOR} and f.enabled
     where c.next_at <= now() and f.flow = any($1) order by c.next_at limit $2`,
    [flows, limit],
  );
}

/** The cursor as it stands now, if its source is still due. */
export async function stillDue(sql: Sql, row: CursorRow): Promise<CursorRow | null> {
  const [current] = await sql.query<CursorRow>(
    `select ${COLUMNS} from cursors c join integrations f on ${OF_CURSOR}
     where c.organisation_id = $1 and c.integration = $2 and c.side = $3 and c.next_at <= now()`,
    [row.organisationId, row.integration, row.side],
  );
  return current ?? null;
}

/** Up to where a source was read; null before the first look. */
export async function cursorOf(
  sql: Sql,
  organisationId: string,
  integration: string,
  side: CursorSide = 'first',
): Promise<unknown> {
  const [row] = await sql.query<{ cursor: unknown }>(
    'select cursor from cursors where organisation_id = $1 and integration = $2 and side = $3',
    [organisationId, integration, side],
  );
  return row?.cursor ?? null;
}

/** Moves the cursor if nobody moved it since it was read. Belongs in the transaction that stores what it covers. */
export async function moveCursor(
  sql: Sql,
  row: CursorRow,
  cursor: unknown,
  everySeconds: number,
): Promise<boolean> {
  const rows = await sql.query(
    `update cursors set cursor = $4, version = version + 1, error = null, failing_since = null,
       looked_at = now(), next_at = now() + make_interval(secs => $5)
     where organisation_id = $1 and integration = $2 and version = $3 and side = $6 returning integration`,
    [row.organisationId, row.integration, row.version, JSON.stringify(cursor), everySeconds, row.side],
  );
  return rows.length > 0;
}

export async function postponeCursor(
  sql: Sql,
  row: CursorRow,
  error: StoredError,
  waitSeconds: number,
): Promise<void> {
  await sql.query(
    `update cursors set error = $3, failing_since = coalesce(failing_since, now()),
       next_at = now() + make_interval(secs => $4),
       -- Not connected yet: it is on from when it is.
       started_at = case when cursor is null and $5 then now() else started_at end
     where organisation_id = $1 and integration = $2 and side = $6`,
    [
      row.organisationId,
      row.integration,
      JSON.stringify(error),
      waitSeconds,
      error.kind === 'reconnect',
      row.side,
    ],
  );
}

/** Since when an organisation's integrations are to hear of what happens, each by its id. */
export async function heardSince(sql: Sql, organisationId: string): Promise<ReadonlyMap<string, Date>> {
  const rows = await sql.query<{ integration: string; startedAt: Date }>(
    `select integration, started_at as "startedAt" from cursors where organisation_id = $1 and side = 'first'`,
    [organisationId],
  );
  return new Map(rows.map(({ integration, startedAt }) => [integration, startedAt]));
}

/** Sources that waited for a connection are looked at now. */
export async function hurryCursors(sql: Sql, organisationId: string): Promise<void> {
  await sql.query(
    `update cursors set next_at = now() where organisation_id = $1 and error->>'kind' = 'reconnect'`,
    [organisationId],
  );
}

/** Forgets where the source was read to: the next poll reads it whole, the next sweep since the flow is on. */
export async function resetCursor(sql: Sql, row: CursorRow): Promise<void> {
  await sql.query(
    `update cursors set cursor = null, version = version + 1, next_at = now()
     where organisation_id = $1 and integration = $2 and side = $3`,
    [row.organisationId, row.integration, row.side],
  );
}
