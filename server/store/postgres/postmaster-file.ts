import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLine } from './process-table.ts';

/** What `postmaster.pid` in a cluster says: PostgreSQL's own note of who serves it. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly status: 'starting' | 'ready' | 'stopping';
}

/**
 * Reads the lines of `postmaster.pid`: pid, data folder, start time, port, socket folder, address, shared
 * memory, status (PostgreSQL source, `src/include/utils/pidfile.h`). The later ones appear during the start.
 */
export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const word = lines[7];
  const status = word === 'ready' || word === 'stopping' ? word : 'starting';
  return { pid, port: Number(lines[3]) || 0, status };
}

/** Undefined when no postmaster has written itself down, or it is just doing so. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    },
  );
  return parsePostmasterFile(text);
}

/**
 * Whether the live process `pid` is a postmaster of this cluster. After a reboot, or in a new container,
 * the number in the file may be anybody's.
 */
export async function servesCluster(pid: number, cluster: string): Promise<boolean> {
  return (await commandLine(pid)).includes(cluster);
}
