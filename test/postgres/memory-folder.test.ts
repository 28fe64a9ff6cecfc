import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryFolder } from './memory-folder.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'liaison-memory-'));
});
afterEach(() => rm(parent, { recursive: true }));

describe('the folder in memory', () => {
  it('is new, empty, and one that other accounts may enter', async () => {
    const folder = await memoryFolder(parent, 0);
    expect(folder).not.toBeNull();
    expect(await readdir(folder ?? '')).toEqual([]);
    expect((await stat(folder ?? '')).mode & 0o777).toBe(0o755);
  });

  it('is not made where there is no room, or no such place', async () => {
    expect(await memoryFolder(parent, 2 ** 60)).toBeNull();
    expect(await readdir(parent)).toEqual([]);
    expect(await memoryFolder(join(parent, 'nowhere'), 0)).toBeNull();
  });
});
