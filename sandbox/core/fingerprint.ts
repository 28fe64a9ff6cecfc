import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Tells one state of a source folder from another: SHA-256 (hex) over one line per `.ts` file that is no
 * test, sorted by name: `<path with slashes>\t<size>\t<whole milliseconds of the last change>\n`.
 */
export function fingerprintOf(folder: string): string {
  const lines = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return `${name.split(sep).join('/')}\t${size}\t${Math.floor(mtimeMs)}\n`;
    });
  return createHash('sha256').update(lines.join('')).digest('hex');
}
