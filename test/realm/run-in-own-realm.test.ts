import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

const SUITES: Readonly<Record<string, string>> = {
  '1.test.ts': `
    const real = globalThis.fetch;
    test('changes what all share', () => {
      globalThis.fetch = () => Promise.reject(new Error('not the real one'));
      Object.assign(globalThis, { left: 1, real });
      process.env.LEFT_BY_A_SUITE = '1';
      delete process.env.TO_BE_TAKEN;
    });`,
  '2.test.tsx': `
    import { seen } from './seen.ts';
    const Text = () => <b>{String(fetch)}</b>;
    test('finds it as it was, and none of the tests before', () => {
      const made = <Text />;
      expect(made.type).toBe(Text);
      expect('left' in globalThis).toBe(false);
      expect(String(fetch)).not.toContain('not the real one');
      expect([process.env.LEFT_BY_A_SUITE, process.env.TO_BE_TAKEN]).toEqual([undefined, 'here']);
      expect(seen.push(2)).toBe(1);
    });`,
  '3.test.ts': `
    import { seen } from './seen.ts';
    test('has the modules of the suite before', () => expect(seen).toEqual([2]));
    test('fails late', async () => { await new Promise(() => {}); }, 50);
    test('fails by what nobody caught', async () => {
      Promise.reject(new Error('nobody caught me'));
      await new Promise(setImmediate);
    });
    describe('without what comes before', () => {
      beforeAll(() => { throw new Error('no rig'); });
      test('fails too', () => {});
    });`,
  'in-order.mjs': `
    export default class InOrder {
      sort = (suites) => suites.toSorted((one, other) => one.path.localeCompare(other.path));
      allFailedTests = (suites) => suites;
      cacheResults() {}
    }`,
  'seen.ts': 'export const seen: number[] = [];',
};

test('suites share modules and nothing else, and each failure of a test is its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'realm-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [name, text] of Object.entries(SUITES)) writeFileSync(join(folder, name), text);
  const { default: own } = (await import(`${ROOT}/jest.config.js`)) as { default: object };
  const here = { rootDir: folder, testMatch: ['**/*.test.*'], testSequencer: join(folder, 'in-order.mjs') };
  const alone = { globalSetup: undefined, globalTeardown: undefined };
  const testRunner = join(import.meta.dirname, 'run-in-own-realm.ts');
  const results = join(folder, 'results.json');
  const options = ['--config', JSON.stringify({ ...own, ...here, ...alone, testRunner })];
  options.push('--runInBand', '--json', `--outputFile=${results}`);
  const env = { ...process.env, TO_BE_TAKEN: 'here' };
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  await new Promise<void>((resolve) => {
    execFile(process.execPath, [jest, ...options], { cwd: folder, env }, () => resolve());
  });
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as {
    testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
  };
  const told = testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(
    told.map(({ title, failureMessages }) => [title, failureMessages.join().split('\n')[0] ?? '']).sort(),
  ).toEqual([
    ['changes what all share', ''],
    ['fails by what nobody caught', expect.stringContaining('nobody caught me')],
    ['fails late', expect.stringContaining('Exceeded timeout of 50 ms')],
    ['fails too', expect.stringContaining('no rig')],
    ['finds it as it was, and none of the tests before', ''],
    ['has the modules of the suite before', ''],
  ]);
  rmSync(folder, { recursive: true });
});
