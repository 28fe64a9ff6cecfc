import type { Sentence } from '../core/sentence.ts';
import type { Sql } from './database.ts';
import type { RunState, StoredError } from './runs.ts';

export interface NewMailLog {
  readonly organisationId: string;
  readonly mail: Buffer;
  readonly message: Buffer | null;
  readonly module: string;
  readonly recordId: string;
  readonly recordName: string | null;
  readonly integration: string;
  readonly eventKey: string;
  readonly askedBy: string | null;
  readonly askedName: string | null;
}

/** A mail on a record, as far as it got. */
export interface MailLog {
  readonly mail: Buffer;
  readonly module: string;
  readonly recordId: string;
  readonly recordName: string | null;
  readonly integration: string;
  readonly eventKey: string;
  readonly run: string | null;
  readonly state: RunState | null;
  readonly summary: Sentence | null;
  readonly error: StoredError | null;
  readonly at: Date;
  readonly by: string | null;
  /** The CRM's own id of the mail; null: it is not there yet. */
  readonly crmId: string | null;
}

/** Stores what was asked for; what was asked for before stays as it is. @returns those that are new, by their place. */
export async function addMailLogs(sql: Sql, logs: readonly NewMailLog[]): Promise<ReadonlySet<string>> {
  const rows = await sql.query<{ eventKey: string }>(
    `insert into mail_logs (organisation_id, mail, message, module, record_id, record_name, integration, event_key, asked_by, asked_name)
     select * from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::text[])
     on conflict (organisation_id, mail, module, record_id) do nothing
     returning event_key as "eventKey"`,
    [
      logs.map((log) => log.organisationId),
      logs.map((log) => log.mail),
      logs.map((log) => log.message),
      logs.map((log) => log.module),
      logs.map((log) => log.recordId),
      logs.map((log) => log.recordName),
      logs.map((log) => log.integration),
      logs.map((log) => log.eventKey),
      logs.map((log) => log.askedBy),
      logs.map((log) => log.askedName),
    ],
  );
  return new Set(rows.map(({ eventKey }) => eventKey));
}

/**
 * Where a mail is logged, or about to be, the first that was asked for first.
 *
 * @param by a digest: of what the mail is known by, or of its Message-ID.
 * @param connector whose events begin the runs.
 */
export function mailLogsOf(
  sql: Sql,
  organisationId: string,
  by: { readonly mail: Buffer } | { readonly message: Buffer },
  connector: string,
): Promise<MailLog[]> {
  const [column, digest] = 'mail' in by ? ['mail', by.mail] : ['message', by.message];
  return sql.query<MailLog>(
    `select m.mail, m.module, m.record_id as "recordId", m.record_name as "recordName", m.integration,
       m.event_key as "eventKey",
       r.id as run, r.state, r.summary, r.error, m.asked_at as at, m.asked_name as by, l.right_id as "crmId"
     from mail_logs m
     left join inbox i on i.organisation_id = m.organisation_id and i.connector = $3 and i.event_key = m.event_key
       and i.account = ''
     left join lateral (
       select id, case when owner is not null and state = 'waiting' then 'running' else state end as state, summary, error
       from runs where organisation_id = m.organisation_id and integration = m.integration and record_id = m.record_id
         and event_id = i.id order by id desc limit 1) r on true
     left join links l on l.organisation_id = m.organisation_id and l.integration = m.integration
       and l.left_id = m.event_key
     where m.organisation_id = $1 and m.${column} = $2
     order by m.asked_at, m.module, m.record_id`,
    [organisationId, digest, connector],
  );
}

/**
 * Forgets what was asked for and came to nothing: its run did nothing (its integration was deleted under it), or none is
 * known after a time, nor is anything that one made.
 */
export async function forgetLost(
  sql: Sql,
  organisationId: string,
  mail: Buffer,
  connector: string,
): Promise<void> {
  await sql.query(
    `delete from mail_logs m where m.organisation_id = $1 and m.mail = $2
       and not exists (select from links l where l.organisation_id = m.organisation_id
         and l.integration = m.integration and l.left_id = m.event_key)
       and coalesce((select r.state in ('skipped', 'superseded') from runs r join inbox i on i.id = r.event_id
         where r.organisation_id = m.organisation_id and r.integration = m.integration and r.record_id = m.record_id
           and i.connector = $3 and i.account = '' and i.event_key = m.event_key order by r.id desc limit 1),
         m.asked_at < now() - interval '1 hour')`,
    [organisationId, mail, connector],
  );
}

/** What an earlier request of this name was answered; null: there was none lately. */
export async function madeBefore(sql: Sql, organisationId: string, onceBy: string): Promise<unknown> {
  const [row] = await sql.query<{ answer: unknown }>(
    'select answer from mail_people where organisation_id = $1 and once_by = $2',
    [organisationId, onceBy],
  );
  return row?.answer ?? null;
}

export async function rememberMade(
  sql: Sql,
  organisationId: string,
  onceBy: string,
  answer: unknown,
): Promise<void> {
  await sql.query(
    `insert into mail_people (organisation_id, once_by, answer) values ($1, $2, $3)
     on conflict (organisation_id, once_by) do nothing`,
    [organisationId, onceBy, JSON.stringify(answer)],
  );
}

/** How long a repeat of a request is known by its name; after that, people are found by their address. */
export async function forgetMade(sql: Sql, now: Date): Promise<void> {
  await sql.query(`delete from mail_people where at < $1::timestamptz - interval '1 day'`, [now]);
}
