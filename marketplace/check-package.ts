import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import AdmZip from 'adm-zip';

/** Zoho's own limits: https://github.com/zoho/zoho-extension-toolkit, `FileCheckRule`. */
const MOST_FILES = 250;
const MOST_BYTES = 5_000_000;
const NAME = /^[A-Za-z0-9_.$-]{1,250}$/;
const ADDRESS = /\b(?:src|href)="([^"]*)"/g;

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Addresses in a page that only work at one place, or that the package does not hold. */
function lost(page: string, text: string, held: ReadonlySet<string>): string[] {
  return [...text.matchAll(ADDRESS)].flatMap(([, address = '']) => {
    if (address.startsWith('data:') || address.startsWith('#')) return [];
    if (!address.startsWith('./')) return [`${page} names ${address}, which is no relative address`];
    const target = posix.join(posix.dirname(page), address);
    return held.has(target) ? [] : [`${page} names ${address}, which the package does not hold`];
  });
}

/**
 * Compares what was packed with what was to be packed: the tool leaves out files it does not like without
 * a word, and an extension without them only fails at a customer's.
 *
 * @param project the folder that was packed; its pages stand in `app/`.
 * @returns what is wrong, one sentence each; empty when the package can be uploaded.
 */
export async function faultsOf(project: string, zip: string): Promise<string[]> {
  const wanted = (await filesIn(join(project, 'app'))).map((file) => `app/${file}`);
  const packed = new AdmZip(zip).getEntries().filter((entry) => !entry.isDirectory);
  const held = new Set(packed.map((entry) => entry.entryName));
  const faults = wanted
    .filter((file) => !held.has(file))
    .map((file) => `${file} was left out of the package`);
  if (packed.length > MOST_FILES) faults.push(`${packed.length} files, of ${MOST_FILES} at most`);
  for (const entry of packed) {
    if (entry.header.size > MOST_BYTES) faults.push(`${entry.entryName} is larger than ${MOST_BYTES} bytes`);
    if (!NAME.test(posix.basename(entry.entryName)))
      faults.push(`${entry.entryName} has a name that Zoho refuses`);
    if (entry.entryName.endsWith('.html')) {
      faults.push(...lost(entry.entryName, entry.getData().toString('utf8'), held));
    }
  }
  const pages = (await readdir(join(project, 'app'))).filter((file) => file.endsWith('.html'));
  if (pages.length === 0) faults.push('the package holds no page');
  for (const page of pages) {
    const text = await readFile(join(project, 'app', page), 'utf8');
    const inZip = packed
      .find((entry) => entry.entryName === `app/${page}`)
      ?.getData()
      .toString('utf8');
    if (inZip !== undefined && inZip !== text) faults.push(`${page} is another one in the package`);
  }
  return faults;
}
