import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPages } from './build-pages.ts';

/** All that the built pages are made from; the installed packages are known by the lock file. */
const SOURCES = [
  'widget/**/*',
  'outlook/**/*',
  'server/api/**/*.ts',
  'server/core/{sentence,money,format}.ts',
  'package-lock.json',
];
const NOT_SOURCES = /\.test\.tsx?$/;
/** Stands in the built folder and names what it was built from. */
const DIGEST_FILE = '.built-from';

/** @returns one digest of the names and contents of every source under `project`. */
export async function sourceDigest(project: string): Promise<string> {
  const names: string[] = [];
  for await (const entry of glob(SOURCES, { cwd: project, withFileTypes: true })) {
    if (entry.isFile() && !NOT_SOURCES.test(entry.name)) names.push(join(entry.parentPath, entry.name));
  }
  const digest = createHash('sha256');
  for (const name of names.sort()) {
    digest
      .update(`${name.slice(project.length)}\0`)
      .update(await readFile(name))
      .update('\0');
  }
  return digest.digest('hex');
}

/** Folders of pages: of the CRM and of Liaison's own, and of Outlook. */
const FOLDERS = ['widget', 'outlook'] as const;

/**
 * Builds the pages unless what stands in `dist/` was built from these very sources. A new folder
 * takes the old one's place only when it is whole, so that a server that runs meanwhile, or a second
 * build at the same time, never meets half of one.
 *
 * @returns whether it had to build.
 */
export async function buildIfStale(project: string): Promise<boolean> {
  const digest = await sourceDigest(project);
  const here = FOLDERS.filter((folder) => existsSync(join(project, folder)));
  const had = await Promise.all(here.map((folder) => buildFolder(project, folder, digest)));
  return had.includes(true);
}

async function buildFolder(
  project: string,
  folder: (typeof FOLDERS)[number],
  digest: string,
): Promise<boolean> {
  const built = join(project, 'dist', folder);
  const before = await readFile(join(built, DIGEST_FILE), 'utf8').catch(() => null);
  if (before === digest) return false;

  const fresh = `${built}.${process.pid}.new`;
  const stale = `${built}.${process.pid}.old`;
  try {
    await buildPages(join(project, folder), fresh);
    await writeFile(join(fresh, DIGEST_FILE), digest);
    if (existsSync(built)) await rename(built, stale);
    await rename(fresh, built).catch(async (error: unknown) => {
      // Another build of the same sources was quicker.
      if ((await readFile(join(built, DIGEST_FILE), 'utf8').catch(() => null)) !== digest) throw error;
    });
  } finally {
    await Promise.all([fresh, stale].map((folder) => rm(folder, { recursive: true, force: true })));
  }
  return true;
}

if (import.meta.main) {
  // Whoever runs it (a test runner says `test`): what is built is what people are given.
  process.env.NODE_ENV = 'production';
  try {
    await buildIfStale(process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url))));
  } catch (error) {
    process.stderr.write(
      `The pages could not be built.\n${error instanceof Error ? error.message : error}\n`,
    );
    process.exitCode = 1;
  }
}
