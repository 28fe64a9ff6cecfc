import type { StoredFact } from '../core/facts/message.ts';
import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';

/** A dispatch as the log shows it. */
export interface LoggedDispatch extends StoredFact {
  readonly id: string;
  readonly seq: string;
  readonly state: 'waiting' | 'done' | 'failed';
  readonly tries: number;
  readonly dueAt: Date;
  readonly triedAt: Date | null;
  readonly status: number | null;
  readonly answer: string | null;
  readonly error: StoredError | null;
}

const COLUMNS = `id, seq, fact, key, integration, data, happened_at as "happenedAt", state, tries, due_at as "dueAt",
  tried_at as "triedAt", status, answer, error`;

/** Newest first, of what is still kept. `before` is the `seq` of the last one of the page before. */
export function loggedDispatches(
  sql: Sql,
  receiverId: string,
  query: {
    readonly before?: string | undefined;
    readonly state?: string | undefined;
    readonly limit: number;
  },
): Promise<LoggedDispatch[]> {
  return sql.query<LoggedDispatch>(
    `select ${COLUMNS} from dispatches where receiver_id = $1 and data is not null
       and ($2::bigint is null or seq < $2) and ($3::text is null or state = $3) order by seq desc limit $4`,
    [receiverId, query.before ?? null, query.state ?? null, query.limit],
  );
}

export async function loggedDispatch(
  sql: Sql,
  receiverId: string,
  id: string,
): Promise<LoggedDispatch | null> {
  const [row] = await sql.query<LoggedDispatch>(
    `select ${COLUMNS} from dispatches where receiver_id = $1 and id = $2 and data is not null`,
    [receiverId, id],
  );
  return row ?? null;
}

/** The last facts of a type that any receiver of the organisation was, or is to be, told of: each once, newest first. */
export function lastTold(
  sql: Sql,
  organisationId: string,
  {
    fact,
    integration,
    limit,
  }: { readonly fact: string; readonly integration?: string | undefined; readonly limit: number },
): Promise<StoredFact[]> {
  return sql.query<StoredFact>(
    `select fact, key, integration, data, "happenedAt" from (
       select distinct on (key) fact, key, integration, data, happened_at as "happenedAt" from dispatches
       where organisation_id = $1 and fact = $2 and data is not null and ($3::text is null or integration->>'id' = $3)
       order by key, happened_at) told
     order by "happenedAt" desc limit $4`,
    [organisationId, fact, integration ?? null, limit],
  );
}

/** One goes out again, under the same id. One that is in hand, or waits, is tried now. */
export async function sendAgain(sql: Sql, receiverId: string, id: string): Promise<boolean> {
  const rows = await sql.query(
    `update dispatches set state = 'waiting', attempts = 0, due_at = now()
     where receiver_id = $1 and id = $2 and data is not null returning id`,
    [receiverId, id],
  );
  return rows.length > 0;
}

/** All that failed of what happened since then, each under the same id. @returns how many. */
export async function sendFailedAgain(sql: Sql, receiverId: string, since: string): Promise<number> {
  const rows = await sql.query(
    `update dispatches set state = 'waiting', attempts = 0, due_at = now()
     where receiver_id = $1 and state = 'failed' and data is not null and happened_at >= $2::timestamptz returning id`,
    [receiverId, since],
  );
  return rows.length;
}

/**
 * What was told of a run is forgotten with what the log says of it. That there was something stays, and is told once. Of a
 * dispatch `d`: one that waits is not sent, for it says nothing any more.
 */
export const BARE = `data = null, answer = null, error = null, integration = null,
  state = case when d.state = 'waiting' then 'failed' else d.state end`;

/** Rows of one lot: what waits for them waits for a moment. */
const LOT = 5_000;
/** Nothing that happened is told a second time so long after. */
const KEY_YEARS = 2;

/** What goes of `d`, which is chosen by what stands at its age; null: it goes whole. */
const OLD: readonly { readonly sets: string | null; readonly of: string; readonly age: string }[] = [
  {
    sets: null,
    of: `d.data is not null and (d.run_id is null or d.fact = 'run.failed')`,
    age: 'make_interval(days => o.keep_days)',
  },
  { sets: BARE, of: 'd.data is not null', age: 'make_interval(days => o.keep_days)' },
  {
    sets: null,
    of: 'd.data is null',
    age: `greatest(make_interval(days => o.keep_days), interval '${KEY_YEARS} years')`,
  },
];

/**
 * A lot of what is older than its organisation keeps what was sent; what still waits then was waited for in vain. Of what
 * may be told again its key stays for two years, and nothing else of it.
 *
 * @returns whether there may be more.
 */
export async function clearOldDispatches(sql: Sql, now: Date): Promise<boolean> {
  let isFull = false;
  for (const { sets, of, age } of OLD) {
    const rows = await sql.query(
      `${sets === null ? 'delete from dispatches d' : `update dispatches d set ${sets}`} where d.id in (
         select d.id from organisations o join dispatches d on d.organisation_id = o.id
         where ${of} and d.happened_at < $1::timestamptz - ${age} limit ${LOT}) returning 1`,
      [now],
    );
    if (rows.length === LOT) isFull = true;
  }
  return isFull;
}
