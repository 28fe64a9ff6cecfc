import type { Sql } from './database.ts';

export interface NewEvent {
  readonly organisationId: string;
  readonly connectionId: string | null;
  readonly connector: string;
  /** Unique for ever within the organisation and the connector. */
  readonly eventKey: string;
  readonly topic: string;
  readonly recordId: string | null;
  readonly contentType: string;
  readonly body: string;
}

export interface InboxRow extends NewEvent {
  readonly id: string;
  readonly receivedAt: Date;
}

export const INBOX_COLUMNS = `i.id, i.organisation_id as "organisationId", i.connection_id as "connectionId", i.connector,
  i.event_key as "eventKey", i.topic, i.record_id as "recordId", i.content_type as "contentType", i.body,
  i.received_at as "receivedAt"`;

/**
 * Stores events in one statement; those already known, by their key, are left as they are.
 *
 * @param listened what any flow listens to, each as `connector topic`; other events are kept and wait for nobody.
 * @returns how many were new.
 */
export async function insertEvents(
  sql: Sql,
  events: readonly NewEvent[],
  listened: readonly string[],
): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `with fresh as (
       insert into inbox (organisation_id, connection_id, connector, event_key, topic, record_id, content_type, body)
       select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       on conflict (organisation_id, connector, event_key) do nothing
       returning id, organisation_id, connector, topic),
     waiting as (
       insert into inbox_waiting select id, organisation_id from fresh where (connector || ' ' || topic) = any($9::text[]))
     select count(*)::int as count from fresh`,
    [
      events.map((event) => event.organisationId),
      events.map((event) => event.connectionId),
      events.map((event) => event.connector),
      events.map((event) => event.eventKey),
      events.map((event) => event.topic),
      events.map((event) => event.recordId),
      events.map((event) => event.contentType),
      events.map((event) => event.body),
      listened,
    ],
  );
  return row?.count ?? 0;
}

/** Events that no flow has looked at yet, oldest first, without those of organisations that must wait. */
export async function undispatchedEvents(
  sql: Sql,
  limit: number,
  waitingOrganisations: readonly string[],
): Promise<InboxRow[]> {
  return sql.query<InboxRow>(
    `select ${INBOX_COLUMNS} from inbox_waiting w join inbox i on i.id = w.event_id
     where w.organisation_id <> all($2::uuid[])
     order by w.event_id limit $1`,
    [limit, waitingOrganisations],
  );
}

export async function markDispatched(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query('delete from inbox_waiting where event_id = any($1::bigint[])', [ids]);
}

/** How many events wait for dispatch. */
export async function inboxDepth(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ count: string }>('select count(*) from inbox_waiting');
  return Number(row?.count ?? 0);
}
