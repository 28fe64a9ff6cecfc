import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Sentence } from '../../../core/sentence.ts';
import type { Account } from '../account.ts';
import type { RunningPostgres } from '../start-postgres.ts';

export type Answer = Partial<RunningPostgres> & { readonly failure?: Sentence };

/** A process of its own that holds a PostgreSQL; see `start-command.ts`. */
export interface LiaisonProcess {
  readonly pid: number;
  readonly answer: Answer;
  /** Kills the whole process group, with no chance to tidy up. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInProcess(dataFolder: string, account?: Account): Promise<LiaisonProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start-command.ts'), dataFolder], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
  });
  const exit = once(child, 'exit');
  const answer = await firstLine(child);
  const pid = child.pid ?? 0;
  return {
    pid,
    answer,
    async kill() {
      process.kill(-pid, 'SIGKILL');
      await exit;
    },
    async stop() {
      child.stdin.end();
      await exit;
    },
  };
}

async function firstLine(child: ChildProcessByStdio<Writable, Readable, null>): Promise<Answer> {
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as Answer;
  throw new Error('the process said nothing');
}
