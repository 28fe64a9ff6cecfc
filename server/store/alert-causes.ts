import type { Sentence } from '../core/sentence.ts';
import { closeAlertsWhere } from './alerts.ts';
import type { Sql } from './database.ts';

/** Something that is wrong now, as the tables show it. */
export interface Cause {
  readonly organisationId: string;
  readonly cause: string;
  readonly integration: string | null;
  readonly sentence: Sentence;
  /** How many runs, records or connections it is about. */
  readonly count: number;
}

/** What one integration set aside for one kind of failure. */
export interface ShelvedCause {
  readonly organisationId: string;
  readonly integration: string;
  readonly kind: string;
  readonly count: number;
  /** Of one of them. */
  readonly sentence: Sentence;
  /** How many different sentences they have. */
  readonly reasons: number;
}

/** Shelved runs, one row for each flow and kind of failure. */
export function shelvedRuns(sql: Sql): Promise<ShelvedCause[]> {
  return sql.query(
    `select organisation_id as "organisationId", integration, error->>'kind' as kind, count(*)::int as count,
       (array_agg(error->'sentence' order by id desc))[1] as sentence,
       count(distinct error->'sentence'->>'en')::int as reasons
     from runs where state = 'shelved' and error is not null group by 1, 2, 3`,
  );
}

/** Records that a sync set aside, one row for each sync and kind of failure. */
export function shelvedRecords(sql: Sql): Promise<ShelvedCause[]> {
  return sql.query(
    `select organisation_id as "organisationId", integration, error->>'kind' as kind,
       count(distinct coalesce(link_id::text, side || record_id))::int as count,
       (array_agg(error->'sentence' order by record_id))[1] as sentence,
       count(distinct error->'sentence'->>'en')::int as reasons
     from sync_records where dirty and due_at = 'infinity' and error is not null group by 1, 2, 3`,
  );
}

/** Flows that are on and whose source refused the last look for a reason that a person has to put right. */
export function refusedLooks(
  sql: Sql,
): Promise<{ organisationId: string; integration: string; sentence: Sentence }[]> {
  return sql.query(
    `select distinct on (c.organisation_id, c.integration) c.organisation_id as "organisationId", c.integration,
       c.error->'sentence' as sentence from cursors c
     join integrations f on f.organisation_id = c.organisation_id and f.id = c.integration and f.enabled and f.deleted_at is null
     where c.error->>'kind' in ('rejected', 'gone')`,
  );
}

/** Connectors of which the organisation lost connections; the accounts are named where it has several. */
export function lostConnections(
  sql: Sql,
): Promise<{ organisationId: string; connector: string; count: number; accounts: string[] }[]> {
  return sql.query(
    `select organisation_id as "organisationId", connector, count(*) filter (where lost)::int as count,
       case when count(*) = 1 then '{}' else array_agg(account->>'name' order by created_at) filter (where lost) end
         as accounts
     from (select c.*, 'reconnect' in (c.state, g.state) as lost
       from connections c join grants g on g.id = c.grant_id where c.owner is null) c
     group by 1, 2 having bool_or(lost)`,
  );
}

/** Ends the alerts about records that fought another program, where a person has taken them in again since. */
export async function closeEndedLoops(sql: Sql): Promise<void> {
  await closeAlertsWhere(
    sql,
    `split_part(cause, ' ', 1) = 'sync-loop'
       and not exists (select from sync_records r where r.organisation_id = alerts.organisation_id
         and r.integration = alerts.integration and r.link_id::text = split_part(cause, ' ', 3) and r.excluded->>'code' = 'loop')`,
  );
}

/** Ends the alerts about what calls Liaison at an account that is connected no more. */
export async function closeEndedRules(sql: Sql): Promise<void> {
  await closeAlertsWhere(
    sql,
    `split_part(cause, ' ', 1) = 'rule'
       and not exists (select from connections c where c.id::text = split_part(cause, ' ', 2))`,
  );
}

/** Alerts that are open for causes of these kinds (`shelf`, `reconnect`), and how many each is about. */
export function openCauses(
  sql: Sql,
  kinds: readonly string[],
): Promise<{ organisationId: string; cause: string; count: number }[]> {
  return sql.query(
    `select organisation_id as "organisationId", cause, occurrences as count from alerts
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

/** How long what happened is kept back, so that a burst becomes one message and a flicker none. */
export interface Patience {
  /** After an alert opened. */
  readonly gatherMs: number;
  /** After its cause was gone. */
  readonly calmMs: number;
}

/** A recovery that could be told to nobody for so long is news no longer. */
const OLD_NEWS = `interval '1 day'`;
const opened = (gather: string): string =>
  `told_at is null and closed_at is null and opened_at < now() - make_interval(secs => ${gather})`;
const recovered = (calm: string): string =>
  `told_at is not null and recovery_told_at is null and closed_at > now() - ${OLD_NEWS}
     and closed_at < now() - make_interval(secs => ${calm})`;

/** Organisations with something to tell, and somebody to tell it to. */
export async function organisationsToTell(sql: Sql, { gatherMs, calmMs }: Patience): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select distinct organisation_id as id from alerts join alert_settings using (organisation_id)
     where jsonb_array_length(destinations) > 0 and tell_at <= now()
       and ((${opened('$1')}) or (${recovered('$2')}))`,
    [gatherMs / 1_000, calmMs / 1_000],
  );
  return rows.map((row) => row.id);
}

/** What a message of now tells: all that is open and untold, also what opened a moment ago. */
export function untold(sql: Sql, organisationId: string, { calmMs }: Patience): Promise<Untold[]> {
  return sql.query<Untold>(
    `select id, sentence, closed_at is not null as closed, tries from alerts
     where organisation_id = $1 and tell_at <= now() and ((${opened('0')}) or (${recovered('$2')}))
     order by id limit 50`,
    [organisationId, calmMs / 1_000],
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
