import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND, generatedTexts, leftOver, saysTheSame } from '../scripts/generate/texts.ts';

const ROOT = join(import.meta.dirname, '..');

/** Generated files that do not say what the code says, each with what to run. */
function stale(held: (path: string) => string | null): string[] {
  const texts = generatedTexts(ROOT);
  const other = texts.filter(({ path, text }) => {
    const now = held(path);
    return now === null || !saysTheSame(path, now, text);
  });
  return [...other.map(({ path }) => path), ...leftOver(ROOT, texts)].map(
    (path) => `${path} is not what the code declares: run ${COMMAND}`,
  );
}

const onDisk = (path: string): string | null =>
  existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : null;

it('every generated text says what the code declares: flow documents, the manifest, the table of scopes', () => {
  expect(stale(onDisk)).toEqual([]);
});

it.each([
  ['docs/flows/announce.fr.md', (text: string) => text.replace('Quand', 'Si')],
  ['docs/flows/mailchimp-crm.en.md', () => null],
  ['plugin-manifest.json', (text: string) => text.replace('"slack.com"', '"slack.example"')],
  ['docs/marketplace.md', (text: string) => text.replace('`channels:read`', '`channels:write`')],
])('%s that says something else is told of by name, with the command to run', (path, spoiled) => {
  const held = (asked: string) => (asked === path ? spoiled(onDisk(path) ?? '') : onDisk(asked));
  expect(held(path)).not.toBe(onDisk(path));
  expect(stale(held)).toEqual([`${path} is not what the code declares: run npm run generate`]);
});
