import type { Sentence } from '../core/sentence.ts';
import type { Sql } from './database.ts';
import { INBOX_COLUMNS, type InboxRow } from './inbox.ts';
import { storable } from './storable.ts';

export const RUN_STATES = ['waiting', 'running', 'done', 'skipped', 'shelved', 'superseded'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** A failure as the log keeps it. */
export interface StoredError {
  readonly kind: string;
  readonly sentence: Sentence;
  readonly vendorMessage?: string;
  readonly field?: string;
  readonly mayHaveHappened?: boolean;
}

export interface NewRun {
  readonly id: string;
  readonly organisationId: string;
  readonly integration: string;
  readonly recordObject: string;
  readonly recordId: string;
  readonly eventId: string;
}

/** A run in hand, with the event that caused it. */
export interface RunInHand extends NewRun {
  readonly attempt: number;
  /** Some earlier attempt began: there may be stored steps. */
  readonly begun: boolean;
  readonly event: InboxRow;
}

export async function insertRuns(sql: Sql, runs: readonly NewRun[]): Promise<void> {
  await sql.query(
    `insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state)
     select *, 'waiting' from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[])`,
    [
      runs.map((run) => run.id),
      runs.map((run) => run.organisationId),
      runs.map((run) => run.integration),
      runs.map((run) => run.recordObject),
      runs.map((run) => run.recordId),
      runs.map((run) => run.eventId),
    ],
  );
}

export interface RecordKey {
  readonly organisationId: string;
  readonly integration: string;
  readonly recordId: string;
}

/** Runs of these records that have not begun, locked so that none begins before the caller commits. */
export async function lockWaitingRuns(
  sql: Sql,
  records: readonly RecordKey[],
): Promise<(RecordKey & { id: string })[]> {
  return sql.query<RecordKey & { id: string }>(
    `select r.id, r.organisation_id as "organisationId", r.integration, r.record_id as "recordId" from runs r
     join (select distinct * from unnest($1::uuid[], $2::text[], $3::text[]) as w(organisation_id, integration, record_id)) w
       using (organisation_id, integration, record_id)
     where r.state = 'waiting' and r.started_at is null
     order by r.id
     for update of r skip locked`,
    [records.map((r) => r.organisationId), records.map((r) => r.integration), records.map((r) => r.recordId)],
  );
}

export async function joinRuns(
  sql: Sql,
  pairs: readonly { runId: string; eventId: string }[],
): Promise<void> {
  await sql.query(
    `insert into run_events (run_id, event_id) select * from unnest($1::uuid[], $2::bigint[]) on conflict do nothing`,
    [pairs.map((pair) => pair.runId), pairs.map((pair) => pair.eventId)],
  );
}

/** Marks runs as in the hands of `owner` and reads them. */
export async function takeRuns(sql: Sql, ids: readonly string[], owner: string): Promise<RunInHand[]> {
  type Row = NewRun & { attempt: number; begun: boolean } & { event: Record<string, unknown> };
  const rows = await sql.query<Row & Record<string, unknown>>(
    `with before as (select id, started_at from runs where id = any($1::uuid[])),
     taken as (
       update runs r set state = 'running', owner = $2, 
         -- A run that is replayed begins anew; one that is tried again goes on.
         started_at = case when r.attempt = 0 then now() else coalesce(r.started_at, now()) end
       from before b where r.id = b.id
       returning r.id, r.organisation_id, r.integration, r.record_object, r.record_id, r.event_id, r.attempt,
         b.started_at is not null as begun)
     select t.id as "runId", t.organisation_id as "runOrganisationId", t.integration, t.record_object as "recordObject",
       t.record_id as "runRecordId", t.event_id as "eventId", t.attempt, t.begun, ${INBOX_COLUMNS}
     from taken t join inbox i on i.id = t.event_id order by t.id`,
    [ids, owner],
  );
  return rows.map((row) => ({
    id: row.runId as string,
    organisationId: row.runOrganisationId as string,
    integration: row.integration,
    recordObject: row.recordObject,
    recordId: row.runRecordId as string,
    eventId: row.eventId,
    attempt: row.attempt,
    begun: row.begun,
    event: row as unknown as InboxRow,
  }));
}

export interface EndedRun {
  readonly id: string;
  readonly state: 'done' | 'skipped' | 'shelved';
  readonly summary: Sentence | null;
  readonly error: StoredError | null;
  readonly label: string | null;
  readonly attempt: number;
  /** Shelved runs of the same record are settled by this one. */
  readonly supersedes: boolean;
}

/** @returns the ids that were still this owner's; the others were taken over and are left alone. */
export async function endRuns(sql: Sql, owner: string, runs: readonly EndedRun[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update runs r set state = e.state, summary = e.summary, error = e.error, attempt = e.attempt,
       record_label = coalesce(e.label, r.record_label), owner = null, finished_at = now()
     from unnest($2::uuid[], $3::text[], $4::jsonb[], $5::jsonb[], $6::text[], $7::int[])
       as e(id, state, summary, error, label, attempt)
     where r.id = e.id and r.owner = $1
     returning r.id`,
    [
      owner,
      runs.map((run) => run.id),
      runs.map((run) => run.state),
      runs.map((run) => run.summary && JSON.stringify(storable(run.summary))),
      runs.map((run) => run.error && JSON.stringify(storable(run.error))),
      runs.map((run) => storable(run.label)),
      runs.map((run) => run.attempt),
    ],
  );
  const superseding = runs.filter((run) => run.supersedes && run.state !== 'shelved').map((run) => run.id);
  if (superseding.length > 0) {
    await sql.query(
      `update runs old set state = 'superseded' from runs new
       where new.id = any($1::uuid[]) and old.organisation_id = new.organisation_id and old.integration = new.integration
         and old.record_id = new.record_id and old.id < new.id and old.state = 'shelved'`,
      [superseding],
    );
  }
  return rows.map((row) => row.id);
}

/**
 * Puts a run back to wait for its next attempt.
 *
 * @param run.inMs counted by the database's clock, which alone decides what is due.
 * @returns when it is due; null when it is no longer this owner's.
 */
export async function postponeRun(
  sql: Sql,
  owner: string,
  run: { id: string; attempt: number; inMs: number; error: StoredError; label: string | null },
): Promise<Date | null> {
  const rows = await sql.query<{ dueAt: Date }>(
    `update runs set state = 'waiting', owner = null, attempt = $3,
       due_at = clock_timestamp() + $4 * interval '1 millisecond', error = $5,
       record_label = coalesce($6, record_label)
     where id = $2 and owner = $1 returning due_at as "dueAt"`,
    [owner, run.id, run.attempt, run.inMs, JSON.stringify(storable(run.error)), storable(run.label)],
  );
  return rows[0]?.dueAt ?? null;
}

/** Process ids that hold runs. */
export async function owners(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ owner: string }>(
    `select distinct owner from runs where state = 'running' and owner is not null`,
  );
  return rows.map((row) => row.owner);
}

/** Runs that a process holds, as the table says. */
export async function runsOwnedBy(sql: Sql, owner: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(`select id from runs where owner = $1 and state = 'running'`, [
    owner,
  ]);
  return rows.map((row) => row.id);
}

/** Lets go of runs that a process held: of those named, or of all of them. */
export async function releaseRuns(
  sql: Sql,
  owner: string,
  ids: readonly string[] | null = null,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update runs set state = 'waiting', owner = null, due_at = now()
     where owner = $1 and state = 'running' and ($2::uuid[] is null or id = any($2)) returning id`,
    [owner, ids],
  );
  return rows.map((row) => row.id);
}

/** Organisations with more open runs than they may have before others get their turn. */
export async function saturatedOrganisations(sql: Sql, openRuns: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select organisation_id as id from runs where state in ('waiting', 'running')
     group by organisation_id having count(*) >= $1`,
    [openRuns],
  );
  return rows.map((row) => row.id);
}

/** Open and shelved runs of the whole deployment, by state. */
export function openRuns(sql: Sql): Promise<{ state: RunState; count: number }[]> {
  return sql.query(
    `select state, count(*)::int as count from runs where state in ('waiting', 'running', 'shelved') group by state`,
  );
}
