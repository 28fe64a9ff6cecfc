import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openChromium } from './chromium.ts';
import { crmRecord, visitCrm } from './crm/crm-visit.ts';
import { startServer } from './running-server.ts';

/** Makes the pictures of the README from the sandbox: `node test/browser/take-screenshots.ts`. */

const FOLDER = new URL('../../docs/images/', import.meta.url).pathname;

const browser = await openChromium();
const server = await startServer('own');
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

  await page.goto(`${server.url}#/syncs?sync=contacts-google-crm`);
  await page.getByRole('button', { name: 'Start the preview' }).click();
  await page.getByRole('link', { name: 'See the preview' }).click();
  await page.locator('.sample').getByText('matched by E-mail').first().waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(FOLDER, 'preview.png') });
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
  await page.locator('.sync-status').first().getByText('In sync', { exact: true }).waitFor();

  await page.goto(`${server.url}#/catalogue`);
  await page.getByRole('heading', { name: 'Announcements' }).waitFor();
  await page.screenshot({ path: join(FOLDER, 'catalogue.png') });

  await page.goto(`${server.url}#/integrations/deal-won-to-slack?step=records`);
  const condition = async (number: number, field: string, is: string, value: string) => {
    await page.locator('.filter-editor > .actions').getByRole('button', { name: 'Add a condition' }).click();
    const of = (what: string) => page.getByLabel(`${what}, condition ${number}`, { exact: true });
    await of('Field').selectOption({ label: field });
    await of('Comparison').selectOption({ label: is });
    await of('Value').fill(value);
  };
  await condition(1, 'Amount', 'is at least', '10000');
  await condition(2, 'Deal name', 'contains', 'site');
  await page.getByText(/records? fits? now\.$/).waitFor();
  await page.locator('#setup-step').scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(FOLDER, 'set-up.png') });
  await page.goto('about:blank');

  const email = 'helene.delatour@clos-vert.example';
  await server.control('POST', 'scenarios/stripe-payment', { email });
  const { id } = await crmRecord(server, 'Contacts', 'Email', email);
  const visit = visitCrm(page, server);
  await page.setViewportSize({ width: 1280, height: 900 });
  await visit.open('Contacts', id);
  await visit.signIn('claire');
  await visit
    .card('Activity')
    .getByText(/booked as invoice/)
    .waitFor();
  for (const connector of ['stripe', 'zoho-books', 'mailchimp', 'google-people', 'google-calendar'])
    await visit.frame.locator(`.part[data-connector="${connector}"][data-state="fresh"]`).waitFor();
  await page.locator('#liaison').scrollIntoViewIfNeeded();
  await page.locator('#liaison').screenshot({ path: join(FOLDER, 'record.png') });
} finally {
  await browser.close();
  await server.stop();
}
