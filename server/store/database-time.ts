import type { Sql } from './database.ts';

/** What the database's clock says now, in epoch milliseconds. */
export async function databaseTime(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ now: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
  );
  if (row === undefined) throw new Error('the database told no time');
  return row.now;
}
