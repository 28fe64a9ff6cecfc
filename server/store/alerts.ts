import type { Sentence } from '../core/sentence.ts';
import type { Sql } from './database.ts';
import { tellFrom } from './tell.ts';

export interface AlertRow {
  readonly id: string;
  readonly organisationId: string;
  /** What is wrong, as a key: one alert for as long as the cause lasts. */
  readonly cause: string;
  readonly integration: string | null;
  /** Of the integration; null where it is about none. */
  readonly flow: string | null;
  /** What the integration is called; null: as its flow is. */
  readonly name: string | null;
  readonly sentence: Sentence;
  /** How many records or runs it is about, or how often it happened. */
  readonly occurrences: number;
  readonly openedAt: Date;
  readonly lastAt: Date;
  readonly closedAt: Date | null;
  /** When somebody was told of it. */
  readonly toldAt: Date | null;
  /** Why nobody could be told so far. */
  readonly tellError: Sentence | null;
}

/** What a person asked of their own data is between them and the admins. */
const KEPT_QUIET = `'privacy'`;

/** What receivers are told of alerts: of which kind they are, and what they say. */
const factsOf = (
  what: 'opened' | 'closed',
  from: string,
): string => `select organisation_id, integration, null::uuid as run_id,
     'alert.${what}' as fact, 'alert ${what} ' || id || ' ' || extract(epoch from now()) as key,
     json_build_object('alert', id::text, 'reason', json_build_object('code', split_part(cause, ' ', 1),
       'en', sentence->>'en', 'fr', sentence->>'fr')) as data
   from (select * from ${from}) a where split_part(cause, ' ', 1) <> ${KEPT_QUIET}`;

/** A cause that comes back this soon, and whose end was not told, was never gone. */
export const CALM_MS = 120_000;

export interface RaisedAlert {
  readonly organisationId: string;
  readonly cause: string;
  readonly integration: string | null;
  readonly sentence: Sentence;
  /** How many it is about now; absent: one more than before. */
  readonly count?: number;
}

/**
 * Opens an alert, or writes anew the one that is open for this cause; one that was over for a moment only
 * goes on, so that a cause that comes and goes is told once. @returns whether it is new.
 */
export async function raiseAlert(sql: Sql, alert: RaisedAlert): Promise<boolean> {
  const { organisationId, cause, integration, sentence, count = null } = alert;
  const again = await sql.query(
    `with again as (update alerts set closed_at = null, last_at = now(), sentence = $3, occurrences = coalesce($4, occurrences + 1)
     where id = (select id from alerts where organisation_id = $1 and cause = $2 and recovery_told_at is null
         and closed_at > now() - make_interval(secs => $5) order by id desc limit 1)
       and not exists (select from alerts where organisation_id = $1 and cause = $2 and closed_at is null)
       returning *),
     facts as (${factsOf('opened', 'again')}),
     told as (${tellFrom('facts')})
     select id from again`,
    [organisationId, cause, JSON.stringify(sentence), count, CALM_MS / 1_000],
  );
  if (again.length > 0) return false;
  const [row] = await sql.query<{ fresh: boolean }>(
    `with raised as (
       insert into alerts (organisation_id, cause, integration, sentence, occurrences) values ($1, $2, $3, $4, coalesce($5, 1))
       on conflict (organisation_id, cause) where closed_at is null
       do update set occurrences = coalesce($5, alerts.occurrences + 1), last_at = now(), sentence = excluded.sentence
       returning *, (xmax = 0) as fresh),
     facts as (${factsOf('opened', 'raised where fresh')}),
     told as (${tellFrom('facts')})
     select fresh from raised`,
    [organisationId, cause, integration, JSON.stringify(sentence), count],
  );
  return row?.fresh === true;
}

/** Closes the open alerts for which a condition holds, and tells receivers of it. @returns how many they were. */
export async function closeAlertsWhere(
  sql: Sql,
  condition: string,
  values: readonly unknown[] = [],
): Promise<number> {
  const rows = await sql.query(
    `with closed as (update alerts set closed_at = now() where closed_at is null and ${condition} returning *),
     facts as (${factsOf('closed', 'closed')}),
     told as (${tellFrom('facts')})
     select id from closed`,
    values,
  );
  return rows.length;
}

/** The cause is gone. @returns whether an alert was open for it. */
export async function closeAlert(sql: Sql, organisationId: string, cause: string): Promise<boolean> {
  return (await closeAlertsWhere(sql, 'organisation_id = $1 and cause = $2', [organisationId, cause])) > 0;
}

/** The cause is gone, and it was nobody's in particular. */
export async function closeAlertEverywhere(sql: Sql, cause: string): Promise<void> {
  await closeAlertsWhere(sql, 'cause = $1', [cause]);
}

/** The cause has been gone for so long that whoever could be told of it was. */
export async function closeOldAlert(
  sql: Sql,
  organisationId: string,
  cause: string,
  seconds: number,
): Promise<void> {
  const isOld = 'organisation_id = $1 and cause = $2 and last_at < now() - make_interval(secs => $3)';
  await closeAlertsWhere(sql, isOld, [organisationId, cause, seconds]);
}

/** The same of every organisation's, for all causes of a kind. */
export async function closeOldAlerts(sql: Sql, kind: string, seconds: number): Promise<void> {
  const isOld = `split_part(cause, ' ', 1) = $1 and last_at < now() - make_interval(secs => $2)`;
  await closeAlertsWhere(sql, isOld, [kind, seconds]);
}

/** Says something else in alerts of a kind that name somebody. @param text what they name, in whatever case. */
export async function rewordAlerts(
  sql: Sql,
  organisationId: string,
  { kind, text, sentence }: { readonly kind: string; readonly text: string; readonly sentence: Sentence },
): Promise<void> {
  await sql.query(
    `update alerts set sentence = $4 where organisation_id = $1 and split_part(cause, ' ', 1) = $2
       and position(lower($3) in lower(sentence::text)) > 0`,
    [organisationId, kind, text, JSON.stringify(sentence)],
  );
}

/** Newest first; closed ones too, for so many days. */
export function alertsOf(sql: Sql, organisationId: string, closedDays: number): Promise<AlertRow[]> {
  return sql.query<AlertRow>(
    `select a.id, a.organisation_id as "organisationId", cause, integration, g.flow, g.name, sentence, occurrences,
       opened_at as "openedAt", last_at as "lastAt", closed_at as "closedAt", told_at as "toldAt",
       tell_error as "tellError"
     from alerts a left join integrations g on g.organisation_id = a.organisation_id and g.id = a.integration
     where a.organisation_id = $1 and coalesce(closed_at, now()) > now() - make_interval(days => $2)
     order by closed_at is not null, coalesce(closed_at, opened_at) desc, a.id desc limit 200`,
    [organisationId, closedDays],
  );
}
