import type { Database, Sql } from './database.ts';
import { StartFailure } from './postgres/start-failure.ts';

export type Mode = 'sandbox' | 'production';

/**
 * A database is the sandbox's or production's for good, from its first start on: what was invented and what
 * is real never stand in one.
 *
 * @throws StartFailure when it belongs to the other mode. Nothing was changed then.
 */
export async function holdMode(sql: Sql, mode: Mode): Promise<void> {
  await sql.query(`insert into deployment (name, value) values ('mode', $1) on conflict do nothing`, [
    JSON.stringify(mode),
  ]);
  const [row] = await sql.query<{ value: Mode }>(`select value from deployment where name = 'mode'`);
  if (row?.value === mode) return;
  throw new StartFailure(
    mode === 'production'
      ? {
          en: 'This database holds the sandbox’s data, which production must not take for real: give production a database of its own in DATABASE_URL, or leave the sandbox from its settings, which deletes its data.',
          fr: 'Cette base contient les données du bac à sable, que la production ne doit pas prendre pour vraies : donnez à la production une base à elle dans DATABASE_URL, ou quittez le bac à sable depuis ses réglages, ce qui efface ses données.',
        }
      : {
          en: 'This database holds production’s data, which the sandbox must not touch: set LIAISON_MODE=production, or give the sandbox another DATABASE_URL (or none).',
          fr: 'Cette base contient les données de la production, que le bac à sable ne doit pas toucher : indiquez LIAISON_MODE=production, ou donnez au bac à sable une autre DATABASE_URL (ou aucune).',
        },
  );
}

/** Every table with rows of the sandbox; a test holds this list to what the migrations make. */
export const TABLES = [
  'alert_settings',
  'alerts',
  'claims',
  'connections',
  'cursors',
  'flows',
  'inbox',
  'inbox_waiting',
  'links',
  'oauth_attempts',
  'organisations',
  'processes',
  'record_acts',
  'record_cache',
  'run_events',
  'run_records',
  'runs',
  'secrets',
  'session_tokens',
  'sessions',
  'sign_in_attempts',
  'sign_in_codes',
  'sign_ins',
  'steps',
  'subscriptions',
  'sync_hints',
  'sync_keys',
  'sync_links',
  'sync_passes',
  'sync_records',
  'sync_writes',
  'syncs',
  'token_refreshes',
  'users',
] as const;

/**
 * Deletes everything of the sandbox, all of it or nothing, and makes the database production's. No server
 * may be at work on it.
 *
 * @returns false, with nothing changed, when it is not the sandbox's.
 */
export async function turnIntoProduction(database: Database): Promise<boolean> {
  return database.transaction(async (sql) => {
    const held = await sql.query(
      `update deployment set value = '"production"', updated_at = now() where name = 'mode' and value = '"sandbox"' returning name`,
    );
    if (held.length === 0) return false;
    await sql.query(`delete from deployment where name <> 'mode'`);
    // The queue's schema, which its library makes anew.
    await sql.query('drop schema if exists pgboss cascade');
    await sql.query(`truncate ${TABLES.join(', ')}`);
    return true;
  });
}
