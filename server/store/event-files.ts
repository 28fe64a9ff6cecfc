import { createHash } from 'node:crypto';
import type { CameFile } from '../core/flow.ts';
import type { Sql } from './database.ts';
import type { NewEvent } from './inbox.ts';

export interface NewEventFile {
  readonly organisationId: string;
  readonly id: string;
  readonly connector: string;
  /** Of the events whose runs need it. */
  readonly eventKeys: readonly string[];
  readonly content: Buffer;
}

/** One statement for each: a file may be large. */
export async function addEventFile(sql: Sql, file: NewEventFile): Promise<void> {
  await sql.query(
    `insert into event_files (organisation_id, id, connector, event_keys, content) values ($1, $2, $3, $4, $5)`,
    [file.organisationId, file.id, file.connector, file.eventKeys, file.content],
  );
}

/**
 * Stores what came with events, once they stand in the inbox, in their transaction. A repeat adds nothing: neither beside
 * what is there nor to an event whose body is kept no longer.
 */
export async function addDeliveredFiles(sql: Sql, events: readonly NewEvent[]): Promise<void> {
  for (const { organisationId, connector, account = '', eventKey, files = [] } of events)
    for (const [place, { field, name, contentType, bytes }] of files.entries())
      await sql.query(
        `insert into event_files
           (organisation_id, id, connector, event_keys, account, field, name, content_type, size, place, content)
         select $1, $2, $3, array[$4], $5, $6, $7, $8, $9, $10, $11
         where exists (select from inbox i join event_bodies b on b.event_id = i.id and b.received_at = i.received_at
           where i.organisation_id = $1 and i.connector = $3 and i.event_key = $4 and i.account = $5)
         on conflict (id) do nothing`,
        [
          ...[
            organisationId,
            idOf([organisationId, connector, account, eventKey, place]),
            connector,
            eventKey,
          ],
          ...[account, field, name, contentType, bytes.length, place],
          Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        ],
      );
}

/** The same for the same file of the same event, as a UUID is written. */
const idOf = (names: readonly (string | number)[]): string =>
  createHash('sha256')
    .update(JSON.stringify(names))
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const COLUMNS = 'f.id, f.field, f.name, f.content_type as "contentType", f.size';

/** What came with an event, in the order in which it did; of one whose age is over nothing. */
export function filesOfEvent(
  sql: Sql,
  {
    organisationId,
    connector,
    account = '',
    eventKey,
  }: Pick<NewEvent, 'organisationId' | 'connector' | 'account' | 'eventKey'>,
): Promise<CameFile[]> {
  return sql.query(
    `select ${COLUMNS} from event_files f
     where f.organisation_id = $1 and f.connector = $2 and f.account = $3 and f.event_keys[1] = $4
       and f.field is not null order by f.place`,
    [organisationId, connector, account, eventKey],
  );
}

/** The same of the event that told of a record, where it is known by nothing else. */
export function filesOfRecord(
  sql: Sql,
  organisationId: string,
  connector: string,
  { topic, recordId }: { readonly topic: string; readonly recordId: string | null },
): Promise<CameFile[]> {
  return sql.query(
    `select ${COLUMNS} from inbox i join event_files f on f.organisation_id = i.organisation_id
       and f.connector = i.connector and f.account = i.account and f.event_keys[1] = i.event_key and f.field is not null
     where i.id = (select max(id) from inbox
       where organisation_id = $1 and connector = $2 and topic = $3 and record_id = $4)
     order by f.place`,
    [organisationId, connector, topic, recordId],
  );
}

/** Null: its age is over. */
export async function eventFile(sql: Sql, organisationId: string, id: string): Promise<Buffer | null> {
  const [row] = await sql.query<{ content: Buffer }>(
    'select content from event_files where organisation_id = $1 and id = $2',
    [organisationId, id],
  );
  return row?.content ?? null;
}

/**
 * Removes the files that no run needs any more: those of mails a day after they came, those of deliveries with their
 * bodies, where none waits or stands on the shelf.
 */
export async function clearEventFiles(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `with age as (
       select id, $1::timestamptz - make_interval(days => keep_days) as oldest from organisations)
     delete from event_files f using age
     where age.id = f.organisation_id
       and f.at < case when f.field is null then $1::timestamptz - interval '1 day' else age.oldest end
       and not exists (
         select from inbox i where i.organisation_id = f.organisation_id and i.connector = f.connector
           and i.event_key = any(f.event_keys)
           and (exists (select from inbox_waiting w where w.organisation_id = i.organisation_id
                  and w.connector = i.connector and w.event_id = i.id)
             or exists (select from runs r where r.event_id = i.id and (r.state in ('waiting', 'running', 'shelved')
                  or f.field is not null and r.finished_at >= age.oldest))))`,
    [now],
  );
}
