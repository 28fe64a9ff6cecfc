import type pg from 'pg';
import type { Sql } from './database.ts';

/** Tells every process that listens on the channel, once the transaction commits; at most 8,000 bytes. */
export async function notify(sql: Sql, channel: string, payload: string): Promise<void> {
  await sql.query('select pg_notify($1, $2)', [channel, payload]);
}

/** Several of one channel, and an empty one of a second where `also` is given, in one statement. */
export async function notifyMany(
  sql: Sql,
  channel: string,
  payloads: readonly string[],
  also: { readonly channel: string; readonly isTold: boolean },
): Promise<void> {
  await sql.query(
    `select pg_notify($1, told) from unnest($2::text[]) as told
     union all select pg_notify($3, '') where $4`,
    [channel, payloads, also.channel, also.isTold],
    'notify-many',
  );
}

/** @param channels names of Liaison's own, never anybody's text: they cannot travel as parameters. */
export async function listenTo(session: pg.Client, channels: readonly string[]): Promise<void> {
  for (const channel of channels) await session.query(`listen ${channel}`);
}
