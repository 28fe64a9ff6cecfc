import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppManifestUtils, type TeamsManifest } from '@microsoft/app-manifest';
import { convert } from 'office-addin-manifest-converter';
import { LANGUAGE_FILE } from './unified.ts';

/**
 * What Microsoft's own checks, which ask nobody on the network, find in both manifests. For the XML one there is no check of
 * its schema that works offline: it is turned into a unified one by Microsoft's converter, which finds what leads
 * nowhere, and that is checked; what the converter does not look at, `order.ts` does.
 *
 * @returns one sentence each; empty when both may be uploaded.
 */
export async function faultsOf(paths: { readonly folder: string; readonly xml: string }): Promise<string[]> {
  return [
    ...(await unifiedFaults(join(paths.folder, 'manifest.json'))),
    ...(await languageFaults(join(paths.folder, LANGUAGE_FILE))),
    ...(await xmlFaults(paths.xml)),
  ];
}

async function unifiedFaults(file: string): Promise<string[]> {
  try {
    // The first refuses what is missing or of a wrong type, the second texts that are too long and words it does not know.
    return named(
      'manifest.json',
      await AppManifestUtils.validateAgainstSchema(await AppManifestUtils.readTeamsManifest(file)),
    );
  } catch (error) {
    return [`manifest.json: ${error instanceof Error ? error.message : String(error)}`];
  }
}

async function languageFaults(file: string): Promise<string[]> {
  const texts = JSON.parse(await readFile(file, 'utf8')) as TeamsManifest;
  const schema = await AppManifestUtils.fetchSchema(texts.$schema ?? '');
  // One of the names in it, of a part that is not used here, is no expression that its own checker can read.
  for (const pattern of Object.keys(schema.patternProperties ?? {}))
    if (!isReadable(pattern)) delete schema.patternProperties?.[pattern];
  return named(LANGUAGE_FILE, await AppManifestUtils.validateAgainstSchema(texts, schema));
}

function isReadable(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

async function xmlFaults(file: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-outlook-'));
  try {
    await convert(file, folder);
    return (await unifiedFaults(join(folder, 'manifest.json'))).map(
      (fault) => `manifest.xml, converted: ${fault}`,
    );
  } catch (error) {
    return [`manifest.xml: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const named = (file: string, faults: readonly string[]): string[] =>
  faults.map((fault) => `${file}: ${fault}`);
