import type { CursorSide } from './cursors.ts';
import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';

/** Whose webhooks a sweep makes up for. */
export interface Swept {
  readonly organisationId: string;
  readonly integration: string;
  readonly side: CursorSide;
  readonly flow: string;
  readonly connector: string;
  /** The vendor's own id of the account that is looked at. */
  readonly account: string;
  readonly topics: readonly string[];
}

export interface FoundRecord {
  readonly key: string;
  readonly recordId: string;
  /** How long ago it happened, in seconds. */
  readonly ageSeconds: number;
}

/** How far the vendor's clock may be behind ours, and a delivery before the moment that its record is stamped with. */
const SKEW_SECONDS = 5;

/** Which of these events are in the inbox, delivered or found. */
export async function knownKeys(sql: Sql, swept: Swept, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await sql.query<{ key: string }>(
    `select event_key as key from inbox where organisation_id = $1 and connector = $2 and event_key = any($3)
       and account in ('', $2, $4)`,
    [swept.organisationId, swept.connector, keys, swept.account],
  );
  return new Set(rows.map(({ key }) => key));
}

/**
 * Which of these nothing was delivered about since they happened: no run of the flow for the record began with,
 * or was joined by, an event that came since, and none waits.
 */
export async function unheardOf(sql: Sql, swept: Swept, found: readonly FoundRecord[]): Promise<Set<string>> {
  if (found.length === 0) return new Set();
  const since = `clock_timestamp() - make_interval(secs => f.age + ${SKEW_SECONDS})`;
  const rows = await sql.query<{ key: string }>(
    `select f.key from unnest($5::text[], $6::text[], $7::float8[]) as f(key, record_id, age)
     where not exists (select from runs r join inbox i on i.id = r.event_id
         where r.organisation_id = $1 and r.integration = $2 and r.record_id = f.record_id and i.topic = any($4) and i.received_at >= ${since})
       and not exists (select from runs r join run_events e on e.run_id = r.id join inbox i on i.id = e.event_id
         where r.organisation_id = $1 and r.integration = $2 and r.record_id = f.record_id and i.topic = any($4) and i.received_at >= ${since})
       and not exists (select from inbox_waiting w join inbox i on i.id = w.event_id
         where w.organisation_id = $1 and i.connector = $3 and i.topic = any($4) and i.record_id = f.record_id
           and i.received_at >= ${since})`,
    [
      swept.organisationId,
      swept.integration,
      swept.connector,
      swept.topics,
      found.map(({ key }) => key),
      found.map(({ recordId }) => recordId),
      found.map(({ ageSeconds }) => ageSeconds),
    ],
  );
  return new Set(rows.map(({ key }) => key));
}

/**
 * Counts what a look found without a delivery. A look that found nothing of the kind ends the gap, once a
 * delivery has come in that is younger than the latest event which was missing.
 *
 * @param newestAgeSeconds how long ago the latest of them happened, to the second that vendors stamp.
 */
export async function noteFound(
  sql: Sql,
  swept: Swept,
  { lost, newestAgeSeconds }: { lost: number; newestAgeSeconds: number },
): Promise<void> {
  const where = [swept.organisationId, swept.integration, swept.side];
  if (lost > 0) {
    await sql.query(
      `update cursors set found = found + $4, found_at = now(), gap = gap + $4,
         gap_at = greatest(gap_at, now() - make_interval(secs => $5::float8 + 1)), gap_from = inbox_at
       where organisation_id = $1 and integration = $2 and side = $3`,
      [...where, lost, newestAgeSeconds],
    );
  } else {
    await sql.query(
      `update cursors set gap = 0, gap_at = null, gap_from = null
       where organisation_id = $1 and integration = $2 and side = $3 and gap > 0
         and exists (select from inbox i where i.id > cursors.gap_from and i.organisation_id = $1 and i.connector = $4
           and i.topic = any($5) and i.connection_id is not null and i.received_at > cursors.gap_at)`,
      [...where, swept.connector, swept.topics],
    );
  }
  await sql.query(
    `update cursors set inbox_at = (select coalesce(max(id), 0) from inbox)
     where organisation_id = $1 and integration = $2 and side = $3`,
    where,
  );
}

/** What is known of the looks of one flow. */
export interface LookRow {
  readonly organisationId: string;
  readonly integration: string;
  readonly side: CursorSide;
  readonly flow: string;
  readonly lookedAt: Date | null;
  /** Events found without a delivery, ever. */
  readonly found: number;
  readonly foundAt: Date | null;
  /** Of these, how many since a delivery last arrived. */
  readonly gap: number;
  readonly error: StoredError | null;
  readonly failingSince: Date | null;
}

const LOOK = `c.organisation_id as "organisationId", c.integration, c.side, f.flow, c.looked_at as "lookedAt", c.found::float8 as found,
  c.found_at as "foundAt", c.gap, c.error, c.failing_since as "failingSince"`;

/** Of each integration one: where it is begun from two sides, the one whose looks fail, or that misses something. */
export function looksOf(sql: Sql, organisationId: string): Promise<LookRow[]> {
  return sql.query<LookRow>(
    `select distinct on (c.integration) ${LOOK} from cursors c
     join integrations f on f.organisation_id = c.organisation_id and f.id = c.integration
     where c.organisation_id = $1 order by c.integration, (c.error is null), (c.gap = 0), c.side`,
    [organisationId],
  );
}

const ENABLED =
  'join integrations f on f.organisation_id = c.organisation_id and f.id = c.integration and f.enabled and f.deleted_at is null';

/** Flows that are on and whose webhooks do not arrive. */
export function openGaps(sql: Sql): Promise<LookRow[]> {
  return sql.query<LookRow>(`select ${LOOK} from cursors c ${ENABLED} where c.gap > 0`);
}

/**
 * Flows that are on and whose looks have failed for longer than this. Those that wait for a connection, and those
 * that a vendor refuses, are told of by themselves and at once.
 */
export function blindFlows(sql: Sql, seconds: number): Promise<LookRow[]> {
  return sql.query<LookRow>(
    `select ${LOOK} from cursors c ${ENABLED}
     where c.failing_since < now() - make_interval(secs => $1) and c.error->>'kind' not in ('reconnect', 'rejected', 'gone')`,
    [seconds],
  );
}

/** Looks of one flow, of the whole deployment. */
export interface LookTotal {
  readonly flow: string;
  readonly found: number;
  readonly gap: number;
  /** Seconds since the source that waits longest was looked at; null: none was yet. */
  readonly lookAge: number | null;
}

export function lookTotals(sql: Sql): Promise<LookTotal[]> {
  return sql.query<LookTotal>(
    `select f.flow, sum(c.found)::float8 as found, sum(c.gap)::float8 as gap,
       extract(epoch from now() - min(c.looked_at))::float8 as "lookAge"
     from cursors c ${ENABLED} group by f.flow`,
  );
}
