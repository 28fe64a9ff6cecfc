import type { Label } from '../core/label.ts';
import type { Sentence } from '../core/sentence.ts';
import { IS_KEPT } from './ages.ts';
import type { Sql } from './database.ts';
import { holds } from './folded.ts';
import { INBOX } from './inbox.ts';
import { readLabel } from './labels.ts';
import type { RunState, StoredError } from './runs.ts';
import { type StepRow, stepsOf } from './steps.ts';

/** A run as the log shows it. */
export interface LoggedRun {
  readonly id: string;
  readonly integration: string;
  readonly flow: string;
  /** What the integration is called; null: as its flow is. */
  readonly name: string | null;
  readonly recordObject: string;
  readonly recordId: string;
  readonly recordLabel: Label | null;
  readonly state: RunState;
  readonly attempt: number;
  readonly dueAt: Date;
  readonly summary: Sentence | null;
  readonly error: StoredError | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface LoggedEvent {
  readonly id: string;
  readonly connector: string;
  readonly topic: string;
  readonly receivedAt: Date;
  readonly contentType: string;
  /** Null: its age is over. */
  readonly body: string | null;
  readonly joined: number;
}

export interface LogFilter {
  readonly integration?: string | undefined;
  /** Of all its integrations, deleted ones too. */
  readonly flow?: string | undefined;
  /** Part of the label, of what the run says it did, or of an id or an address that its event names. */
  readonly record?: string | undefined;
  readonly state?: RunState | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Integrations whose runs are left out. */
  readonly hidden?: ReadonlySet<string> | undefined;
}

const COLUMNS = `r.id, r.integration, coalesce(g.flow, r.integration) as flow, g.name, r.record_object as "recordObject", r.record_id as "recordId", ${readLabel('r.record_label', 'r.record_label_fr')} as "recordLabel",
  r.state, r.attempt, r.due_at as "dueAt", r.summary, r.error, r.created_at as "createdAt", r.started_at as "startedAt",
  r.finished_at as "finishedAt"`;
const RUNS = `runs r left join integrations g on g.organisation_id = r.organisation_id and g.id = r.integration`;

/** Whole bodies are looked through only for what could be an id, a number or an address, not for every word. */
const COULD_BE_IN_BODY = /^\S*[@\d]\S*$/;

function isAbout(place: string, sought: string): string {
  const told = [
    `r.record_id = ${place}`,
    holds(`coalesce(r.record_label, '')`, place),
    holds(`coalesce(r.record_label_fr, '')`, place),
    holds(`coalesce(r.summary->>'en', '')`, place),
    holds(`coalesce(r.summary->>'fr', '')`, place),
  ];
  const body = `exists (select from inbox i where i.id = r.event_id and strpos(lower(i.body), lower(${place})) > 0)
    or exists (select from event_bodies b where b.event_id = r.event_id and strpos(lower(b.body), lower(${place})) > 0)`;
  const made = `exists (select from steps s where s.run_id = r.id and strpos(lower(s.output::text), lower(${place})) > 0)`;
  const isLong = sought.length > 4 && COULD_BE_IN_BODY.test(sought);
  return `(${[...told, ...(isLong ? [`(${IS_KEPT} and (${body} or ${made}))`] : [])].join(' or ')})`;
}

/** A filter as SQL over `runs r`; its values begin at `$first`. */
export function whereOf(filter: LogFilter, first: number): { sql: string; values: unknown[] } {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (condition: (place: string) => string, value: unknown): void => {
    if (value === undefined) return;
    conditions.push(condition(`$${first + values.length}`));
    values.push(value);
  };
  add((place) => `r.integration = ${place}`, filter.integration);
  if (filter.hidden?.size) add((place) => `r.integration <> all(${place}::text[])`, [...filter.hidden]);
  add(
    (place) =>
      `r.integration in (select f.id from integrations f where f.organisation_id = r.organisation_id and f.flow = ${place})`,
    filter.flow,
  );
  add((place) => isAbout(place, filter.record ?? ''), filter.record);
  add((place) => `r.state = ${place}`, filter.state);
  add((place) => `r.created_at >= ${place}::timestamptz`, filter.from);
  add((place) => `r.created_at < ${place}::timestamptz`, filter.to);
  return { sql: conditions.length === 0 ? 'true' : conditions.join(' and '), values };
}

/**
 * Newest first. `before` is the id of the last run of the page before: ids sort as runs were made. `among`: only the
 * latest so many runs are looked through, where what is asked has no index.
 */
export async function loggedRuns(
  sql: Sql,
  organisationId: string,
  query: LogFilter & { before?: string; limit: number; among?: number },
): Promise<LoggedRun[]> {
  const where = whereOf(query, 5);
  return sql.query<LoggedRun>(
    `select ${COLUMNS} from ${RUNS} where r.organisation_id = $1 and ($2::uuid is null or r.id < $2) and ${where.sql}
       and ($4::int is null or r.id in (select id from runs where organisation_id = $1 order by id desc limit $4))
     order by r.id desc limit $3`,
    [organisationId, query.before ?? null, query.limit, query.among ?? null, ...where.values],
  );
}

export async function loggedRunsById(
  sql: Sql,
  organisationId: string,
  ids: readonly string[],
): Promise<LoggedRun[]> {
  return sql.query<LoggedRun>(
    `select ${COLUMNS} from ${RUNS} where r.organisation_id = $1 and r.id = any($2::uuid[]) order by r.id`,
    [organisationId, ids],
  );
}

export async function countRuns(
  sql: Sql,
  organisationId: string,
  filter: LogFilter,
): Promise<{ state: RunState; count: number; retrying: number }[]> {
  const where = whereOf(filter, 2);
  return sql.query(
    `select r.state, count(*)::int as count, count(*) filter (where r.attempt > 0)::int as retrying
     from runs r where r.organisation_id = $1 and ${where.sql} group by r.state`,
    [organisationId, ...where.values],
  );
}

/** How many runs of these integrations wait until somebody connects what they need. */
export async function countWaitingFor(
  sql: Sql,
  organisationId: string,
  integrations: readonly string[],
): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::int as count from runs
     where organisation_id = $1 and integration = any($2) and state = 'waiting' and error->>'kind' = 'reconnect'`,
    [organisationId, integrations],
  );
  return row?.count ?? 0;
}

/** What was set aside, of one integration and one kind of failure. */
export interface SetAside {
  readonly integration: string;
  readonly flow: string;
  /** What the integration is called; null: as its flow is. */
  readonly name: string | null;
  readonly count: number;
  /** The first of them; null where it is not kept. */
  readonly since: Date | null;
  /** One of the failures. */
  readonly error: StoredError | null;
  /** How many different sentences they have. */
  readonly reasons: number;
}

/** Shelved runs of the organisation, by integration and kind of failure, the largest first. */
export function shelvedRunsOf(sql: Sql, organisationId: string): Promise<SetAside[]> {
  return sql.query<SetAside>(
    `select r.integration, r.count, r.since, r.error, r.reasons, coalesce(g.flow, r.integration) as flow, g.name from (
       select organisation_id, integration, count(*)::int as count, min(coalesce(finished_at, created_at)) as since,
         (array_agg(error order by id desc))[1] as error,
         count(distinct error->'sentence'->>'en')::int as reasons
       from runs where organisation_id = $1 and state = 'shelved' group by organisation_id, integration, error->>'kind') r
     left join integrations g on g.organisation_id = r.organisation_id and g.id = r.integration
     order by r.integration, r.count desc`,
    [organisationId],
  );
}

export interface WholeRun {
  readonly run: LoggedRun;
  readonly event: LoggedEvent;
  readonly steps: readonly StepRow[];
  /** How long what was sent and answered was kept, in days, where it is gone. */
  readonly droppedAfterDays: number | null;
}

/** One run whole, with what was sent and answered as long as it is kept; null when the organisation has none of that id. */
export async function loggedRun(sql: Sql, organisationId: string, id: string): Promise<WholeRun | null> {
  const [run] = await loggedRunsById(sql, organisationId, [id]);
  if (run === undefined) return null;
  const [found] = await sql.query<LoggedEvent & { kept: boolean; days: number }>(
    `select i.id, i.connector, i.topic, i.received_at as "receivedAt", i.content_type as "contentType",
       coalesce(b.body, i.body) as body, (select count(*)::int from run_events e where e.run_id = r.id) as joined,
       ${IS_KEPT} as kept, (select o.keep_days from organisations o where o.id = r.organisation_id) as days
     from runs r join (${INBOX}) on i.id = r.event_id where r.id = $1`,
    [id],
  );
  if (found === undefined) return null;
  const { kept, days, ...event } = found;
  if (!kept) return { run, event: { ...event, body: null }, steps: [], droppedAfterDays: days };
  const droppedAfterDays = event.body === null ? days : null;
  return { run, event, steps: await stepsOf(sql, id), droppedAfterDays };
}
