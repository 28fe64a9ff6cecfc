import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { PAGE_PATIENCE_MS } from './open-page.ts';
import { type RunningServer, startServer } from './running-server.ts';

/** What a newcomer sees of a file that came with a form: the scenario is pressed, and the lead has it. */

let browser: Browser;
let server: RunningServer;
beforeAll(async () => {
  browser = await openChromium();
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

interface Attachment {
  readonly record: string;
  readonly name: string;
}

/** The file, once it stands beside its record. */
async function attached(): Promise<Attachment> {
  for (;;) {
    const { tables } = (await server.control('GET', 'state/zoho-crm?tables=attachments')) as {
      tables: { attachments?: Attachment[] };
    };
    const [found] = tables.attachments ?? [];
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('an answer with a file is pressed, and the document is had from the lead’s page by the keyboard, in both languages', async () => {
  await server.control('POST', 'scenarios/typeform-file', {});
  const file = await attached();
  for (const [locale, heading] of [
    ['en-GB', 'Attachments'],
    ['fr-FR', 'Pièces jointes'],
  ] as const) {
    const context = await browser.newContext({ locale, acceptDownloads: true });
    context.setDefaultTimeout(PAGE_PATIENCE_MS);
    const page = await context.newPage();
    await page.goto(`${server.sandboxUrl}crm/Leads/${file.record}?lang=${locale.slice(0, 2)}`);
    await page.getByRole('heading', { name: heading }).waitFor();
    const link = page.locator('#attachments').getByRole('link', { name: file.name });
    await link.focus();
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe(file.name);
    expect(await readFile(await download.path(), 'utf8')).toContain('Vitrine');
    const barriers = await barriersOn(page);
    expect(barriers.filter((one) => one.includes('attachments'))).toEqual([]);
    expect(barriers).toEqual([]);
    await context.close();
  }
}, 120_000);
