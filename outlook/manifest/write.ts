import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import AdmZip from 'adm-zip';
import { addinAt } from './addin.ts';
import { faultsOf } from './faults.ts';
import { faultsOfOrder } from './order.ts';
import { LANGUAGE_FILE, unifiedManifest, unifiedTexts } from './unified.ts';
import { officeApp, xmlManifest } from './xml.ts';

const ICONS = join(import.meta.dirname, 'icons');

/** Where both manifests were put. */
export interface WrittenManifests {
  /** The package of the unified manifest, as Microsoft's pages take it. */
  readonly zip: string;
  /** Its folder, unpacked. */
  readonly folder: string;
  readonly xml: string;
}

/**
 * Writes both manifests for a server, and has Microsoft's own checks look at them.
 *
 * @param into what stood there is removed.
 * @throws NoAddress; or what the checks found.
 */
export async function writeManifests(
  { publicUrl, signInOrigins }: { publicUrl: string | undefined; signInOrigins: readonly string[] },
  into: string,
): Promise<WrittenManifests> {
  const addin = addinAt(publicUrl, signInOrigins);
  const paths = {
    zip: join(into, 'liaison-outlook.zip'),
    folder: join(into, 'unified'),
    xml: join(into, 'manifest.xml'),
  };
  await rm(into, { recursive: true, force: true });
  await mkdir(paths.folder, { recursive: true });
  await writeFile(join(paths.folder, 'manifest.json'), asJson(unifiedManifest(addin)));
  await writeFile(join(paths.folder, LANGUAGE_FILE), asJson(unifiedTexts('fr')));
  for (const icon of ['color.png', 'outline.png'])
    await copyFile(join(ICONS, icon), join(paths.folder, icon));
  await writeFile(paths.xml, xmlManifest(addin));
  const faults = [...faultsOfOrder(officeApp(addin)), ...(await faultsOf(paths))];
  if (faults.length > 0) throw new Error(`The manifests are not complete:\n${faults.join('\n')}`);
  const zip = new AdmZip();
  zip.addLocalFolder(paths.folder);
  await zip.writeZipPromise(paths.zip);
  return paths;
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
