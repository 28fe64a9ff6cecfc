import type { StoredFact } from '../core/facts/message.ts';
import type { Sql } from './database.ts';
import type { StoredError } from './runs.ts';
import { storableJson } from './storable.ts';
import { tellFrom } from './tell.ts';

/** A fact on its way to a receiver, in hand. */
export interface DispatchInHand extends StoredFact {
  readonly id: string;
  readonly receiverId: string;
  readonly organisationId: string;
  readonly url: string;
  /** Before this attempt. */
  readonly attempts: number;
  /** Another application made the receiver for itself. */
  readonly isApplications: boolean;
}

/** Facts of an integration that no run tells of. */
export async function tell(
  sql: Sql,
  key: { readonly organisationId: string; readonly integration: string },
  fact: { readonly type: string; readonly key: string; readonly data: unknown },
): Promise<void> {
  await sql.query(
    tellFrom(
      `(select $1::uuid as organisation_id, $2::text as integration, null::uuid as run_id, $3::text as fact, $4::text as key, $5::json as data)`,
    ),
    [key.organisationId, key.integration, fact.type, fact.key, storableJson(fact.data)],
  );
}

/** What this process has in hand, by receiver: each has its share, and each organisation. */
export interface InHand {
  readonly receiverId: string;
  readonly organisationId: string;
  readonly count: number;
}

export interface Shares {
  readonly most: number;
  readonly ofReceiver: number;
  readonly ofOrganisation: number;
  /** Of receivers that took nothing lately: whoever answers is not kept waiting by them. */
  readonly ofFailing: number;
  readonly leaseSeconds: number;
}

/**
 * Takes what is due in hand: of receivers that take things before those that fail, of each its share. What a process
 * had in hand when it died is due again when its lease is over.
 */
export function takeDispatches(
  sql: Sql,
  held: readonly InHand[],
  { most, ofReceiver, ofOrganisation, ofFailing, leaseSeconds }: Shares,
): Promise<DispatchInHand[]> {
  return sql.query<DispatchInHand>(
    `with held as materialized (
       select * from unnest($1::uuid[], $2::uuid[], $3::int[]) as h(receiver_id, organisation_id, count)),
     due as materialized (
       select d.id, r.id as receiver_id, r.organisation_id, r.failing_since is not null as failing, random() as chance,
         row_number() over (partition by r.id order by d.due_at) as turn
       from receivers r left join held h on h.receiver_id = r.id
       cross join lateral (
         select id, due_at from dispatches d where d.receiver_id = r.id and d.state = 'waiting' and d.due_at <= now()
           and coalesce(d.taken_until, '-infinity') <= now()
         order by d.due_at limit greatest(0, $5 - coalesce(h.count, 0)) for update skip locked) d
       where r.state = 'active'),
     shared as (
       select d.id, d.failing, d.turn, d.chance,
         coalesce(h.count, 0) + row_number() over (partition by d.organisation_id order by d.failing, d.turn, d.chance) as place,
         row_number() over (partition by d.failing order by d.turn, d.chance) as failing_place
       from due d left join (select organisation_id, sum(count) as count from held group by 1) h using (organisation_id)),
     taken as (
       update dispatches set taken_until = now() + make_interval(secs => $8)
       where id = any(array(
         select id from shared where place <= $6 and (not failing or failing_place <= $7)
         order by failing, turn, chance limit $4))
       returning *)
     select t.id, t.receiver_id as "receiverId", t.organisation_id as "organisationId", r.url, t.attempts, r.access_id is not null as "isApplications",
       t.fact, t.key, t.integration, t.data, t.happened_at as "happenedAt"
     from taken t join receivers r on r.id = t.receiver_id`,
    [
      held.map(({ receiverId }) => receiverId),
      held.map(({ organisationId }) => organisationId),
      held.map(({ count }) => count),
      most,
      ofReceiver,
      ofOrganisation,
      ofFailing,
      leaseSeconds,
    ],
  );
}

/** How an attempt ended. */
export interface DispatchEnd {
  readonly id: string;
  readonly state: 'done' | 'failed' | 'waiting';
  /** Of one that waits: until it is tried again. */
  readonly inMs: number;
  readonly status: number | null;
  readonly answer: string | null;
  readonly error: StoredError | null;
}

/** What was set aside, or erased, while it was in hand is not tried again for an attempt that was not taken. */
export async function endAttempt(sql: Sql, end: DispatchEnd): Promise<void> {
  await sql.query(
    `update dispatches set state = case when $2 = 'waiting' then state else $2 end,
       due_at = clock_timestamp() + $3 * interval '1 millisecond', taken_until = null,
       attempts = attempts + 1, tries = tries + 1, tried_at = now(), status = $4,
       answer = case when data is not null then $5 end, error = case when data is not null then $6::json end
     where id = $1`,
    [end.id, end.state, end.inMs, end.status, end.answer, end.error && storableJson(end.error)],
  );
}

/** What waited for a receiver that is told nothing more is set aside: it can be asked for again. */
export async function setAsideWaiting(sql: Sql, receiverId: string): Promise<void> {
  await sql.query(`update dispatches set state = 'failed' where receiver_id = $1 and state = 'waiting'`, [
    receiverId,
  ]);
}

/** A test of a receiver, whatever it listens to. @returns its id. */
export async function insertTest(
  sql: Sql,
  receiver: { readonly id: string; readonly organisationId: string },
  data: unknown,
): Promise<string> {
  const [row] = await sql.query<{ id: string }>(
    `insert into dispatches (receiver_id, organisation_id, fact, key, data)
     values ($1, $2, 'test', 'test ' || gen_random_uuid(), $3) returning id`,
    [receiver.id, receiver.organisationId, storableJson(data)],
  );
  if (row === undefined) throw new Error('the test was not stored');
  return row.id;
}

/** How many wait to be sent, of every organisation. */
export async function openDispatches(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::int as count from dispatches where state = 'waiting'`,
  );
  return row?.count ?? 0;
}
