import type { Sentence } from '../core/sentence.ts';
import type { Sql } from './database.ts';

/** Something that is wrong now, as the tables show it. */
export interface Cause {
  readonly organisationId: string;
  readonly cause: string;
  readonly flow: string | null;
  readonly sentence: Sentence;
}

/** Shelved runs, one row for each flow and kind of failure. */
export function shelvedRuns(
  sql: Sql,
): Promise<{ organisationId: string; flow: string; kind: string; count: number; sentence: Sentence }[]> {
  return sql.query(
    `select organisation_id as "organisationId", flow, error->>'kind' as kind, count(*)::int as count,
       (array_agg(error->'sentence' order by id desc))[1] as sentence
     from runs where state = 'shelved' and error is not null group by 1, 2, 3`,
  );
}

export function lostConnections(sql: Sql): Promise<{ organisationId: string; connector: string }[]> {
  return sql.query(
    `select organisation_id as "organisationId", connector from connections where state = 'reconnect'`,
  );
}

/** Alerts that are open for causes of these kinds: `shelf`, `reconnect`. */
export function openCauses(
  sql: Sql,
  kinds: readonly string[],
): Promise<{ organisationId: string; cause: string }[]> {
  return sql.query(
    `select organisation_id as "organisationId", cause from alerts
     where closed_at is null and split_part(cause, ' ', 1) = any($1)`,
    [kinds],
  );
}

export interface Untold {
  readonly id: string;
  readonly sentence: Sentence;
  readonly closed: boolean;
  readonly tries: number;
}

/** Organisations with something to tell; a burst is given time to become one message. */
export async function organisationsToTell(sql: Sql, gatherMs: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select distinct organisation_id as id from alerts
     where tell_at <= now() and ((told_at is null and closed_at is null and opened_at < now() - make_interval(secs => $1))
       or (closed_at is not null and told_at is not null and recovery_told_at is null))`,
    [gatherMs / 1_000],
  );
  return rows.map((row) => row.id);
}

export function untold(sql: Sql, organisationId: string): Promise<Untold[]> {
  return sql.query<Untold>(
    `select id, sentence, closed_at is not null as closed, tries from alerts
     where organisation_id = $1 and tell_at <= now() and ((told_at is null and closed_at is null)
       or (closed_at is not null and told_at is not null and recovery_told_at is null))
     order by id limit 50`,
    [organisationId],
  );
}

export async function markTold(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query(
    `update alerts set told_at = coalesce(told_at, now()), tell_error = null, tries = 0,
       recovery_told_at = case when closed_at is null then null else now() end
     where id = any($1::bigint[])`,
    [ids],
  );
}

export async function markUntold(
  sql: Sql,
  ids: readonly string[],
  error: Sentence,
  retryInMs: number,
): Promise<void> {
  await sql.query(
    `update alerts set tell_error = $2, tries = tries + 1, tell_at = now() + make_interval(secs => $3)
     where id = any($1::bigint[])`,
    [ids, JSON.stringify(error), retryInMs / 1_000],
  );
}
