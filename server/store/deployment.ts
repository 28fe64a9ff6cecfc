import type { Sql } from './database.ts';

/** What all servers on this database know of themselves, by name; undefined: nothing yet. `lock`: nobody else changes it meanwhile. */
export async function deploymentFact<Value>(
  sql: Sql,
  name: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Value | undefined> {
  const [row] = await sql.query<{ value: Value }>(
    `select value from deployment where name = $1${lock ? ' for update' : ''}`,
    [name],
  );
  return row?.value;
}

export async function setDeploymentFact(sql: Sql, name: string, value: unknown): Promise<void> {
  await sql.query(
    `insert into deployment (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [name, JSON.stringify(value)],
  );
}

/**
 * Whoever comes first says it for all.
 *
 * @returns what stands from now on; undefined only when another process put it there within this very statement: the
 * next one reads it.
 */
export async function firstDeploymentFact<Value>(
  sql: Sql,
  name: string,
  value: Value,
): Promise<Value | undefined> {
  const [row] = await sql.query<{ value: Value }>(
    `with fresh as (
       insert into deployment (name, value) values ($1, $2) on conflict (name) do nothing returning value
     ) select value from fresh union all select value from deployment where name = $1 limit 1`,
    [name, JSON.stringify(value)],
  );
  return row?.value;
}

export async function removeDeploymentFact(sql: Sql, name: string): Promise<void> {
  await sql.query('delete from deployment where name = $1', [name]);
}
