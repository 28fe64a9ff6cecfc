import type { Fact } from '../core/facts/facts.ts';
import type { Label } from '../core/label.ts';
import type { Sentence } from '../core/sentence.ts';
import type { Sql } from './database.ts';
import type { InboxRow } from './inbox.ts';
import { storedFrenchLabel, storedLabel } from './labels.ts';
import { nameRuns, RUN_NAME } from './record-names.ts';
import { storableJson } from './storable.ts';
import { tellFrom } from './tell.ts';

export const RUN_STATES = ['waiting', 'running', 'done', 'skipped', 'shelved', 'superseded'] as const;
export type RunState = (typeof RUN_STATES)[number];

/** A failure as the log keeps it. */
export interface StoredError {
  readonly kind: string;
  readonly sentence: Sentence;
  readonly vendorMessage?: string;
  readonly field?: string;
  readonly waitsFor?: string;
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

/** Stores new runs, and puts them into the queue. */
export async function insertRuns(sql: Sql, runs: readonly NewRun[]): Promise<void> {
  await sql.query(
    `with made as (
       insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state)
       select *, 'waiting' from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[])
       returning id, organisation_id, integration, record_id, event_id)
     insert into queue (run_id, organisation_id, integration, record_id, event_id) select * from made`,
    [
      runs.map((run) => run.id),
      runs.map((run) => run.organisationId),
      runs.map((run) => run.integration),
      runs.map((run) => run.recordObject),
      runs.map((run) => run.recordId),
      runs.map((run) => run.eventId),
    ],
    'insert-runs',
  );
}

export interface RecordKey {
  readonly organisationId: string;
  readonly integration: string;
  readonly recordId: string;
}

/** Runs of these records that have not begun, of each in the order of their events, locked so that none begins before the caller commits. */
export async function lockWaitingRuns(
  sql: Sql,
  records: readonly RecordKey[],
): Promise<(RecordKey & { id: string })[]> {
  return sql.query<RecordKey & { id: string }>(
    `select run_id as id, organisation_id as "organisationId", integration, record_id as "recordId"
     from waiting_runs($1::uuid[], $2::text[], $3::text[])`,
    [records.map((r) => r.organisationId), records.map((r) => r.integration), records.map((r) => r.recordId)],
    'lock-waiting-runs',
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

export interface EndedRun {
  readonly id: string;
  readonly state: 'done' | 'skipped' | 'shelved';
  readonly summary: Sentence | null;
  readonly error: StoredError | null;
  readonly label: Label | null;
  readonly attempt: number;
  /** Shelved runs of the same record are settled by this one. */
  readonly supersedes: boolean;
  /** What is remembered of whether its record fits the integration's filter; null: nothing new. */
  readonly fits: boolean | null;
  /** What receivers are told of. */
  readonly facts: readonly Fact[];
}

/** A run that is put back to wait for its next attempt. */
export interface PostponedRun {
  readonly id: string;
  readonly attempt: number;
  /** Counted by the database's clock, which alone decides what is due. */
  readonly inMs: number;
  readonly error: StoredError;
  readonly label: Label | null;
}

const END = `with ended as (
     update runs r set state = e.state, summary = e.summary, error = e.error, attempt = e.attempt,
       record_label = coalesce(e.label, r.record_label),
       record_label_fr = case when e.label is null then r.record_label_fr else e.label_fr end, owner = null, finished_at = now()
     from unnest($2::uuid[], $3::text[], $4::jsonb[], $5::jsonb[], $6::text[], $7::int[], $8::boolean[], $11::boolean[], $12::text[])
       as e(id, state, summary, error, label, attempt, supersedes, fits, label_fr)
     where r.id = e.id and r.owner = $1
     returning r.id, ${RUN_NAME}, e.supersedes, e.fits),
   named as (${nameRuns('ended')}),
   -- What is over leaves the queue; the run and its steps are the history.
   gone as (delete from queue q using ended where q.run_id = ended.id),
   remembered as (
     insert into filter_memory as m (organisation_id, integration, record_id, fits)
     select organisation_id, integration, record_id, fits from ended where fits is not null
     on conflict (organisation_id, integration, record_id) do update set fits = excluded.fits, at = now()
       where m.fits <> excluded.fits),
   facts as (
     select e.organisation_id, e.integration, e.id as run_id, f.fact, f.key, f.data::json as data
     from ended e join unnest($13::uuid[], $14::text[], $15::text[], $16::text[]) as f(run_id, fact, key, data) on f.run_id = e.id),
   told as (${tellFrom('facts')}),
   settled as (
     update runs old set state = 'superseded' from ended
     where ended.supersedes and old.organisation_id = ended.organisation_id and old.integration = ended.integration
       and old.record_id = ended.record_id and old.id < ended.id and old.state = 'shelved')
   select pg_notify($9, told) from unnest($10::text[]) as told`;

/** What runs tell of, in columns: of which run, what, its key, its data. */
function factColumns(runs: readonly EndedRun[]): readonly string[][] {
  const all = runs.flatMap(({ id, facts }) => facts.map((fact) => ({ id, ...fact })));
  return [
    all.map(({ id }) => id),
    all.map(({ type }) => type),
    all.map(({ key }) => key),
    all.map(({ data }) => storableJson(data)),
  ];
}

const jsonOf = (value: object | null): string | null => (value === null ? null : storableJson(value));

/**
 * Stores how runs ended, and tells it, in one statement. Runs that are no longer this owner's were taken over,
 * and are left alone.
 *
 * @param told notifications for the channel, at commit.
 */
export async function endRuns(
  sql: Sql,
  owner: string,
  runs: readonly EndedRun[],
  told: { readonly channel: string; readonly payloads: readonly string[] },
): Promise<void> {
  await sql.query(
    END,
    [
      owner,
      runs.map((run) => run.id),
      runs.map((run) => run.state),
      runs.map((run) => jsonOf(run.summary)),
      runs.map((run) => jsonOf(run.error)),
      runs.map((run) => storedLabel(run.label)),
      runs.map((run) => run.attempt),
      runs.map((run) => run.supersedes && run.state !== 'shelved'),
      told.channel,
      told.payloads,
      runs.map((run) => run.fits),
      runs.map((run) => storedFrenchLabel(run.label)),
      ...factColumns(runs),
    ],
    'end-runs',
  );
}

/** Puts runs back to wait for their next attempt, and tells it, like `endRuns`. */
export async function postponeRuns(
  sql: Sql,
  owner: string,
  runs: readonly PostponedRun[],
  told: { readonly channel: string; readonly payloads: readonly string[] },
): Promise<void> {
  await sql.query(
    `with postponed as (
       update runs r set state = 'waiting', owner = null, attempt = p.attempt,
         due_at = clock_timestamp() + p.in_ms * interval '1 millisecond', error = p.error,
         record_label = coalesce(p.label, r.record_label),
         record_label_fr = case when p.label is null then r.record_label_fr else p.label_fr end
       from unnest($2::uuid[], $3::int[], $4::float8[], $5::jsonb[], $6::text[], $9::text[]) as p(id, attempt, in_ms, error, label, label_fr)
       where r.id = p.id and r.owner = $1 returning r.id, ${RUN_NAME}, r.due_at),
     named as (${nameRuns('postponed')}),
     waiting as (update queue q set owner = null, due_at = p.due_at from postponed p where q.run_id = p.id)
     select pg_notify($7, told) from unnest($8::text[]) as told`,
    [
      owner,
      runs.map((run) => run.id),
      runs.map((run) => run.attempt),
      runs.map((run) => run.inMs),
      runs.map((run) => jsonOf(run.error)),
      runs.map((run) => storedLabel(run.label)),
      told.channel,
      told.payloads,
      runs.map((run) => storedFrenchLabel(run.label)),
    ],
  );
}

/** Open and shelved runs of the whole deployment, by state. */
export function openRuns(sql: Sql): Promise<{ state: RunState; count: number }[]> {
  return sql.query(
    `select case when owner is null then 'waiting' else 'running' end as state, count(*)::int as count
       from queue group by 1
     union all
     select 'shelved', count(*)::int from runs where state = 'shelved' having count(*) > 0`,
  );
}
