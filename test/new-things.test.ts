import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const MODULES = join(ROOT, 'node_modules');

/** A copy of the project, without its history and its widget. */
let copy: string;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** What an invented vendor answers is no vendor's contract: the suite's record of exchanges is not for it. */
const { SANDBOX_RECORD_FOLDER: _record, SANDBOX_RECORD: _exchanges, ...environment } = process.env;

const run = (script: string, args: readonly string[], cwd = ROOT): Promise<Ended> =>
  promisify(execFile)(process.execPath, [script, ...args], { cwd, env: environment }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, error: stderr }),
    (failed: { code: number; stdout: string; stderr: string }) => ({
      code: failed.code,
      out: failed.stdout,
      error: failed.stderr,
    }),
  );

const lay = (...args: string[]): Promise<Ended> =>
  run(join(ROOT, 'scripts/new/main.ts'), [...args, '--into', copy]);
const text = (path: string): string => readFileSync(join(copy, path), 'utf8');
const REGISTRIES = ['server/connectors/index.ts', 'server/flows/index.ts', 'sandbox/index.ts'];
const state = (): string[] => [
  ...['server/connectors', 'server/flows', 'sandbox'].flatMap((folder) => readdirSync(join(copy, folder))),
  ...REGISTRIES.map(text),
];

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'liaison-new-'));
  for (const folder of ['server', 'sandbox', 'test']) {
    cpSync(join(ROOT, folder), join(copy, folder), { recursive: true });
  }
  for (const file of ['package.json', 'tsconfig.json']) cpSync(join(ROOT, file), join(copy, file));
  symlinkSync(MODULES, join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run new refuses in one sentence, and changes nothing:', () => {
  it.each([
    ['nothing at all', [], 'Usage: npm run new -- connector|flow|simulator <id>'],
    ['no id', ['connector'], 'Usage: '],
    ['more than one id', ['connector', 'one', 'two'], 'Usage: '],
    ['an option that nobody knows', ['connector', '--force'], 'Usage: '],
    ['an unknown kind', ['widget', 'pipedrive'], 'There is no kind “widget”'],
    [
      'a kind that objects have of themselves',
      ['constructor', 'pipedrive'],
      'There is no kind “constructor”',
    ],
    ['capital letters', ['connector', 'PipeDrive'], '“PipeDrive” is no id of a connector'],
    ['a path', ['simulator', '../pipedrive'], '“../pipedrive” is no id of a simulator'],
    ['an empty id', ['flow', ''], '“” is no id of a flow'],
    ['digits in a flow', ['flow', 'mail2crm'], '“mail2crm” is no id of a flow'],
    ['a hyphen at the end', ['connector', 'pipe-'], '“pipe-” is no id of a connector'],
    ['a very long id', ['connector', 'x'.repeat(41)], 'is longer than 40 characters'],
    ['a connector that is there', ['connector', 'slack'], '“slack” is taken: server/connectors/slack'],
    ['a folder that is no connector', ['connector', 'families'], '“families” is taken'],
    ['a folder that is no simulator', ['simulator', 'core'], '“core” is taken'],
    ['a flow that is there', ['flow', 'announce'], '“announce” is taken'],
    ['a word of the language', ['connector', 'switch'], 'would be called switch in code'],
    ['a name that its own code uses', ['flow', 'settings'], 'would be called settings in code'],
    ['a name of the registry', ['simulator', 'simulators'], 'would be called simulators in code'],
  ])('%s', async (_what, args, sentence) => {
    const before = state();
    const { code, out, error } = await lay(...args);
    expect([code, out, error.trim().split('\n').length]).toEqual([1, '', 1]);
    expect(error).toContain(sentence);
    expect(state()).toEqual(before);
  });
});

describe('npm run new', () => {
  let laid: string[];

  beforeAll(async () => {
    const asked = [
      ['simulator', 'pipe-drive9'],
      ['connector', 'pipe-drive9'],
      ['flow', 'signed-quotes'],
    ] as const;
    laid = [];
    for (const [kind, id] of asked) {
      const { code, out, error } = await lay(kind, id);
      expect([code, error]).toEqual([0, '']);
      expect(out).toMatch(/npm run jest -- \S+\.test\.ts/);
      laid.push(...out.split('\n\n')[0]!.split('\n'));
    }
  });

  it('adds a line to each registry, beside those that were there', () => {
    for (const [path, name, from] of [
      ['server/connectors/index.ts', 'pipeDrive9', './pipe-drive9/connector.ts'],
      ['server/flows/index.ts', 'signedQuotes', './signed-quotes/flow.ts'],
      ['sandbox/index.ts', 'pipeDrive9', './pipe-drive9/simulator.ts'],
    ] as const) {
      const before = readFileSync(join(ROOT, path), 'utf8');
      const after = text(path);
      expect(after).toContain(`import { ${name} } from '${from}';`);
      expect(after.match(new RegExp(`\\b${name}\\b`, 'g'))).toHaveLength(2);
      const words = (source: string) => source.match(/[\w'./-]+/g) ?? [];
      expect(words(after)).toEqual(expect.arrayContaining(words(before)));
    }
  });

  it('lays what the compiler and the formatter take as it is', async () => {
    const files = laid.map((path) => join(copy, path));
    const { compilerOptions } = JSON.parse(text('tsconfig.json')) as { compilerOptions: object };
    const project = join(copy, 'laid.json');
    writeFileSync(project, JSON.stringify({ compilerOptions, files }));
    const types = await run(join(MODULES, 'typescript/bin/tsc'), ['-p', project], copy);
    expect([types.code, types.out]).toEqual([0, '']);
    cpSync(join(ROOT, 'biome.json'), join(copy, 'biome.json'));
    const biome = ['check', '--vcs-enabled=false', ...files];
    const style = await run(join(MODULES, '@biomejs/biome/bin/biome'), biome, copy);
    expect([style.code, style.out + style.error]).toEqual([0, expect.stringContaining('No fixes applied')]);
  });

  it('lays tests that fail until nothing waits to be filled in, and say what does', async () => {
    const tests = laid.filter((path) => path.endsWith('.test.ts'));
    expect(tests).toEqual([
      'sandbox/pipe-drive9/pipe-drive9.test.ts',
      'server/connectors/pipe-drive9/pipe-drive9.test.ts',
      'server/flows/signed-quotes/signed-quotes.test.ts',
    ]);
    const { default: config } = (await import(`${ROOT}/jest.config.js`)) as { default: object };
    const results = join(copy, 'results.json');
    // The sandbox and pure code: no database is needed.
    const alone = { globalSetup: undefined, globalTeardown: undefined, testSequencer: undefined };
    const testRunner = join(ROOT, 'test/realm/run-in-own-realm.ts');
    const own = { ...config, ...alone, testRunner, rootDir: copy, maxWorkers: 1 };
    const options = ['--config', JSON.stringify(own), '--json', `--outputFile=${results}`, ...tests];
    const { code } = await run(join(MODULES, 'jest/bin/jest.js'), options, copy);
    expect(code).toBe(1);
    const { testResults } = JSON.parse(text('results.json')) as {
      testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[];
    };
    expect(testResults).toHaveLength(3);
    for (const { assertionResults } of testResults) {
      const failed = assertionResults.filter(({ status }) => status !== 'passed');
      expect(failed.map(({ title }) => title)).toEqual([expect.stringMatching(/ is filled in: /)]);
      expect(failed[0]!.failureMessages.join()).toMatch(/\w+\.ts:\d+: the vendor’s|\w+\.ts:\d+: the /);
      // Everything else of it holds already: a stranger begins with what works.
      expect(assertionResults.length).toBeGreaterThan(2);
    }
  });
});
