import type { Sql } from './database.ts';
import type { InboxRow } from './inbox.ts';
import type { NewRun, RunInHand } from './runs.ts';

/** What a lane is, everywhere: the runs of one integration of one organisation. */
export interface Lane {
  readonly organisationId: string;
  readonly integration: string;
}

/** How many runs may be taken, and of whom. */
export interface Shares {
  readonly count: number;
  /** The most that one lane may have in hand. */
  readonly lane: number;
  /** The most that one organisation may have in hand; of a lane that has nothing in hand, one more. */
  readonly organisation: number;
  /** What the caller has in hand. */
  readonly held: readonly (Lane & { readonly count: number })[];
}

const TAKE = `select t.run_id as "runId", t.integration, t.record_object as "recordObject", t.run_record_id as "runRecordId",
     t.attempt, t.begun, t.id, t.organisation_id as "organisationId", t.connection_id as "connectionId", t.connector,
     t.event_key as "eventKey", t.account, t.topic, t.record_id as "recordId", t.content_type as "contentType", t.body,
     t.received_at as "receivedAt", t.happened_at as "happenedAt"
   from take_runs($1::bigint, $2, $3, $4, $5::uuid[], $6::text[], $7::int[]) t`;

/** Puts runs that were over back into the queue, due now. */
export async function enqueue(
  sql: Sql,
  runs: readonly Pick<NewRun, 'id' | 'organisationId' | 'integration' | 'recordId' | 'eventId'>[],
): Promise<void> {
  if (runs.length === 0) return;
  await sql.query(
    `insert into queue (run_id, organisation_id, integration, record_id, event_id, taken)
     select *, 1 from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[])`,
    [
      runs.map((run) => run.id),
      runs.map((run) => run.organisationId),
      runs.map((run) => run.integration),
      runs.map((run) => run.recordId),
      runs.map((run) => run.eventId),
    ],
    'enqueue',
  );
}

/**
 * Takes due runs for `owner`, in the turns and shares that `take_runs` has in the database: they come back only by `postpone` or `release`.
 * One statement, one commit; the function sees all of a run or nothing of it.
 */
export async function take(sql: Sql, owner: string, shares: Shares): Promise<RunInHand[]> {
  type Row = InboxRow & Pick<RunInHand, 'integration' | 'recordObject' | 'attempt' | 'begun'>;
  const rows = await sql.query<Row & { runId: string; runRecordId: string }>(
    TAKE,
    [
      owner,
      shares.count,
      shares.lane,
      shares.organisation,
      shares.held.map((lane) => lane.organisationId),
      shares.held.map((lane) => lane.integration),
      shares.held.map((lane) => lane.count),
    ],
    'take-runs',
  );
  return rows.map((row) => ({
    id: row.runId,
    organisationId: row.organisationId,
    integration: row.integration,
    recordObject: row.recordObject,
    recordId: row.runRecordId,
    eventId: row.id,
    attempt: row.attempt,
    begun: row.begun,
    event: row,
  }));
}

/** Whether a run about a record waits, is at work, or will come out of what is not given its runs yet. */
export async function hasOpenRun(
  sql: Sql,
  { organisationId, integration, recordId }: Lane & { readonly recordId: string },
): Promise<boolean> {
  const [row] = await sql.query<{ open: boolean }>(
    `select exists (select from queue where organisation_id = $1 and integration = $2 and record_id = $3)
       or exists (select from inbox_waiting w join inbox i on i.id = w.event_id
         where w.organisation_id = $1 and i.topic = $2 and i.record_id = $3) as open`,
    [organisationId, integration, recordId],
  );
  return row?.open === true;
}

/** Makes runs that wait for their retry due now. */
export async function hurry(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await sql.query('update queue set due_at = now() where run_id = any($1::uuid[]) and owner is null', [
      ids,
    ]);
}

/** Process ids that hold runs. */
export async function owners(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ owner: string }>(
    'select distinct owner from queue where owner is not null',
    [],
    'owners-of-runs',
  );
  return rows.map((row) => row.owner);
}

/** Runs that a process holds, as the table says. */
export async function runsOwnedBy(sql: Sql, owner: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>('select run_id as id from queue where owner = $1', [owner]);
  return rows.map((row) => row.id);
}

/** Lets go of runs that a process held, of those named or of all of them: they are due at once. */
export async function release(
  sql: Sql,
  owner: string,
  ids: readonly string[] | null = null,
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `with released as (
       update queue set owner = null, due_at = now()
       where owner = $1 and ($2::uuid[] is null or run_id = any($2)) returning run_id),
     waiting as (
       update runs r set state = 'waiting', owner = null, due_at = now() from released where r.id = released.run_id)
     select run_id as id from released`,
    [owner, ids],
  );
  return rows.map((row) => row.id);
}
