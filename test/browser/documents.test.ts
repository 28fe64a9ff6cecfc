import type { Browser, BrowserContext, Page } from 'playwright-core';
import { flowDocuments } from '../../server/flows/flow-documents.ts';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { noSyncs } from './memory-api/no-syncs.ts';
import { openPage, type PageWish } from './open-page.ts';

/** The documentation of flows in a real Chromium, over the real API and what the flows really declare. */

const nothing = { fields: null, problem: null, options: [], takesNewFields: false };
const field = (id: string, en: string, fr: string) => ({
  id,
  titles: { en, fr },
  kind: 'text' as const,
  readOnly: false,
  required: false,
  maxLength: null,
  newName: null,
});

let browser: Browser;
let server: MemoryServer;
let context: BrowserContext;
let page: Page;
let complaints: string[];

async function open(hash: string, options: PageWish & { role?: MemoryServer['role'] } = {}) {
  server.role = options.role ?? 'admin';
  const url = `${server.url}${hash}`;
  ({ context, page, complaints } = await openPage(browser, url, { language: 'en', ...options }));
}

beforeAll(async () => {
  browser = await openChromium();
  // One side's vendor can be asked what its fields are called; the other's cannot.
  server = await openMemoryServer([], {
    ...noSyncs,
    fields: async () => ({
      left: { ...nothing, fields: [field('names', 'Name', 'Nom')] },
      right: nothing,
    }),
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
afterEach(() => context?.close());

it('every flow and sync has a page, reached from the list and by its own address', async () => {
  await open('#/documents');
  const titles = flowDocuments().map((document) => document.titles.en);
  const contents = page.locator('.contents');
  await contents.waitFor();
  expect(await contents.getByRole('link').allTextContents()).toEqual(titles);
  for (const title of titles) await page.getByRole('heading', { name: title, level: 2 }).waitFor();
  await contents.getByRole('link', { name: titles[0]! }).click();
  await page.waitForURL(/#\/documents\?flow=/);
  expect(await page.locator('.document').count()).toBe(1);
  await page.getByRole('link', { name: 'All documents' }).click();
  await contents.waitFor();
});

it('a sync’s page tells its data flow, its fields with master and blank policy, its frequency and its settings', async () => {
  await open('#/documents?flow=contacts-google-crm', { role: 'rep' });
  const article = page.getByRole('article', { name: 'Contacts: Google ↔ CRM' });
  await article
    .getByRole('img', {
      name: 'Data goes both ways between Google contacts (read and written) and CRM contacts (read and written).',
    })
    .waitFor();
  await article.getByText('and every 15 seconds; everything is compared every 24 hours.').waitFor();
  const row = article.getByRole('row').nth(1);
  await row.getByRole('rowheader', { name: 'Name' }).waitFor();
  expect(await row.textContent()).toBe('Name↔both waysFull nameCRM contactsleaves the other side as it is');
  expect(await article.getByRole('row').count()).toBe(5);
  await article.getByText('E-mail, else by Name and Phone').waitFor();
  await article.getByText('Zoho CRM has its own Google Contacts sync').waitFor();
  expect(complaints).toEqual([]);
});

it('the diagram follows its flow: boxes in order, an arrow between each two, one drawing seen at a time', async () => {
  await open('#/documents?flow=stripe-payment-to-books');
  const diagram = page.getByRole('img', {
    name: 'Data goes this way: Stripe (read), then Zoho Books (read and written), then Zoho CRM (read and written).',
  });
  await diagram.waitFor();
  const seen = async () => {
    const drawings = await diagram.locator('svg').all();
    const shown = [];
    for (const drawing of drawings) if (await drawing.isVisible()) shown.push(drawing);
    expect(shown).toHaveLength(1);
    const boxes = await shown[0]!.locator('rect').evaluateAll((all) =>
      all.map((box) => {
        const { x, y } = box.getBoundingClientRect();
        return { x, y };
      }),
    );
    expect(boxes).toHaveLength(3);
    expect(await shown[0]!.locator('line').count()).toBe(2);
    return boxes as [{ x: number; y: number }, { x: number; y: number }, { x: number; y: number }];
  };
  const wide = await seen();
  expect(wide[0].x < wide[1].x && wide[1].x < wide[2].x && wide[0].y === wide[2].y).toBe(true);
  await page.setViewportSize({ width: 320, height: 900 });
  const narrow = await seen();
  expect(narrow[0].y < narrow[1].y && narrow[1].y < narrow[2].y && narrow[0].x === narrow[2].x).toBe(true);
});

it('is printed without what is only for the screen, on white, each flow on a page of its own', async () => {
  await open('#/documents', { dark: true });
  await page.locator('.document').first().waitFor();
  await page.evaluate(() => {
    window.print = () => {
      document.title = 'asked to print';
    };
  });
  await page.getByRole('button', { name: 'Print them all' }).click();
  expect(await page.title()).toBe('asked to print');
  await page.emulateMedia({ media: 'print' });
  for (const only of ['.bar', '.sandbox', '.contents', 'button', '.document a']) {
    for (const one of await page.locator(only).all()) expect(await one.isVisible()).toBe(false);
  }
  await page.getByText(/^Atelier Lumen · As it is set on \d/).waitFor();
  const looks = await page.evaluate(() => {
    const [, second] = document.querySelectorAll('.document');
    return [
      getComputedStyle(document.documentElement).colorScheme,
      getComputedStyle(second!).breakBefore,
      document.querySelectorAll('.diagram-row').length,
    ];
  });
  expect(looks).toEqual(['light', 'page', flowDocuments().length]);
});

it.each([
  ['A4', false],
  ['A3', true],
] as const)('is printed whole on %s (landscape: %s): no flow is cut off', async (format, landscape) => {
  await open('#/documents');
  await page.locator('.document').last().waitFor();
  const pdf = (await page.pdf({ format, landscape })).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThanOrEqual(flowDocuments().length);
});

it('of a flow that does not exist, says so', async () => {
  await open('#/documents?flow=nothing', { language: 'fr' });
  await page.getByText('Aucun flux n’a cette documentation.').waitFor();
});

it('is not loaded before it is asked for', async () => {
  const loaded: string[] = [];
  await open('#/log');
  page.on('request', (request) => loaded.push(request.url()));
  await page.locator('h1').waitFor();
  expect(await page.evaluate(() => document.querySelector('link[href*="documents-screen"]'))).toBeNull();
  await page.getByRole('link', { name: 'Documents' }).click();
  await page.locator('.document').first().waitFor();
  expect(loaded.some((url) => url.includes('documents-screen'))).toBe(true);
});

it.each([
  ['en', 1280, false],
  ['fr', 320, true],
] as const)('in %s at %i pixels (dark: %s) keeps nobody out and fits', async (language, width, dark) => {
  await open('#/documents', { language, width, dark });
  await page.locator('.document').last().waitFor();
  expect(await barriersOn(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
});
