import type { Fact } from '../core/facts/facts.ts';
import { STEP_ITEM } from '../core/flow.ts';
import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';
import { storableJson } from './storable.ts';
import { tellFrom } from './tell.ts';

export type StepState = 'sending' | 'done' | 'failed';

export interface StepRow {
  readonly name: string;
  readonly position: number;
  readonly state: StepState;
  readonly marker: string | null;
  readonly output: unknown;
  /** Of a write that is done: its record was there already, and nothing was made. */
  readonly found: boolean;
  readonly error: StoredError | null;
  readonly exchanges: readonly unknown[];
  readonly attempts: number;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

export interface StepWrite extends StepRow {
  readonly runId: string;
  /** The process that holds the run; a write of any other is refused. */
  readonly owner: string;
  /** What receivers are told of with it; null: nothing. */
  readonly fact?: Fact | null;
}

const COLUMNS = `name, position, state, marker, output, found, error, exchanges, attempts,
  started_at as "startedAt", finished_at as "finishedAt"`;

export async function stepsOf(sql: Sql, runId: string): Promise<StepRow[]> {
  return sql.query<StepRow>(`select ${COLUMNS} from steps where run_id = $1 order by position, started_at`, [
    runId,
  ]);
}

const json = (value: unknown) => (value === null || value === undefined ? null : storableJson(value));

const SAVE = `insert into steps (run_id, name, position, state, marker, output, found, error, exchanges, attempts, started_at, finished_at)
     select s.run_id, s.name, s.position, s.state, s.marker, s.output, s.found, s.error, s.exchanges, s.attempts, s.started_at, s.finished_at
     from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::jsonb[], $7::jsonb[], $8::jsonb[], $9::int[],
       $10::timestamptz[], $11::timestamptz[], $12::bigint[], $13::boolean[])
       as s(run_id, name, position, state, marker, output, error, exchanges, attempts, started_at, finished_at, owner, found)
     -- One probe of the index for each step, whatever the planner takes the table for.
     cross join lateral (select from runs r where r.id = s.run_id and r.owner = s.owner offset 0) r
     on conflict (run_id, name) do update set position = excluded.position, state = excluded.state, marker = excluded.marker,
       output = excluded.output, found = excluded.found, error = excluded.error, exchanges = excluded.exchanges, attempts = excluded.attempts,
       finished_at = excluded.finished_at
     returning run_id, name`;

/** The same, and what receivers are told of those that were stored. */
const SAVE_AND_TELL = `with stored as (${SAVE}),
   facts as (
     select r.organisation_id, r.integration, r.id as run_id, f.fact, f.key, f.data::json as data
     from unnest($14::uuid[], $15::text[], $16::text[], $17::text[], $18::text[]) as f(run_id, step, fact, key, data)
     join stored on stored.run_id = f.run_id and stored.name = f.step
     join runs r on r.id = f.run_id),
   told as (${tellFrom('facts')})
   select run_id, name from stored`;

/** What steps tell of, in columns: of which step of which run, what, its key, its data. */
function factColumns(steps: readonly StepWrite[]): readonly string[][] {
  const all = steps.flatMap(({ runId, name, fact }) => (fact ? [{ runId, name, fact }] : []));
  if (all.length === 0) return [];
  return [
    all.map(({ runId }) => runId),
    all.map(({ name }) => name),
    all.map(({ fact }) => fact.type),
    all.map(({ fact }) => fact.key),
    all.map(({ fact }) => storableJson(fact.data)),
  ];
}

/**
 * Stores steps of many runs in one statement, with what receivers are told of them.
 *
 * @returns for each, in order: true when stored; false when the run is no longer its owner's.
 */
export async function saveSteps(sql: Sql, steps: readonly StepWrite[]): Promise<boolean[]> {
  const facts = factColumns(steps);
  const rows = await sql.query<{ run_id: string; name: string }>(
    facts.length > 0 ? SAVE_AND_TELL : SAVE,
    [
      steps.map((step) => step.runId),
      steps.map((step) => step.name),
      steps.map((step) => step.position),
      steps.map((step) => step.state),
      steps.map((step) => step.marker),
      steps.map((step) => json(step.output)),
      steps.map((step) => json(step.error)),
      steps.map((step) => storableJson(step.exchanges)),
      steps.map((step) => step.attempts),
      steps.map((step) => step.startedAt),
      steps.map((step) => step.finishedAt),
      steps.map((step) => step.owner),
      steps.map((step) => step.found),
      ...facts,
    ],
    facts.length > 0 ? 'save-steps-and-tell' : 'save-steps',
  );
  const stored = new Set(rows.map((row) => `${row.run_id} ${row.name}`));
  return steps.map((step) => stored.has(`${step.runId} ${step.name}`));
}

/** Forgets reads that no write has been built on yet, so that a replay sees the record as it is now. */
export async function forgetReadsAfterLastWrite(
  sql: Sql,
  runId: string,
  readSteps: readonly string[],
): Promise<void> {
  await sql.query(
    `delete from steps s where s.run_id = $1 and split_part(s.name, $3, 1) = any($2::text[]) and s.position > coalesce(
       (select max(w.position) from steps w where w.run_id = $1 and split_part(w.name, $3, 1) <> all($2::text[])
          and w.state in ('done', 'sending')), -1)`,
    [runId, readSteps, STEP_ITEM],
  );
}
