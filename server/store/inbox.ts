import type { DeliveredFile } from '../core/webhooks.ts';
import type { Sql } from './database.ts';
import { textArray } from './text-array.ts';

export interface NewEvent {
  readonly organisationId: string;
  readonly connectionId: string | null;
  readonly connector: string;
  /** The vendor's own id of the account that it is of; absent or empty: not known. */
  readonly account?: string;
  /** Unique for ever within the organisation, the connector and the account. */
  readonly eventKey: string;
  readonly topic: string;
  readonly recordId: string | null;
  readonly contentType: string;
  readonly body: string;
  /** Of what a look found: how long ago it happened. */
  readonly ageSeconds?: number;
  /** What came along, and is kept beside it. */
  readonly files?: readonly DeliveredFile[];
}

export interface InboxRow extends NewEvent {
  /** Of what a look found: when it happened; null: it was delivered, or nobody says. */
  readonly happenedAt?: Date | null;
  readonly id: string;
  readonly receivedAt: Date;
}

/** Columns of `INBOX`. */
export const INBOX_COLUMNS = `i.id, i.organisation_id as "organisationId", i.connection_id as "connectionId", i.connector,
  i.event_key as "eventKey", i.account, i.topic, i.record_id as "recordId", i.content_type as "contentType",
  coalesce(b.body, i.body, '') as body,
  i.received_at as "receivedAt", i.happened_at as "happenedAt"`;

/** The inbox `i` with the bodies `b`; those of before stand in it. */
export const INBOX = `inbox i left join event_bodies b on b.event_id = i.id and b.received_at = i.received_at`;

const INSERT = `with event as materialized (
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $10::text[], $11::text[])
       with ordinality as e (organisation_id, connection_id, connector, event_key, topic, record_id, content_type, body, account, age, place)),
   fresh as (
     insert into inbox (organisation_id, connection_id, connector, event_key, topic, record_id, content_type, account, happened_at)
     select organisation_id::uuid, connection_id::uuid, connector, event_key, topic, record_id, content_type, account,
       clock_timestamp() - make_interval(secs => age::float8)
     from event
     -- Of an account that nobody noted, or that bore its connector's name: it may have been this one.
     where account = '' or not exists (select from inbox old
       where old.organisation_id = event.organisation_id::uuid and old.connector = event.connector
         and old.event_key = event.event_key and old.account in ('', event.connector))
     order by place
     on conflict (organisation_id, connector, event_key, account) do nothing
     returning id, organisation_id, connector, event_key, account, topic, received_at),
   bodies as (
     -- The first of those that bear one key, as in the inbox.
     insert into event_bodies (event_id, received_at, body)
     select f.id, f.received_at, e.body from fresh f join (
         select distinct on (organisation_id, connector, event_key, account) * from event
         order by organisation_id, connector, event_key, account, place) e
       on e.organisation_id::uuid = f.organisation_id and e.connector = f.connector and e.event_key = f.event_key
         and e.account = f.account),
   waiting as (
     insert into inbox_waiting (event_id, organisation_id, connector) select id, organisation_id, connector from fresh
     where (connector || ' ' || topic) = any($9::text[]) returning 1)
   select count(*)::int as count from waiting`;

/**
 * Stores events in one statement; those already known, by their key, are left as they are.
 *
 * @param listened what any flow listens to, each as `connector topic`; other events are kept and wait for nobody.
 * @returns how many were new, and wait for a flow.
 */
export async function insertEvents(
  sql: Sql,
  events: readonly NewEvent[],
  listened: readonly string[],
): Promise<number> {
  const column = (of: (event: NewEvent) => string | null): Buffer => textArray(events, of);
  const [row] = await sql.query<{ count: number }>(
    INSERT,
    [
      column((event) => event.organisationId),
      column((event) => event.connectionId),
      column((event) => event.connector),
      column((event) => event.eventKey),
      column((event) => event.topic),
      column((event) => event.recordId),
      column((event) => event.contentType),
      column((event) => event.body),
      listened,
      column((event) => event.account ?? ''),
      column((event) => event.ageSeconds?.toString() ?? null),
    ],
    'insert-events',
  );
  return row?.count ?? 0;
}

/**
 * Events that no flow has looked at yet, of every organisation and connector in turns, the oldest first: a flood of
 * one is not before the others.
 */
export async function undispatchedEvents(sql: Sql, limit: number): Promise<InboxRow[]> {
  return sql.query<InboxRow>(
    `with recursive lane as (
       (select organisation_id, connector from inbox_waiting order by organisation_id, connector limit 1)
       union all
       select n.organisation_id, n.connector from lane l cross join lateral (
         select w.organisation_id, w.connector from inbox_waiting w
         where (w.organisation_id, w.connector) > (l.organisation_id, l.connector)
         order by w.organisation_id, w.connector limit 1) n),
     turns as materialized (
       select w.event_id from lane l cross join lateral (
         select w.event_id, row_number() over (order by w.event_id) as turn from (
           select event_id from inbox_waiting w
           where w.organisation_id = l.organisation_id and w.connector = l.connector
           order by event_id
           limit greatest($1 / (select count(*) from lane), 20)) w) w
       order by w.turn, w.event_id limit $1)
     select ${INBOX_COLUMNS} from turns join (${INBOX}) on i.id = turns.event_id order by i.id`,
    [limit],
    'undispatched-events',
  );
}

/** Takes events off the list of those that wait. */
export async function markDispatched(sql: Sql, events: readonly InboxRow[]): Promise<void> {
  await sql.query(
    `delete from inbox_waiting w using unnest($1::uuid[], $2::text[], $3::bigint[]) as done(organisation_id, connector, event_id)
     where w.organisation_id = done.organisation_id and w.connector = done.connector and w.event_id = done.event_id`,
    [
      events.map((event) => event.organisationId),
      events.map((event) => event.connector),
      events.map((event) => event.id),
    ],
    'mark-dispatched',
  );
}

/** How many events wait for dispatch. */
export async function inboxDepth(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ count: string }>('select count(*) from inbox_waiting');
  return Number(row?.count ?? 0);
}
