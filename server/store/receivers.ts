import type { Sql } from './database.ts';

/** `failed`: for days nothing was taken. `ended`: the receiver said that it wants nothing more. */
export type ReceiverState = 'active' | 'paused' | 'failed' | 'ended';

/** An address of another application that is told of facts. */
export interface ReceiverRow {
  readonly id: string;
  readonly organisationId: string;
  readonly url: string;
  readonly description: string;
  readonly facts: readonly string[];
  /** Null: of all of them. */
  readonly integrations: readonly string[] | null;
  readonly state: ReceiverState;
  /** Null: the last attempt was taken, or there was none. */
  readonly failingSince: Date | null;
  readonly createdAt: Date;
  /** What another application that made it was let do, and which application; null: a person made it. */
  readonly accessId: string | null;
  readonly application: string | null;
}

/** How its dispatches stand. */
export interface ReceiverStanding extends ReceiverRow {
  readonly waiting: number;
  readonly failed: number;
  readonly lastDoneAt: Date | null;
  /** Until when two secrets sign; null: one does. */
  readonly twoUntil: Date | null;
}

const COLUMNS = `r.id, r.organisation_id as "organisationId", r.url, r.description, r.facts, r.integrations, r.state,
  r.failing_since as "failingSince", r.created_at as "createdAt",
  r.access_id as "accessId", (select a.application from accesses a where a.id = r.access_id) as application`;
const STANDING = `${COLUMNS},
  (select count(*)::int from dispatches d where d.receiver_id = r.id and d.state = 'waiting') as waiting,
  (select count(*)::int from dispatches d where d.receiver_id = r.id and d.state = 'failed' and d.data is not null) as failed,
  (select d.tried_at from dispatches d where d.receiver_id = r.id and d.state = 'done' order by d.seq desc limit 1) as "lastDoneAt",
  (select max(s.ends_at) from receiver_secrets s where s.receiver_id = r.id and s.ends_at > now()) as "twoUntil"`;

export type NewReceiver = Pick<
  ReceiverRow,
  'id' | 'organisationId' | 'url' | 'description' | 'facts' | 'integrations'
> & { readonly accessId?: string | null };

/** @returns false where the organisation, or the application under this access, has as many as it may have. */
export async function insertReceiver(sql: Sql, receiver: NewReceiver, most: number): Promise<boolean> {
  const { id, organisationId, url, description, facts, integrations, accessId = null } = receiver;
  const rows = await sql.query(
    `insert into receivers (id, organisation_id, url, description, facts, integrations, access_id)
     select $1, $2, $3, $4, $5::text[], $6::text[], $8::uuid
     where (select count(*) from receivers where organisation_id = $2 and access_id is not distinct from $8::uuid) < $7
     returning id`,
    [id, organisationId, url, description, facts, integrations, most, accessId],
  );
  return rows.length > 0;
}

export function receiversOf(sql: Sql, organisationId: string): Promise<ReceiverStanding[]> {
  return sql.query<ReceiverStanding>(
    `select ${STANDING} from receivers r where r.organisation_id = $1 order by r.created_at, r.id`,
    [organisationId],
  );
}

export async function receiverOf(
  sql: Sql,
  organisationId: string,
  id: string,
): Promise<ReceiverStanding | null> {
  const [row] = await sql.query<ReceiverStanding>(
    `select ${STANDING} from receivers r where r.organisation_id = $1 and r.id = $2`,
    [organisationId, id],
  );
  return row ?? null;
}

/** The receiver that an application made before, for this address and exactly these facts; null: none. */
export async function receiverOfAccess(
  sql: Sql,
  accessId: string,
  wish: Pick<ReceiverRow, 'url' | 'facts' | 'integrations'>,
): Promise<string | null> {
  const [row] = await sql.query<{ id: string }>(
    `select id from receivers where access_id = $1 and url = $2 and facts <@ $3::text[] and facts @> $3::text[]
       and integrations is not distinct from $4::text[] and state in ('active', 'paused') order by created_at limit 1`,
    [accessId, wish.url, wish.facts, wish.integrations],
  );
  return row?.id ?? null;
}

/** What is not named stays. */
export interface ReceiverChange {
  readonly url?: string | undefined;
  readonly description?: string | undefined;
  readonly facts?: readonly string[] | undefined;
  readonly integrations?: readonly string[] | null | undefined;
  readonly state?: 'active' | 'paused' | undefined;
}

/** Changes what is named. One that goes on after a failure, or at another address, begins without a grudge. */
export async function changeReceiver(
  sql: Sql,
  organisationId: string,
  id: string,
  change: ReceiverChange,
): Promise<void> {
  await sql.query(
    `update receivers set url = coalesce($3, url), description = coalesce($4, description), facts = coalesce($5::text[], facts),
       integrations = case when $6 then $7::text[] else integrations end, state = coalesce($8, state),
       failing_since = case when $3 is not null and $3 <> url or $8 = 'active' and state <> 'active' then null else failing_since end
     where organisation_id = $1 and id = $2`,
    [
      organisationId,
      id,
      change.url ?? null,
      change.description ?? null,
      change.facts ?? null,
      change.integrations !== undefined,
      change.integrations ?? null,
      change.state ?? null,
    ],
  );
}

/** With its secrets, and all that was to be told or was told. */
export async function deleteReceiver(sql: Sql, organisationId: string, id: string): Promise<boolean> {
  const rows = await sql.query('delete from receivers where organisation_id = $1 and id = $2 returning id', [
    organisationId,
    id,
  ]);
  return rows.length > 0;
}

/** Held until the transaction ends: what becomes of its dispatches is settled one after the other. */
export async function lockReceiver(sql: Sql, id: string): Promise<void> {
  await sql.query('select from receivers where id = $1 for no key update', [id]);
}

/** Something was taken. */
export async function noteTaken(sql: Sql, id: string): Promise<void> {
  await sql.query('update receivers set failing_since = null where id = $1 and failing_since is not null', [
    id,
  ]);
}

/**
 * Something was not taken. A failure after days of silence begins a new count: nobody knows how it was meanwhile.
 *
 * @returns whether nothing was taken for so long that the receiver is told nothing more, by this very failure.
 */
export async function noteNotTaken(sql: Sql, id: string, patienceDays: number): Promise<boolean> {
  const rows = await sql.query<{ state: string }>(
    `update receivers set last_failed_at = now(),
       failing_since = case when last_failed_at < now() - interval '2 days' then now() else coalesce(failing_since, now()) end,
       state = case when state = 'active' and last_failed_at >= now() - interval '2 days'
         and failing_since <= now() - make_interval(days => $2) then 'failed' else state end
     where id = $1 and state in ('active', 'paused') returning state`,
    [id, patienceDays],
  );
  return rows[0]?.state === 'failed';
}

/** @returns false where it had ended before. */
export async function endReceiver(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(
    `update receivers set state = 'ended' where id = $1 and state in ('active', 'paused') returning id`,
    [id],
  );
  return rows.length > 0;
}
