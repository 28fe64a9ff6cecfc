import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
/** What a run needs at most, and as much again. */
const ROOM_BYTES = 3 * 2 ** 30;

/**
 * A new folder whose files stand in memory, where a program may be run and other accounts may enter; null where
 * this machine has none with room. Hundreds of databases are made and dropped in a run: on a disk, the file
 * system's work for them takes more of a processor than all that is tested in them.
 *
 * @param parent looked at in the place of the system's own.
 */
export async function memoryFolder(parent = IN_MEMORY, room = ROOM_BYTES): Promise<string | null> {
  const about = await statfs(parent).catch(() => null);
  if (about === null || Math.min(about.bavail * about.bsize, freemem()) < room) return null;
  const folder = await mkdtemp(join(parent, 'liaison-test-')).catch(() => null);
  if (folder === null) return null;
  await chmod(folder, 0o755);
  const program = join(folder, 'program');
  await writeFile(program, '#!/bin/sh\n', { mode: 0o700 });
  const isRunnable = await promisify(execFile)(program).then(
    () => true,
    () => false,
  );
  await rm(isRunnable ? program : folder, { recursive: true });
  return isRunnable ? folder : null;
}
