import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Account, accountToRunAs } from './account.ts';
import { letIn, makeEnterable } from './reach.ts';
import {
  anotherAccounts,
  diskFull,
  isDiskFull,
  notAFolder,
  notWritable,
  StartFailure,
  unreachable,
} from './start-failure.ts';

/** Where one deployment's PostgreSQL lives, and as whom it runs. */
export interface Home {
  /** Becomes whole in one step: it holds the cluster, its password and its log. */
  readonly folder: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly logFile: string;
  readonly account: Account | undefined;
}

const NOTE = 'postgres-location';

/**
 * Decides where the cluster of a data folder stands: in the data folder, or, when PostgreSQL has to run
 * as an account that cannot enter there, in a place of the system's, which a note in the data folder names.
 *
 * @param systemFolder where the account can enter: `/var/lib/liaison`.
 */
export async function findHome(folder: string, systemFolder: string): Promise<Home> {
  try {
    await mkdir(folder, { recursive: true });
    // One folder, one name: a running postmaster is known by it.
    const dataFolder = await realpath(folder);
    const inside = join(dataFolder, 'postgres');
    const noted = await readNote(dataFolder);
    const existing = noted ?? ((await exists(inside)) ? inside : undefined);
    const account = await accountToRunAs(existing && join(existing, 'cluster'));
    if (account === undefined || noted !== undefined) return describe(noted ?? inside, account);
    if (await letIn(dataFolder, account)) return describe(inside, account);
    if (existing !== undefined) throw new StartFailure(unreachable(dataFolder, account.name));
    return describe(await settleElsewhere(dataFolder, systemFolder, account), account);
  } catch (error) {
    throw asStartFailure(error, folder);
  }
}

function describe(folder: string, account: Account | undefined): Home {
  return {
    folder,
    cluster: join(folder, 'cluster'),
    passwordFile: join(folder, 'password'),
    logFile: join(folder, 'postgres.log'),
    account,
  };
}

/** The random part keeps a data folder that was deleted and made again from finding its old data. */
async function settleElsewhere(dataFolder: string, systemFolder: string, account: Account): Promise<string> {
  const clusters = join(systemFolder, 'clusters');
  await makeEnterable(clusters).catch(() => undefined);
  if (!(await letIn(clusters, account).catch(() => false))) {
    throw new StartFailure(unreachable(dataFolder, account.name));
  }
  const digest = createHash('sha256')
    .update(await realpath(dataFolder))
    .digest('hex')
    .slice(0, 16);
  const place = join(clusters, `${digest}-${randomBytes(4).toString('hex')}`);
  // Written aside and linked: of two first starts one note wins, and nobody reads half of it.
  const draft = join(dataFolder, `${NOTE}.${randomBytes(4).toString('hex')}`);
  await writeFile(draft, `${place}\n`);
  await link(draft, join(dataFolder, NOTE)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return (await readNote(dataFolder)) ?? place;
}

async function readNote(dataFolder: string): Promise<string | undefined> {
  const text = await readFile(join(dataFolder, NOTE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.trim() || undefined;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** What the file system said about the data folder, as the sentence that helps. */
export function asStartFailure(error: unknown, dataFolder: string): unknown {
  if (error instanceof StartFailure) return error;
  const { code = '', path } = error as NodeJS.ErrnoException;
  if (isDiskFull(code)) return new StartFailure(diskFull(dataFolder), error);
  if (code === 'EEXIST' || code === 'ENOTDIR') return new StartFailure(notAFolder(path ?? dataFolder), error);
  if (code === 'EROFS') return new StartFailure(notWritable(dataFolder), error);
  if (code === 'EACCES' || code === 'EPERM') {
    const madeByAnother = path?.startsWith(join(dataFolder, 'postgres', '/')) ?? false;
    return new StartFailure(madeByAnother ? anotherAccounts(dataFolder) : notWritable(dataFolder), error);
  }
  return error;
}
