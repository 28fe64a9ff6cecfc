import type { Sql } from './database.ts';

export interface RefreshLimit {
  readonly count: number;
  readonly perMs: number;
}

/**
 * How long, in milliseconds, until one more access token may be asked for; 0 when it may be now. Call it
 * under the grant's lease, in the transaction that notes the request.
 */
export async function refreshDelay(sql: Sql, grantId: string, limit: RefreshLimit): Promise<number> {
  const rows = await sql.query<{ delay: number }>(
    `select (extract(epoch from at - clock_timestamp()) * 1000 + $3)::float8 as delay from token_refreshes
     where grant_id = $1 order by at desc offset $2 limit 1`,
    [grantId, limit.count - 1, limit.perMs],
  );
  return Math.max(0, Math.ceil(rows[0]?.delay ?? 0));
}

/** Notes that access tokens are asked for now, and forgets what is out of the limit's reach. */
export async function noteRefreshes(
  sql: Sql,
  grantId: string,
  limit: RefreshLimit,
  times = 1,
): Promise<void> {
  await sql.query(
    `insert into token_refreshes (grant_id, at) select $1, clock_timestamp() from generate_series(1, $2)`,
    [grantId, times],
  );
  await sql.query(
    `delete from token_refreshes where grant_id = $1 and at < clock_timestamp() - $2 * interval '1 millisecond'`,
    [grantId, limit.perMs * 2],
  );
}

/**
 * Nobody asks for so long, whatever was asked for before: counted as a whole limit's requests, made when they
 * leave the window in `restMs`.
 */
export async function noteRest(
  sql: Sql,
  grantId: string,
  limit: RefreshLimit,
  restMs: number,
): Promise<void> {
  await sql.query(
    `insert into token_refreshes (grant_id, at)
     select $1, clock_timestamp() + $3 * interval '1 millisecond' from generate_series(1, $2)`,
    [grantId, limit.count, restMs - limit.perMs],
  );
}

/** A new authorisation comes with a refresh token of its own, and so with a count of its own. */
export async function forgetRefreshes(sql: Sql, grantId: string): Promise<void> {
  await sql.query('delete from token_refreshes where grant_id = $1', [grantId]);
}
