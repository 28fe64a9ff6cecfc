import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { findHome } from '../../server/store/postgres/home.ts';
import { readPostmasterFile, servesCluster } from '../../server/store/postgres/postmaster-file.ts';
import { isAlive } from '../../server/store/postgres/process-table.ts';
import type { Liaison, Place } from './liaison-process.ts';

const SYSTEM_FOLDER = '/var/lib/liaison';

export interface StillRunning {
  readonly what: 'sandbox' | 'postgres';
  readonly pid: number;
}

/** What a Liaison of this place started and did not end: its sandbox, its PostgreSQL. */
export async function stillRunning(place: Place): Promise<StillRunning[]> {
  const found: StillRunning[] = [];
  const answer = await fetch(`http://127.0.0.1:${place.sandboxPort}/_sandbox`).catch(() => null);
  const about = (await answer?.json().catch(() => null)) as { product?: string; pid?: number } | null;
  if (about?.product === 'liaison-sandbox' && about.pid !== undefined)
    found.push({ what: 'sandbox', pid: about.pid });
  const { cluster } = await findHome(place.folder, SYSTEM_FOLDER);
  const postmaster = await readPostmasterFile(cluster).catch(() => undefined);
  if (postmaster !== undefined && (await servesCluster(postmaster.pid, cluster)))
    found.push({ what: 'postgres', pid: postmaster.pid });
  return found;
}

/**
 * Ends everything of a place, however its test went: servers, sandbox, PostgreSQL, and removes its folder.
 * Only processes that the place itself names are touched.
 */
export async function endAll(place: Place, liaisons: readonly (Liaison | undefined)[]): Promise<void> {
  for (const liaison of liaisons) {
    const { child } = liaison ?? {};
    if (child !== undefined && child.exitCode === null && child.signalCode === null) await liaison?.kill();
  }
  const left = await stillRunning(place);
  for (const { what, pid } of left) process.kill(pid, what === 'postgres' ? 'SIGQUIT' : 'SIGKILL');
  for (const { pid } of left) while (isAlive(pid)) await sleep(20);
  const { folder } = await findHome(place.folder, SYSTEM_FOLDER);
  await rm(folder, { recursive: true, force: true });
  await rm(place.folder, { recursive: true, force: true });
  await place.drop?.();
}
