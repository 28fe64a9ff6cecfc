import type { Sql } from '../../server/store/database.ts';

/**
 * Makes PostgreSQL refuse every write to these tables with a SQLSTATE of its own, as it does when its disk is
 * full (53100) or it only reads (25006). Resolves to what ends it.
 */
export async function refuseWrites(
  sql: Sql,
  tables: readonly string[],
  sqlState = '53100',
): Promise<() => Promise<void>> {
  await sql.query(
    `create or replace function refused() returns trigger language plpgsql as
     $$ begin raise exception 'could not extend file: No space left on device' using errcode = '${sqlState}'; end $$`,
  );
  for (const table of tables)
    await sql.query(
      `create trigger refused before insert or update or delete on ${table} for each statement execute function refused()`,
    );
  return async () => {
    for (const table of tables) await sql.query(`drop trigger refused on ${table}`);
  };
}

/** Ends every other session on the database, as a restart of PostgreSQL does. */
export async function endSessions(sql: Sql): Promise<void> {
  await sql.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
}

/** From now on new sessions only read, and the old ones are ended. Resolves to what ends it. */
export async function onlyRead(sql: Sql): Promise<() => Promise<void>> {
  const alter = (what: string) =>
    sql.query(
      `set session characteristics as transaction read write;
       do $$ begin execute format('alter database %I ${what}', current_database()); end $$`,
    );
  await alter('set default_transaction_read_only = on');
  await endSessions(sql);
  return async () => {
    await alter('reset default_transaction_read_only');
    await endSessions(sql);
  };
}
