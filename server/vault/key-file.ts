import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The sandbox's key: made on first start, in a file that only its owner may read. Not for production,
 * where the key must not lie beside what it seals.
 *
 * @returns the text that `parseKeyring` reads.
 */
export async function sandboxKey(dataFolder: string): Promise<string> {
  const file = path.join(dataFolder, 'sandbox.key');
  const existing = await readIfThere(file);
  if (existing !== null) {
    await chmod(file, 0o600);
    return existing;
  }
  await mkdir(dataFolder, { recursive: true });
  // Written aside and linked into place: of two processes that start together both get one whole key.
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  return (await readFile(file, 'utf8')).trim();
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
