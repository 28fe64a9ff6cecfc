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

/**
 * What the sandbox seals and opens with: the key that the server was given, and behind it the one of the
 * file, so that a sandbox that began without a key opens what it sealed when it is given one.
 *
 * @param given `LIAISON_KEY`; null: none.
 */
export async function sandboxKeys(dataFolder: string, given: string | null): Promise<string> {
  if (given === null) return sandboxKey(dataFolder);
  const existing = await readIfThere(path.join(dataFolder, 'sandbox.key'));
  return existing === null || given.includes(existing) ? given : `${given},${existing}`;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
