import { spawn } from 'node:child_process';
import type { Account } from './account.ts';

/** How a program is started as an account; `{}` is ourselves. The root folder can be entered by everyone. */
export function runAs(account: Account | undefined) {
  const identity = account === undefined ? {} : { uid: account.uid, gid: account.gid };
  // Messages in English are what we look into; nothing else of our environment is PostgreSQL's business.
  return { ...identity, cwd: '/', env: { LC_ALL: 'C' } as NodeJS.ProcessEnv, windowsHide: true };
}

export interface Finished {
  /** Null: it never ran, or a signal ended it. */
  readonly code: number | null;
  /** Both streams, as they came. */
  readonly output: string;
}

/** Runs a program to its end. Never rejects: a program that cannot start is one that failed. */
export function run(file: string, args: readonly string[], account?: Account): Promise<Finished> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(file, args, { ...runAs(account), stdio: ['ignore', 'pipe', 'pipe'] });
    const take = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}
