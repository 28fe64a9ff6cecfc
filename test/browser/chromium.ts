import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { unpackChromium } from './packaged-chromium.ts';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'];

/**
 * Opens a real Chromium: the system's if it works, else the packaged one. `LIAISON_CHROMIUM` names a
 * binary, or is `packaged`.
 *
 * @throws one sentence that lists what was tried; a browser test never passes without a browser.
 */
export async function openChromium(wish = process.env.LIAISON_CHROMIUM): Promise<Browser> {
  const tried: string[] = [];
  const attempt = async (name: string, launch: () => Promise<Browser>): Promise<Browser | null> => {
    try {
      return await launch();
    } catch (error) {
      tried.push(`${name}: ${firstReason(error)}`);
      return null;
    }
  };

  const systems = wish === 'packaged' ? [] : wish ? [wish] : SYSTEM_PATHS.filter((path) => existsSync(path));
  for (const path of systems) {
    const browser = await attempt(path, () => chromium.launch({ executablePath: path, args: ARGS }));
    if (browser) return browser;
  }
  if (wish === undefined || wish === '' || wish === 'packaged') {
    const browser = await attempt('the packaged Chromium', launchPackaged);
    if (browser) return browser;
  }
  throw new Error(
    `No Chromium could be started, so the pages were not tested. Install one (on Debian: apt-get install chromium) or name one in LIAISON_CHROMIUM. Tried: ${tried.join('; ') || 'nothing was found'}.`,
  );
}

async function launchPackaged(): Promise<Browser> {
  const { path, libraries, fonts } = await unpackChromium();
  const environment = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  if (!existsSync('/etc/fonts')) environment.FONTCONFIG_PATH = fonts;
  try {
    return await chromium.launch({ executablePath: path, args: ARGS, env: environment });
  } catch (error) {
    if (!/error while loading shared libraries/.test(String(error))) throw error;
    // Only then: libraries of another system beside those of this one do harm.
    environment.LD_LIBRARY_PATH = libraries;
    return chromium.launch({ executablePath: path, args: ARGS, env: environment });
  }
}

function firstReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const reason = /error while loading shared libraries.*|spawn \w+|cannot open .*|.*ENOENT.*/.exec(text)?.[0];
  return (reason ?? text.split('\n')[0] ?? text).slice(0, 300);
}
