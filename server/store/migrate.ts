import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sentence } from '../core/sentence.ts';
import type { Database, Sql } from './database.ts';
import { lockUntilEnd } from './locks.ts';
import { StartFailure } from './postgres/start-failure.ts';

// 'LIAI' and 'MIGR' in ASCII: one process at a time moves the schema on.
const LOCK = [0x4c494149, 0x4d494752] as const;
/** Where the project's own migrations stand. */
export const MIGRATIONS = join(import.meta.dirname, 'migrations');
const FILE_NAME = /^\d{4}_[a-z0-9_]+\.sql$/;

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly digest: string;
}

/**
 * Brings the schema to what this version of Liaison needs: applies the numbered SQL files of `folder`
 * that are not yet noted in `liaison_migrations`, in order, each in one transaction with its note. Any
 * number of processes may do this at once; one does the work, the others find it done.
 *
 * @param stopAsked once it is aborted no further file is begun.
 * @returns the names applied by this call.
 * @throws the reason of `stopAsked`.
 * @throws StartFailure when an applied file was changed since, when the database is of a newer Liaison,
 *   or when a file fails (nothing of it is kept).
 */
export async function migrate(
  database: Database,
  folder: string,
  stopAsked: AbortSignal = new AbortController().signal,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await database.transaction(async (sql) => {
    // Waits for the other processes; the turn ends with the transaction.
    await lockUntilEnd(sql, LOCK);
    await sql.query(
      `create table if not exists liaison_migrations (
         name text primary key, digest text not null, applied_at timestamptz not null default now())`,
    );
  });
  const noted = await check(database, migrations);
  const applied: string[] = [];
  for (const migration of migrations) {
    stopAsked.throwIfAborted();
    // Nothing takes a note away: what was applied then is not asked for once more.
    if (noted.has(migration.name)) continue;
    if (await apply(database, migration)) applied.push(migration.name);
  }
  return applied;
}

/** The tables that the migrations of `folder` make, by name. */
export async function tablesOf(folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const renamed = new Map(
    migrations
      .flatMap(({ text }) => [...text.matchAll(/^alter table (\w+) rename to (\w+)/gm)])
      .map(([, before = '', after = '']) => [before, after]),
  );
  return migrations
    .flatMap(({ text }) => [...text.matchAll(/^create table (\w+)(?!\w| partition of)/gm)])
    .flatMap(([, name]) => (name === undefined ? [] : (renamed.get(name) ?? name)))
    .sort();
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => FILE_NAME.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      // A checkout may have rewritten the line ends; that is no change.
      const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, text, digest: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/** @returns the names of those that are applied. */
async function check(sql: Sql, migrations: readonly Migration[]): Promise<ReadonlySet<string>> {
  const noted = await sql.query<{ name: string; digest: string }>(
    'select name, digest from liaison_migrations order by name',
  );
  const known = new Map(migrations.map((migration) => [migration.name, migration.digest]));
  for (const { name, digest } of noted) {
    if (!known.has(name)) throw new StartFailure(ofNewerLiaison(name));
    if (known.get(name) !== digest) throw new StartFailure(changedSince(name));
  }
  return new Set(noted.map(({ name }) => name));
}

async function apply(database: Database, { name, text, digest }: Migration): Promise<boolean> {
  return database.transaction(async (sql) => {
    await lockUntilEnd(sql, LOCK);
    const noted = await sql.query('select from liaison_migrations where name = $1', [name]);
    if (noted.length > 0) return false;
    try {
      await sql.query(text);
    } catch (error) {
      throw new StartFailure(failed(name, (error as Error).message), error);
    }
    await sql.query('insert into liaison_migrations (name, digest) values ($1, $2)', [name, digest]);
    return true;
  });
}

const ofNewerLiaison = (name: string): Sentence => ({
  en: `The database was already used by a newer Liaison (it holds the change ${name}): start that version, or restore a backup made before it.`,
  fr: `La base de données a déjà servi à un Liaison plus récent (elle contient la modification ${name})\u00a0: lancez cette version, ou restaurez une sauvegarde antérieure.`,
});

const changedSince = (name: string): Sentence => ({
  en: `The file ${name} was changed after it had been applied to this database: put the original file back.`,
  fr: `Le fichier ${name} a été modifié après avoir été appliqué à cette base de données\u00a0: remettez le fichier d’origine.`,
});

const failed = (name: string, detail: string): Sentence => ({
  en: `The database could not be brought up to date, and was left as it was before ${name}: ${detail}.`,
  fr: `La base de données n’a pas pu être mise à jour, et reste telle qu’avant ${name}\u00a0: ${detail}.`,
});
