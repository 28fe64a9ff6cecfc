import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openChromium } from './chromium.ts';
import { startServer } from './running-server.ts';

/** Makes the pictures of the README from the sandbox: `node test/browser/take-screenshots.ts`. */

const FOLDER = new URL('../../docs/images/', import.meta.url).pathname;

const browser = await openChromium();
const server = await startServer();
try {
  await mkdir(FOLDER, { recursive: true });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 760 },
    locale: 'en-GB',
    colorScheme: 'light',
  });
  const page = await context.newPage();
  await page.addInitScript(() => localStorage.setItem('liaison.language', 'en'));
  await page.goto(`${server.url}#/log`);
  await page.getByText('Live', { exact: true }).waitFor();
  for (const scenario of ['stripe-payment', 'deal-won']) {
    await server.control('POST', `scenarios/${scenario}`, {});
    await page.locator('.run').first().getByText('Done').waitFor();
  }
  const deal = page.locator('.run', { hasText: 'Refonte site vitrine' });
  await deal.getByText('Done').waitFor();
  await deal.click();
  await page.locator('.step').first().waitFor();
  await page.locator('.chips').getByText('Done 7').waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(FOLDER, 'log.png') });

  await page.goto(server.sandboxUrl);
  await page.screenshot({ path: join(FOLDER, 'sandbox.png') });
} finally {
  await browser.close();
  await server.stop();
}
