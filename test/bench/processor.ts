import { readdir, readFile } from 'node:fs/promises';

/** Ticks of `/proc/<pid>/stat` are hundredths of a second on every Linux that Node runs on. */
const TICK_MS = 10;

interface Stat {
  readonly parent: number;
  readonly ms: number;
}

async function statOf(pid: number | string): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
}

/** Processor time of a process so far, in milliseconds. */
export const processorOf = async (pid: number): Promise<number> => (await statOf(pid))?.ms ?? 0;

/** Processor time of a process and of its living children. */
export async function processorOfFamily(parent: number): Promise<number> {
  let total = await processorOf(parent);
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await statOf(name);
    if (stat?.parent === parent) total += stat.ms;
  }
  return total;
}

export const parentOf = async (pid: number): Promise<number> => (await statOf(pid))?.parent ?? 0;

/** Resident memory of a process, in megabytes. */
export async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}
