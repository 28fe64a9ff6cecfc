import type { Database, Sql } from './database.ts';
import { deploymentFact, firstDeploymentFact } from './deployment.ts';
import { StartFailure } from './postgres/start-failure.ts';

export type Mode = 'sandbox' | 'production';

/**
 * A database is the sandbox's or production's for good, from its first start on: what was invented and what
 * is real never stand in one.
 *
 * @throws StartFailure when it belongs to the other mode. Nothing was changed then.
 */
export async function holdMode(sql: Sql, mode: Mode): Promise<void> {
  await firstDeploymentFact(sql, 'mode', mode);
  if ((await deploymentFact<Mode>(sql, 'mode')) === mode) return;
  throw new StartFailure(
    mode === 'production'
      ? {
          en: 'This database holds the sandbox’s data, which production must not take for real: give production a database of its own in DATABASE_URL, or leave the sandbox from its settings, which deletes its data.',
          fr: 'Cette base contient les données du bac à sable, que la production ne doit pas prendre pour vraies\u00a0: donnez à la production une base à elle dans DATABASE_URL, ou quittez le bac à sable depuis ses réglages, ce qui efface ses données.',
        }
      : {
          en: 'This database holds production’s data, which the sandbox must not touch: set LIAISON_MODE=production, or give the sandbox another DATABASE_URL (or none).',
          fr: 'Cette base contient les données de la production, que le bac à sable ne doit pas toucher\u00a0: indiquez LIAISON_MODE=production, ou donnez au bac à sable une autre DATABASE_URL (ou aucune).',
        },
  );
}

/**
 * Deletes everything of the sandbox, all of it or nothing, and makes the database production's. No server
 * may be at work on it.
 *
 * @param tables every table of Liaison's own (`tablesOf`): others may stand beside them.
 * @returns false, with nothing changed, when it is not the sandbox's.
 */
export async function turnIntoProduction(database: Database, tables: readonly string[]): Promise<boolean> {
  return database.transaction(async (sql) => {
    const held = await sql.query(
      `update deployment set value = '"production"', updated_at = now() where name = 'mode' and value = '"sandbox"' returning name`,
    );
    if (held.length === 0) return false;
    await sql.query(`delete from deployment where name <> 'mode'`);
    await sql.query(`truncate ${tables.filter((name) => name !== 'deployment').join(', ')}`);
    return true;
  });
}
