import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8');
const declared = (path: string): string[] =>
  [...read(path).matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name = '']) => name);

/** Armed by tests alone. */
const OF_TESTS = ['LIAISON_CRASH'];
/** Given by the server to the sandbox that it starts. */
const BETWEEN_US = ['LIAISON_URL'];

it.each(['server/config.ts', 'sandbox/config.ts'])('the README names every variable of %s', (path) => {
  const table = read('README.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|')[1]);
  const names = declared(path).filter((name) => !OF_TESTS.includes(name) && !BETWEEN_US.includes(name));
  expect(names.length).toBeGreaterThan(2);
  expect(names.filter((name) => !table.some((cell) => cell?.includes(`\`${name}\``)))).toEqual([]);
});
