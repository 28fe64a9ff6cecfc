import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sourceDigest } from './build-if-stale.ts';

let project: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'liaison-pages-'));
  await mkdir(join(project, 'widget'));
  await symlink(new URL('../node_modules', import.meta.url).pathname, join(project, 'node_modules'));
  await writeFile(join(project, 'package-lock.json'), '{}');
  await writeFile(join(project, 'widget', 'main.ts'), 'document.title = "one";');
  await writeFile(
    join(project, 'widget', 'index.html'),
    '<!doctype html><script type="module" src="./main.ts"></script>',
  );
});

afterEach(() => rm(project, { recursive: true, force: true }));

const COMMAND = new URL('./build-if-stale.ts', import.meta.url).pathname;

/** Runs the command as `npm start` does. @returns whether it put new pages in place. */
async function buildIfStale(): Promise<boolean> {
  const built = () =>
    stat(join(project, 'dist', 'widget')).then(({ ino, birthtimeMs }) => `${ino} ${birthtimeMs}`);
  const before = await built().catch(() => null);
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, project]);
  expect(stdout).toBe('');
  return before !== (await built());
}

describe('building the pages', () => {
  it('happens when a source or an installed package changed, and otherwise not', async () => {
    expect(await buildIfStale()).toBe(true);
    expect(await buildIfStale()).toBe(false);
    await writeFile(join(project, 'widget', 'main.test.ts'), 'a test is no source');
    expect(await buildIfStale()).toBe(false);
    await writeFile(join(project, 'widget', 'main.ts'), 'document.title = "two";');
    expect(await buildIfStale()).toBe(true);
    await writeFile(join(project, 'package-lock.json'), '{"packages":{}}');
    expect(await buildIfStale()).toBe(true);
  });

  it('leaves only whole pages, with relative addresses, and nothing half-made beside them', async () => {
    await Promise.all([buildIfStale(), buildIfStale()]);
    expect(await readdir(join(project, 'dist'))).toEqual(['widget']);
    const page = await readFile(join(project, 'dist', 'widget', 'index.html'), 'utf8');
    expect(page).toMatch(/src="\.\/assets\/[^"]+\.js"/);
    expect(page).not.toMatch(/(?:src|href)="\//);
  });

  it('keeps the old pages when the sources do not build', async () => {
    await buildIfStale();
    await writeFile(join(project, 'widget', 'main.ts'), 'const = ;');
    await expect(buildIfStale()).rejects.toThrow(/The pages could not be built/);
    expect(await readdir(join(project, 'dist'))).toEqual(['widget']);
    expect(await readFile(join(project, 'dist', 'widget', 'index.html'), 'utf8')).toContain('assets');
  });

  it('knows a source that was renamed', async () => {
    const before = await sourceDigest(project);
    await writeFile(join(project, 'widget', 'other.ts'), '');
    expect(await sourceDigest(project)).not.toBe(before);
  });
});
