import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const BUILD = join(import.meta.dirname, '..', '..', 'widget', 'build-if-stale.ts');

/** Builds the pages of the widget where they are not as their source is: a fresh clone has none. */
export async function buildPages(): Promise<void> {
  await promisify(execFile)(process.execPath, [BUILD]);
}
