import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { connectors } from '../server/connectors/index.ts';
import { buildPages } from '../widget/build-pages.ts';
import { faultsOf } from './check-package.ts';
import { manifestOf } from './manifest.ts';

const ROOT = join(import.meta.dirname, '..');
const ZET = join(ROOT, 'node_modules', 'zoho-extension-toolkit', 'index.js');
/** The toolkit names the package after its folder. */
const NAME = 'liaison';

/** Runs Zoho's own toolkit in a project's folder. @throws what it printed, when it is not content. */
async function zet(command: 'validate' | 'pack', project: string): Promise<string> {
  const child = spawn(process.execPath, [ZET, command], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.on('data', (part: Buffer) => {
    printed += part.toString();
  });
  child.stderr.on('data', (part: Buffer) => {
    printed += part.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`zet ${command} ended with ${code}:\n${printed}`);
  return printed;
}

/**
 * Builds the extension's pages and packs them as Zoho's console takes them.
 *
 * @param folder where the project and its package are put; what stood there is removed.
 * @returns the address of the zip, and what Zoho's toolkit printed.
 * @throws when the manifest tells something else than the connectors do, or the package lacks something.
 */
export async function makePackage(folder: string): Promise<{ zip: string; printed: string }> {
  const manifest = join(ROOT, 'plugin-manifest.json');
  if (!isDeepStrictEqual(JSON.parse(await readFile(manifest, 'utf8')), manifestOf(connectors))) {
    throw new Error('plugin-manifest.json does not tell what the connectors declare. Run: npm run generate');
  }
  const project = join(folder, NAME);
  await rm(project, { recursive: true, force: true });
  await mkdir(project, { recursive: true });
  await buildPages(join(ROOT, 'widget'), join(project, 'app'));
  // A page for a browser of its own, outside the CRM, has no place in an extension.
  await rm(join(project, 'app', 'index.html'), { force: true });
  await copyFile(manifest, join(project, 'plugin-manifest.json'));
  const printed = (await zet('validate', project)) + (await zet('pack', project));
  const zip = join(project, 'dist', `${NAME}.zip`);
  const faults = await faultsOf(project, zip);
  if (faults.length > 0) throw new Error(`The package is not complete:\n${faults.join('\n')}`);
  return { zip, printed };
}

if (process.argv[1] === import.meta.filename) {
  try {
    const [folder] = process.argv.slice(2);
    const { zip, printed } = await makePackage(folder ?? join(ROOT, 'dist', 'package'));
    process.stdout.write(`${printed}\nPackage: ${zip}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
