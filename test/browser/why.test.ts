import type { Browser, BrowserContext, Page } from 'playwright-core';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { exampleRun, runIdOf } from './memory-api/example-runs.ts';
import { DEAL, exampleWhy } from './memory-api/example-why.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { openPage, type PageWish } from './open-page.ts';

/** Why something was done of a record, or was not, in the settings: searched, read and acted on in a real Chromium. */

let browser: Browser;
let server: MemoryServer;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await openChromium();
  server = await openMemoryServer();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(() => {
  server.world.runs = [exampleRun(3, 'shelved', Date.now() - 60_000), exampleRun(4, 'skipped', Date.now())];
  server.services.whySaid = exampleWhy();
  server.services.found = [DEAL, { ...DEAL, id: 'cus_1', label: null, titles: null, integrations: [] }];
});
afterEach(async () => {
  await context?.close();
  expect(complaints).toEqual([]);
});

async function open(hash: string, options: PageWish & { role?: MemoryServer['role'] } = {}): Promise<void> {
  server.role = options.role ?? 'rep';
  ({ context, page, complaints } = await openPage(browser, `${server.url}${hash}`, {
    language: 'en',
    ...options,
  }));
}

const lines = () =>
  page.getByRole('list', { name: /What happened|Ce qui s’est passé/ }).getByRole('listitem');
const lineOf = (text: string) => lines().filter({ hasText: text });

it('finds records with the keyboard alone and leads to the reasons of one, and back', async () => {
  await open('#/log');
  await page.getByRole('link', { name: 'Why?' }).press('Enter');
  await page.getByRole('heading', { name: 'Why?' }).waitFor();
  const field = page.getByRole('searchbox');
  await field.focus();
  await page.keyboard.type('s');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Type at least two characters.').waitFor();
  await page.keyboard.type('erres');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('2 records found').waitFor();
  await page.getByText('Known to: Announce in #ventes').waitFor();
  await page.getByRole('link', { name: 'cus_1' }).waitFor();
  await page.getByRole('link', { name: 'Serres du Midi' }).press('Enter');
  await page.getByRole('heading', { name: 'Why: Serres du Midi' }).waitFor();
  await lineOf('Amount is 12,500, below 50,000').getByText('Nothing to do').waitFor();
  await lineOf('No delivery about it has arrived since').getByText('Nothing arrived').waitFor();
  expect(await lines().count()).toBe(6);
  // The focus tells a screen reader of the new page.
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await page.goBack();
  await page.getByRole('status').getByText('2 records found').waitFor();
});

it('leads to the run, and from a run to all that is known of its record', async () => {
  await open(`#/why?object=${DEAL.object}&record=${DEAL.id}`);
  await lineOf('Slack knows no such channel').getByRole('link', { name: 'Open the run' }).click();
  await page.locator('.panel').getByText('Failed').first().waitFor();
  expect(page.url()).toContain(`run=${runIdOf(3)}`);
  await page.locator('.panel').getByRole('link', { name: 'Why was something done, or not?' }).click();
  await page.getByRole('heading', { name: /^Why: / }).waitFor();
});

it('offers to replay what the asker may take up again, and nothing else', async () => {
  server.world.own = [exampleRun(3, 'shelved', 0).integration.id];
  await open(`#/why?object=${DEAL.object}&record=${DEAL.id}`);
  await lineOf('Slack knows no such channel').waitFor();
  expect(await page.getByRole('button', { name: 'Replay' }).count()).toBe(1);
  server.services.whySaid = {
    ...exampleWhy(),
    lines: exampleWhy().lines.map((line) =>
      line.outcome === 'shelved' ? { ...line, outcome: 'waiting', mayReplay: false } : line,
    ),
  };
  await lineOf('Slack knows no such channel').getByRole('button', { name: 'Replay' }).click();
  await lineOf('Slack knows no such channel').getByText('Waiting').waitFor();
  expect(await page.getByRole('button', { name: 'Replay' }).count()).toBe(0);
  delete server.world.own;
});

it('appears as it happens', async () => {
  await open(`#/why?object=${DEAL.object}&record=${DEAL.id}`);
  await lineOf('The integration was off').waitFor();
  const [silence, ...rest] = exampleWhy().lines;
  server.services.whySaid = {
    about: [DEAL],
    lines: [
      silence!,
      { ...rest[0]!, outcome: 'conflict', sentence: { en: 'They differ.', fr: 'Ils diffèrent.' } },
    ],
  };
  server.services.put('lumen', exampleRun(9, 'done', Date.now()));
  await lineOf('They differ.').getByText('Waits for a decision').waitFor();
});

it('says what nothing goes by, and leads there from a log without a match', async () => {
  server.services.found = [];
  server.services.whySaid = { about: [], lines: exampleWhy().lines.slice(0, 1) };
  await open('#/log?record=personne');
  await page.getByRole('link', { name: 'Search all integrations for “personne”' }).click();
  await page.getByRole('heading', { name: 'No integration knows “personne”' }).waitFor();
  await page.getByText('Check the spelling.').waitFor();
});

describe.each([
  ['en', 'Why: Serres du Midi', 'Left out', false],
  ['fr', 'Pourquoi\u00a0: Serres du Midi', 'Laissée de côté', true],
])('in %s', (language, title, leftOut, dark) => {
  it.each([320, 1_200])(
    'nothing is wrong for a screen reader, and nothing sticks out, at %d px',
    async (width) => {
      const shot = async (name: string) => {
        expect(await barriersOn(page)).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
        if (process.env.LIAISON_SHOTS)
          await page.screenshot({
            path: `${process.env.LIAISON_SHOTS}/${name}-${width}-${language}.png`,
            fullPage: true,
          });
      };
      await open('#/why?search=serres', { language, width, dark });
      await page.getByRole('link', { name: 'Serres du Midi' }).waitFor();
      await shot('why-search');
      await page.getByRole('link', { name: 'Serres du Midi' }).click();
      await page.getByRole('heading', { name: title }).waitFor();
      await lines().getByText(leftOut, { exact: true }).waitFor();
      await shot('why-record');
    },
  );
});
