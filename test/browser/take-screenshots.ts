import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { buildIfStale } from '../../widget/build-if-stale.ts';
import { allSettled, newPlace, play, removePlace, startLiaison } from '../system/liaison-process.ts';
import { openChromium } from './chromium.ts';

/** `npm run screenshots`: the pictures of the README, taken from the sandbox as it runs. */
const ROOT = join(import.meta.dirname, '..', '..');
const IMAGES = join(ROOT, 'docs', 'images');

async function shoot(page: Page, url: string, name: string, ready: string): Promise<void> {
  await page.goto(url);
  await page.getByText(ready).first().waitFor();
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
}

await mkdir(IMAGES, { recursive: true });
await buildIfStale(ROOT);
const place = await newPlace();
const liaison = await startLiaison(place);
const browser = await openChromium();
try {
  await play(liaison.sandboxUrl, 'deal-won');
  await play(liaison.sandboxUrl, 'stripe-payment');
  await play(liaison.sandboxUrl, 'sheet-bad-row');
  await allSettled(liaison.url);
  const context = await browser.newContext({ viewport: { width: 1_280, height: 800 }, locale: 'fr-FR' });
  const page = await context.newPage();
  await shoot(page, `${liaison.sandboxUrl}/`, 'sandbox', 'Refonte');
  await page.goto(liaison.url);
  await page.getByText('Refonte site vitrine').first().click();
  await page.getByText('#ventes').first().waitFor();
  await page.screenshot({ path: join(IMAGES, 'log.png') });
} finally {
  await browser.close();
  await liaison.stop();
  await removePlace(place);
}
