import type { Browser, BrowserContext, Locator } from 'playwright-core';
import { openChromium } from '../browser/chromium.ts';
import { type MemoryServer, openMemoryServer } from '../browser/memory-api/memory-server.ts';
import { openSyncWorld, type SyncWorld } from '../browser/memory-api/sync-world.ts';
import { openPage } from '../browser/open-page.ts';
import { openShared, type SharedDatabase } from '../sync/rig.ts';

/**
 * What is pressed may be gone after it, and the focus was moved a frame later: on a busy machine the next key of a person
 * without a mouse met a page without a focus, and went nowhere.
 */

let browser: Browser;
let shared: SharedDatabase;
let world: SyncWorld;
let server: MemoryServer;
let context: BrowserContext;

beforeAll(async () => {
  [browser, shared] = await Promise.all([openChromium(), openShared()]);
  world = await openSyncWorld(shared);
  server = await openMemoryServer([], world.asSession, world.alerts);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await world?.close();
  await shared?.close();
});
afterEach(() => context?.close());

/** What has the focus when the press is over, before a frame is drawn. */
const pressed = (button: Locator): Promise<string> =>
  button.evaluate((element: HTMLElement) => {
    element.click();
    const focus = document.activeElement;
    return focus?.getAttribute('aria-label') ?? focus?.textContent ?? '';
  });

it('the focus stands where it belongs as soon as the press is over', async () => {
  const url = `${server.url}#/integrations/${world.rig.sync.id}?step=records`;
  const opened = await openPage(browser, url, { language: 'en' });
  ({ context } = opened);
  const { page } = opened;
  const button = (name: string) => page.getByRole('button', { name, exact: true }).first();
  await button('Add a condition').waitFor();
  expect(await pressed(button('Add a condition'))).toBe('Field, condition 1');
  expect(await pressed(button('Remove condition 1'))).toBe('Add a condition');
  await button('Add a condition').click();
  // No field is chosen: what is wrong is told where it stands.
  expect(await pressed(button('Save and continue'))).toBe('Field, condition 1');
});
