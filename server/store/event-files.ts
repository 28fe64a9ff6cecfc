import type { Sql } from './database.ts';

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

/** Null: its age is over. */
export async function eventFile(sql: Sql, organisationId: string, id: string): Promise<Buffer | null> {
  const [row] = await sql.query<{ content: Buffer }>(
    'select content from event_files where organisation_id = $1 and id = $2',
    [organisationId, id],
  );
  return row?.content ?? null;
}

/** Removes the files that no run needs any more: a day after they came, where none waits or stands on the shelf. */
export async function clearEventFiles(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `delete from event_files f where f.at < $1::timestamptz - interval '1 day'
       and not exists (
         select from inbox i where i.organisation_id = f.organisation_id and i.connector = f.connector
           and i.event_key = any(f.event_keys)
           and (exists (select from inbox_waiting w where w.organisation_id = i.organisation_id
                  and w.connector = i.connector and w.event_id = i.id)
             or exists (select from runs r where r.event_id = i.id and r.state in ('waiting', 'running', 'shelved'))))`,
    [now],
  );
}
