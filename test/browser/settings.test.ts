import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { exampleRun, runIdOf, type Story } from './memory-api/example-runs.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { openPage, type PageWish } from './open-page.ts';

/** The built pages in a real Chromium, over the real API and an organisation in memory. */

let browser: Browser;
let server: MemoryServer;
let context: BrowserContext;
let page: Page;
let complaints: string[];

const NOW = Date.now();
const run = (number: number, story: Story, label?: string) =>
  exampleRun(number, story, NOW - 600_000 + number * 1_000, label);
const row = (number: number) => page.locator(`[data-run="${runIdOf(number)}"]`);
const text = (selector: string) => page.locator(selector).textContent();

async function open(hash = '', options: PageWish & { role?: MemoryServer['role'] } = {}) {
  server.role = options.role ?? 'admin';
  const url = `${server.url}${hash}`;
  ({ context, page, complaints } = await openPage(browser, url, { language: 'en', ...options }));
}

beforeAll(async () => {
  browser = await openChromium();
  server = await openMemoryServer();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(() => {
  server.world.runs = [
    run(1, 'done'),
    run(2, 'done'),
    run(3, 'shelved', 'Boutique en ligne'),
    run(4, 'skipped', 'Audit SEO'),
    run(6, 'shelved', 'Identité visuelle'),
  ];
});
afterEach(() => context?.close());

describe('the log', () => {
  it('says so when nothing has happened, and leads to the sandbox', async () => {
    server.world.runs = [];
    await open();
    await page.getByRole('heading', { name: 'Nothing has happened yet' }).waitFor();
    expect(
      await page.locator('.nothing').getByRole('link', { name: 'Play a scenario' }).getAttribute('href'),
    ).toBe('http://127.0.0.1:9/');
    expect(complaints).toEqual([]);
  });

  it('shows a run as it appears and as it changes, without a reload', async () => {
    await open();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.locator('.run').count()).toBe(5);
    server.services.put('lumen', run(9, 'running', 'Site de la mairie'));
    await row(9).getByText('Running').waitFor();
    expect(await page.locator('.run').first().getAttribute('data-run')).toBe(runIdOf(9));
    server.services.put('lumen', run(9, 'done', 'Site de la mairie'));
    await row(9).getByText('Done').waitFor();
    expect(await page.locator('.run').count()).toBe(6);
    await page.locator('.chips').getByText('Done 3').waitFor();
  });

  it('keeps what is being read where it is while runs pour in', async () => {
    server.world.runs = Array.from({ length: 50 }, (_, index) => run(index * 3 + 1, 'done', `Run ${index}`));
    await open();
    await row(61).scrollIntoViewIfNeeded();
    const before = (await row(61).boundingBox())?.y;
    for (let number = 200; number < 230; number += 1) server.services.put('lumen', run(number, 'done'));
    await row(229).waitFor({ state: 'attached' });
    expect(Math.abs(((await row(61).boundingBox())?.y ?? 0) - (before ?? 0))).toBeLessThan(2);
  });

  it('says when it is not live, comes back by itself, and then shows what it missed', async () => {
    await open();
    await page.getByText('Live', { exact: true }).waitFor();
    await server.stop();
    await page.getByText('Not live: reconnecting…').waitFor();
    server.world.runs = [run(9, 'shelved', 'Pendant la panne'), ...server.world.runs];
    await server.start();
    await row(9).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
  });

  it('offers to try again when the server does not answer', async () => {
    await open();
    await row(1).waitFor();
    await page.route('**/api/v1/runs?**', (route) => route.abort());
    await page.getByLabel('Record').fill('audit');
    await page.getByRole('alert').getByText('No answer from Liaison').waitFor();
    await page.unroute('**/api/v1/runs?**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await row(4).waitFor();
  });

  it('filters by record, flow, state and time, and keeps the filters in the address', async () => {
    await open();
    await row(1).waitFor();
    await page.getByLabel('Record').fill('boutique');
    await row(1).waitFor({ state: 'detached' });
    expect(await page.locator('.run').count()).toBe(1);
    expect(page.url()).toContain('record=boutique');
    await page.reload();
    await row(3).waitFor();
    expect(await page.getByLabel('Record').inputValue()).toBe('boutique');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await row(1).waitFor();
    await page.getByRole('combobox', { name: 'Flow' }).selectOption('stripe-payment-to-books');
    await row(1).waitFor({ state: 'detached' });
    await row(2).waitFor();
    await page.getByRole('combobox', { name: 'Flow' }).selectOption('');
    await row(1).waitFor();
    await page.locator('.chips').getByRole('button', { name: 'Failed' }).click();
    await row(1).waitFor({ state: 'detached' });
    expect(await page.locator('.run').count()).toBe(2);
    await page.getByLabel('When').selectOption('custom');
    await page.getByLabel('From', { exact: true }).fill('2020-01-01T00:00');
    await page.getByLabel('To', { exact: true }).fill('2020-01-02T00:00');
    await page.getByRole('heading', { name: 'No run matches these filters' }).waitFor();
    await page.goBack();
    await row(3).waitFor();
  });

  it('loads more', async () => {
    server.world.runs = Array.from({ length: 60 }, (_, index) => run(index * 3 + 1, 'done', `Run ${index}`));
    await open();
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByText('No earlier runs.').waitFor();
    expect(await page.locator('.run').count()).toBe(60);
  });

  it('replays all that failed under the filters, after asking', async () => {
    await open('#/log?record=boutique');
    await page.getByRole('button', { name: 'Replay all failed (1)' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Only the runs under the current filters are replayed.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Replay all failed (1)' }).click();
    await dialog.getByRole('button', { name: 'Replay' }).click();
    await page.getByText('1 run is taken up again.').waitFor();
    await row(3).getByText('Waiting').waitFor();
    expect((await server.services.getRun('lumen', runIdOf(6)))?.state).toBe('shelved');
  });
});

describe('a run', () => {
  it('opens with its steps, what was sent and answered, the error and the event', async () => {
    await open();
    await row(3).click();
    const panel = page.locator('.panel');
    await panel.getByRole('heading', { name: 'Boutique en ligne' }).waitFor();
    expect(await text('.panel .notice')).toMatch(
      /channel does not exist.*channel_not_found.*Field: Channel \(channel\)/s,
    );
    expect(await panel.locator('.step h4').allInnerTexts()).toEqual(['Read the deal', 'Post the message']);
    expect(await text('.step-failed .exchange')).toMatch(
      /POST https:\/\/slack\.com\/api\/chat\.postMessage\s*200 · 190 ms.*channel = #ventes.*"error": "channel_not_found"/s,
    );
    expect(await panel.textContent()).toContain('Deals.edit from Zoho CRM');
    expect(page.url()).toContain(`run=${runIdOf(3)}`);
    expect(complaints).toEqual([]);
  });

  it('is replayed from its failed step, and its end is seen', async () => {
    await open(`#/log?run=${runIdOf(3)}`);
    await page.locator('.panel').getByRole('button', { name: 'Replay' }).click();
    await page.locator('.panel').getByText('Taken up again.').waitFor();
    server.services.put('lumen', run(3, 'done', 'Boutique en ligne'));
    await page.locator('.panel').getByText('It succeeded this time.').waitFor();
    await row(3).getByText('Done').waitFor();
  });

  it('that is done says why it is not replayed, and a rep is told who may', async () => {
    await open(`#/log?run=${runIdOf(1)}`);
    await page.getByText('It succeeded: there is nothing to replay.').waitFor();
    expect(await page.locator('.panel').getByRole('button', { name: 'Replay' }).isDisabled()).toBe(true);
    await context.close();
    await open(`#/log?run=${runIdOf(3)}`, { role: 'rep' });
    await page.getByText('An admin can replay this run.').waitFor();
    expect(await page.getByRole('button', { name: /Replay/ }).count()).toBe(0);
  });

  it('of a rep’s own integration is replayed by the rep', async () => {
    server.world.own = [run(3, 'shelved').integration.id];
    await open(`#/log?run=${runIdOf(3)}`, { role: 'rep' });
    await page.locator('.panel').getByRole('button', { name: 'Replay' }).click();
    await page.locator('.panel').getByText('Taken up again.').waitFor();
    expect(complaints).toEqual([]);
    server.world.own = [];
  });

  it('that does not exist is answered with a sentence', async () => {
    await open(`#/log?run=${runIdOf(77)}`, { language: 'fr' });
    await page.locator('.panel').getByText('Il n’y a rien à cette adresse.').waitFor();
  });

  it('is reached, read and left by keyboard alone', async () => {
    await open();
    await row(6).waitFor();
    await row(6).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.panel').getByRole('heading', { name: 'Boutique en ligne' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('panel');
    await page.keyboard.press('Escape');
    await page.locator('.panel').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-run'))).toBe(runIdOf(3));
    expect(await page.locator('.runs [tabindex="0"]').count()).toBe(1);
  });

  it('covers the list where there is no room beside it', async () => {
    await open('', { width: 320 });
    await row(3).click();
    await page.getByRole('button', { name: 'Close the run' }).waitFor();
    expect(await page.locator('.panel').boundingBox()).toMatchObject({ x: 0, y: 0, width: 320 });
    expect(await page.locator('.log-list').getAttribute('inert')).not.toBeNull();
    await page.getByRole('button', { name: 'Close the run' }).click();
    await page.locator('.panel').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-run'))).toBe(runIdOf(3));
  });
});

describe('every screen', () => {
  it('speaks French and English, and remembers which', async () => {
    await open('', { language: 'fr' });
    await row(3).getByText('Échouée').waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr');
    expect(await text('.sandbox')).toContain('rien ne quitte cette machine');
    await page.getByRole('button', { name: 'English' }).click();
    await row(3).getByText('Failed').waitFor();
    await page.reload();
    await row(3).getByText('Failed').waitFor();
  });

  it('fits 320 pixels', async () => {
    await open('', { width: 320, language: 'fr' });
    for (const [hash, ready] of [
      ['#/log', '.run'],
      [`#/log?run=${runIdOf(3)}`, '.steps'],
      ['#/flows', '.card'],
      ['#/connections', '.card'],
      ['#/documents', '.document'],
    ] as const) {
      await page.evaluate((to) => location.assign(to), hash);
      await page.locator(ready).first().waitFor();
      expect([hash, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([hash, 320]);
    }
  });

  it('has one main heading, named controls, and no state told by colour alone', async () => {
    await open();
    for (const hash of ['#/log', '#/flows', '#/connections', '#/documents']) {
      await page.evaluate((to) => location.assign(to), hash);
      await page.locator('h1').waitFor();
      expect(await page.locator('h1').count()).toBe(1);
      const nameless = await page.locator('button, a, input, select, textarea').evaluateAll(
        (all) =>
          all.filter((one) => {
            const labels = (one as HTMLInputElement).labels;
            const name = one.getAttribute('aria-label') ?? one.textContent?.trim() ?? '';
            return name === '' && (labels?.length ?? 0) === 0;
          }).length,
      );
      expect([hash, nameless]).toEqual([hash, 0]);
    }
  });
});

describe('the flows', () => {
  it('are switched, set, and lead to the connection that is missing', async () => {
    await open('#/flows');
    const card = page.getByRole('article', { name: 'Deal won → Slack' });
    await card.getByRole('switch').click();
    await card.locator('.switch').getByText('Off').waitFor();
    expect(server.world.flows[0]?.enabled).toBe(false);
    await card.getByText('Settings').click();
    await card.getByLabel('Channel').fill('#annonces');
    await card.getByLabel('Smallest amount').fill('500');
    await card.getByLabel('Mention the owner').check();
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText('Saved.').waitFor();
    expect(server.world.flows[0]?.settings.values).toMatchObject({
      channel: '#annonces',
      smallest: 500,
      mentionOwner: true,
      emphasis: 'plain',
    });
    const missing = page.getByRole('article', { name: 'Stripe payment → Books' });
    await missing.getByText('Needs a connection: Stripe.').waitFor();
    await missing.getByRole('link', { name: 'Connect' }).click();
    await page.getByRole('heading', { name: 'Connections' }).waitFor();
  });

  it('offer what the vendor has for a setting, and take what is typed', async () => {
    const [flow] = server.world.flows;
    flow!.settings.offered = ['channel'];
    flow!.previews = true;
    server.services.offers.set('channel', {
      offers: [
        { value: '#ventes', title: '#ventes' },
        { value: '#general', title: '#general' },
        { value: '#annonces', title: '#annonces' },
      ],
      problem: null,
    });
    await open('#/flows');
    const card = page.getByRole('article', { name: 'Deal won → Slack' });
    await card.getByText('Settings').click();
    const preview = card.getByRole('region', { name: 'The message as it will look' });
    await preview.getByText('An example.').waitFor();
    const channel = card.getByRole('combobox', { name: 'Channel' });
    await channel.click();
    await page.getByRole('option', { name: '#annonces' }).waitFor();
    expect(await page.getByRole('option').count()).toBe(3);
    await page.getByRole('option', { name: '#general' }).click();
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText('Saved.').waitFor();
    expect(server.world.flows[0]?.settings.values).toMatchObject({ channel: '#general' });
    await channel.fill('#pasted');
    await page.keyboard.press('Escape');
    await preview.getByText('#pasted').waitFor();
    await card.getByRole('button', { name: 'Save' }).click();
    await card.getByText('Saved.').waitFor();
    expect(server.world.flows[0]?.settings.values).toMatchObject({ channel: '#pasted' });
    expect(complaints).toEqual([]);
  });

  it('tell of a number outside of its bounds beside it, and do not change it', async () => {
    await open('#/flows', { language: 'fr' });
    const card = page.getByRole('article', { name: 'Affaire gagnée → Slack' });
    await card.getByText('Réglages').click();
    await card.getByLabel('Montant minimal').fill('-1');
    await card.getByRole('button', { name: 'Enregistrer' }).click();
    await card.getByText('0 au moins.').waitFor();
    expect(await card.getByLabel('Montant minimal').inputValue()).toBe('-1');
    expect(server.world.flows[0]?.settings.values.smallest).not.toBe(-1);
  });

  it('are shown but not changed by a rep', async () => {
    await open('#/flows', { role: 'rep' });
    await page.getByText('Only an admin may change flows.').waitFor();
    expect(await page.getByRole('switch').first().isDisabled()).toBe(true);
  });
});

it('the log loads at most 140 KB of compressed scripts, with none of the forms in it', async () => {
  const scripts = new Map<string, number>();
  context = await browser.newContext();
  complaints = [];
  page = await context.newPage();
  page.on('response', async (response) => {
    if (/\/assets\/.*\.js$/.test(response.url()))
      scripts.set(new URL(response.url()).pathname, gzipSync(await response.body()).length);
  });
  await page.goto(server.url);
  await row(1).waitFor();
  expect(scripts.size).toBeGreaterThan(0);
  expect([...scripts.values()].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(140 * 1_024);
  expect([...scripts.keys()].filter((name) => /mapping|flows-screen|connections-screen/.test(name))).toEqual(
    [],
  );
});
