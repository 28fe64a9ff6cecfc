import type { Sql } from './database.ts';

export interface ProcessRow {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly url: string;
}

/** Notes a server process that starts; resolves to its id. */
export async function registerProcess(
  sql: Sql,
  about: { host: string; pid: number; url: string },
): Promise<string> {
  const [row] = await sql.query<{ id: string }>(
    'insert into processes (host, pid, url) values ($1, $2, $3) returning id',
    [about.host, about.pid, about.url],
  );
  if (row === undefined) throw new Error('insert returned no row');
  return row.id;
}

export async function forgetProcess(sql: Sql, id: string): Promise<void> {
  await sql.query('delete from processes where id = $1', [id]);
}

export async function listProcesses(sql: Sql): Promise<ProcessRow[]> {
  return sql.query<ProcessRow>('select id, host, pid, url from processes order by id');
}
