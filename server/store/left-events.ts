import type { RecordRef } from '../core/flow.ts';
import type { Sql } from './database.ts';
import type { InboxRow } from './inbox.ts';

/** An event that an integration would have taken up, had it been on. */
export interface LeftEvent {
  readonly organisationId: string;
  readonly integration: string;
  readonly event: Pick<InboxRow, 'id' | 'receivedAt' | 'happenedAt'>;
  readonly record: RecordRef;
}

/** Stores a line for each. Belongs in the transaction that gives events their runs. */
export async function insertLeft(sql: Sql, left: readonly LeftEvent[]): Promise<void> {
  await sql.query(
    `insert into left_events (organisation_id, integration, event_id, record_object, record_id, at)
     select * from unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[])
     on conflict do nothing`,
    [
      left.map((one) => one.organisationId),
      left.map((one) => one.integration),
      left.map((one) => one.event.id),
      left.map((one) => one.record.object),
      left.map((one) => one.record.id),
      left.map(({ event }) => event.happenedAt ?? event.receivedAt),
    ],
  );
}

/** What arrived for an integration that was off, about one of these records. */
export interface LeftLine {
  readonly integration: string;
  readonly recordObject: string;
  readonly recordId: string;
  readonly at: Date;
}

/** Newest first. @param hidden integrations of which nothing is told. */
export function leftLines(
  sql: Sql,
  organisationId: string,
  records: readonly string[],
  { limit, hidden }: { readonly limit: number; readonly hidden: ReadonlySet<string> },
): Promise<LeftLine[]> {
  return sql.query<LeftLine>(
    `select integration, record_object as "recordObject", record_id as "recordId", at from left_events
     where organisation_id = $1 and record_id = any($2) and integration <> all($3::text[]) order by at desc limit $4`,
    [organisationId, records, [...hidden], limit],
  );
}
