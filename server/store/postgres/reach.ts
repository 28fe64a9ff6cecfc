import { chmod, chown, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Account } from './account.ts';

/** May this account pass through the folder, by its owner and mode? (Node drops supplementary groups with the uid.) */
export async function mayPass(folder: string, account: Account): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** The first folder, from the root down to `path` itself, that stops the account; undefined: it gets there. */
export async function obstacle(path: string, account: Account): Promise<string | undefined> {
  const real = await realpath(path);
  const parent = dirname(real);
  const above = parent === real ? undefined : await obstacle(parent, account);
  if (above !== undefined) return above;
  return (await mayPass(real, account)) ? undefined : real;
}

/**
 * Whether the account can get into `folder`, a folder of ours. When only that folder's own mode is in
 * the way, as with any fresh private folder, the account's group is let pass through it (not list it).
 */
export async function letIn(folder: string, account: Account): Promise<boolean> {
  const stopped = await obstacle(folder, account);
  if (stopped === undefined) return true;
  const { mode, uid } = await stat(folder);
  if (stopped !== (await realpath(folder)) || uid !== process.getuid?.()) return false;
  await chown(folder, uid, account.gid);
  await chmod(folder, (mode & 0o7777) | 0o010);
  return (await obstacle(folder, account)) === undefined;
}

/** Makes the folder where it is missing, open to be entered by everyone whatever the umask. */
export async function makeEnterable(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made === undefined) return;
  for (let each = folder; each.length >= made.length; each = dirname(each)) await chmod(each, 0o755);
}
