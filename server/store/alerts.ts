import type { Sentence } from '../core/sentence.ts';
import type { Sql } from './database.ts';

export interface AlertRow {
  readonly id: string;
  readonly organisationId: string;
  /** What is wrong, as a key: one alert for as long as the cause lasts. */
  readonly cause: string;
  readonly flow: string | null;
  readonly sentence: Sentence;
  readonly occurrences: number;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

/** Opens an alert, or counts once more the one that is open for this cause. @returns whether it is new. */
export async function raiseAlert(
  sql: Sql,
  alert: { organisationId: string; cause: string; flow: string | null; sentence: Sentence },
): Promise<boolean> {
  const [row] = await sql.query<{ fresh: boolean }>(
    `insert into alerts (organisation_id, cause, flow, sentence) values ($1, $2, $3, $4)
     on conflict (organisation_id, cause) where closed_at is null
     do update set occurrences = alerts.occurrences + 1, last_at = now(), sentence = excluded.sentence
     returning (xmax = 0) as fresh`,
    [alert.organisationId, alert.cause, alert.flow, JSON.stringify(alert.sentence)],
  );
  return row?.fresh === true;
}

/** The cause is gone. @returns whether an alert was open for it. */
export async function closeAlert(sql: Sql, organisationId: string, cause: string): Promise<boolean> {
  const rows = await sql.query(
    `update alerts set closed_at = now() where organisation_id = $1 and cause = $2 and closed_at is null returning id`,
    [organisationId, cause],
  );
  return rows.length > 0;
}

/** Newest first; closed ones too, for thirty days. */
export function alertsOf(sql: Sql, organisationId: string): Promise<AlertRow[]> {
  return sql.query<AlertRow>(
    `select id, organisation_id as "organisationId", cause, flow, sentence, occurrences,
       opened_at as "openedAt", closed_at as "closedAt"
     from alerts where organisation_id = $1 and coalesce(closed_at, now()) > now() - interval '30 days'
     order by closed_at is not null, id desc limit 200`,
    [organisationId],
  );
}
