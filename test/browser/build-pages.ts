import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const BUILD = join(import.meta.dirname, '..', '..', 'widget', 'build-if-stale.ts');

let built: Promise<unknown> | undefined;

/** Builds the pages of the widget where they are not as their source is: a fresh clone has none. Once in a suite. */
export async function buildPages(): Promise<void> {
  built ??= promisify(execFile)(process.execPath, [BUILD]);
  await built;
}
