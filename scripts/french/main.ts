import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { frenchSources, unbroken } from './spaces.ts';

/** Puts spaces that do not break into the French texts of the server: before `: ; ! ?`, and inside guillemets. */
const ROOT = join(import.meta.dirname, '..', '..');

for (const [path, source] of frenchSources(ROOT)) {
  const text = unbroken(source);
  if (text !== source) writeFileSync(join(ROOT, path), text);
}
