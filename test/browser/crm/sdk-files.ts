import { readFileSync } from 'node:fs';
import { basename, delimiter } from 'node:path';
import type { BrowserContext } from 'playwright-core';

/** A script that the pages speak with the CRM through. */
export interface SdkFile {
  readonly name: string;
  /** Null: the sandbox's stand-in, as it is served. */
  readonly source: string | null;
}

/**
 * The stand-in, and every file that `LIAISON_ZOHO_SDK_FILE` names (several are separated as in `PATH`): Zoho's
 * own script is no part of this project.
 */
export const SDK_FILES: readonly SdkFile[] = [
  { name: 'the stand-in', source: null },
  ...(process.env.LIAISON_ZOHO_SDK_FILE ?? '')
    .split(delimiter)
    .filter((path) => path !== '')
    .map((path) => ({ name: basename(path), source: readFileSync(path, 'utf8') })),
];

/** From now on the pages of a context are given this script. */
export async function serveSdk(context: BrowserContext, { source }: SdkFile): Promise<void> {
  if (source === null) return;
  await context.route('**/widget-sdk/*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: source }),
  );
}
