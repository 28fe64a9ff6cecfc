import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Refused } from './refused.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const BIOME = join(PROJECT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** A text as the project's formatter writes it, imports in order. @param path where it will stand. */
export function formatted(path: string, text: string): string {
  const command = [BIOME, 'check', '--write', `--stdin-file-path=${path}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: PROJECT,
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Refused(`${path} could not be formatted: ${stderr.trim()}`);
  return stdout;
}
