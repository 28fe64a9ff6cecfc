import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedTexts, leftOver } from './texts.ts';

/** Writes every text that is made from the code, as the formatter wants it, and removes those of flows that are gone. */
const ROOT = join(import.meta.dirname, '..', '..');
const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

const texts = generatedTexts(ROOT);
for (const path of leftOver(ROOT, texts)) rmSync(join(ROOT, path));
for (const { path, text } of texts) writeFileSync(join(ROOT, path), text);
const paths = texts.map(({ path }) => path);
const { status } = spawnSync(process.execPath, [BIOME, 'format', '--write', ...paths], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
