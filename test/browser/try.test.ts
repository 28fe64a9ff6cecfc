import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { TryAnswer } from '../../server/api/contract.ts';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { exampleConnections, exampleFlows } from './memory-api/example-settings.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { openPage } from './open-page.ts';

/** Trying an automation in the settings, in a real Chromium: with the keyboard alone, in both languages. */

let browser: Browser;
let server: MemoryServer;
const contexts: BrowserContext[] = [];

const words = (en: string, fr: string) => ({ en, fr });
const slack = { id: 'slack', titles: words('Slack', 'Slack') };
const TRIED: TryAnswer = {
  record: { id: '42', title: 'Serres du Midi', detail: null, at: null },
  steps: [
    {
      ...{ step: 'deal', item: null, effect: 'read', state: 'read', message: null, request: null },
      titles: words('Read the deal', 'Lire l’affaire'),
      connector: { id: 'zoho-crm', titles: words('Zoho CRM', 'Zoho CRM') },
      fields: [{ name: 'Amount', titles: words('Amount', 'Montant'), value: '12500', filledIn: false }],
    },
    {
      ...{ step: 'message', item: null, effect: 'write', state: 'would-write', request: null },
      titles: words('Post the message', 'Publier le message'),
      connector: slack,
      message: '🎉 Serres du Midi',
      fields: [
        { name: 'channel', titles: words('Channel', 'Canal'), value: '#ventes', filledIn: false },
        { name: 'ts', titles: words('Message', 'Message'), value: '(message)', filledIn: true },
      ],
    },
  ],
  warnings: [{ step: 'message', sentence: words('“€” stands fixed.', '« € » est figé.') }],
  outcome: {
    state: 'done',
    summary: words('It was announced in #ventes.', 'Elle a été annoncée dans #ventes.'),
    error: null,
  },
};

beforeAll(async () => {
  browser = await openChromium();
  server = await openMemoryServer([]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(() => {
  server.role = 'admin';
  server.world.connections = exampleConnections();
  server.world.flows = exampleFlows();
  server.services.tries.records = {
    records: [
      { id: '42', title: 'Serres du Midi', detail: null, at: '2026-11-20T09:00:00Z' },
      { id: '43', title: 'Vitrine Lenoir', detail: words('Row 3', 'Ligne 3'), at: null },
    ],
    standing: null,
    problem: null,
  };
  server.services.tries.answer = TRIED;
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((one) => one.close()));
});

async function open(language: string): Promise<Page> {
  const { context, page } = await openPage(browser, `${server.url}#/flows`, { language, width: 320 });
  contexts.push(context);
  return page;
}
const card = (page: Page) => page.locator('article', { hasText: /Slack/ }).first();
const openTry = async (page: Page, title: string) => {
  const summary = card(page).locator('summary', { hasText: title });
  await summary.waitFor();
  await summary.focus();
  await page.keyboard.press('Enter');
};

it.each([
  ['en', 'Try it', 'would write', 'known only in a run', 'stands fixed'],
  ['fr', 'Essayer', 'écrirait', 'connu seulement lors', 'est figé'],
])(
  'shows in %s what a run would do, with the keyboard alone',
  async (language, title, write, filled, warning) => {
    const page = await open(language);
    await openTry(page, title);
    await card(page)
      .getByRole('button', { name: /Serres du Midi/ })
      .waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const heading = card(page).getByRole('heading', { name: /Serres du Midi/, level: 3 });
    await heading.waitFor();
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(server.services.tries.wishes.at(-1)).toEqual({ record: '42' });
    const text = await card(page).textContent();
    for (const part of [write, filled, warning, '#ventes', '12500']) expect(text).toContain(part);
    expect(await barriersOn(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(overflow).toBe(false);
    const { LIAISON_SCREENSHOTS: folder } = process.env;
    if (folder !== undefined) await card(page).screenshot({ path: `${folder}/try-${language}.png` });
  },
);

it('finds a record by its name, and says where there is none', async () => {
  const page = await open('en');
  await openTry(page, 'Try it');
  await card(page).getByRole('searchbox').fill('Lenoir');
  await card(page)
    .getByRole('button', { name: /Serres du Midi/ })
    .waitFor({ state: 'detached' });
  const found = card(page).getByRole('button', { name: /Vitrine Lenoir/ });
  // Between two lists there is a moment without any.
  await found.first().waitFor();
  expect(await found.count()).toBe(1);
  await card(page).getByRole('searchbox').fill('nobody');
  await card(page).getByText('No record fits yet.').waitFor();
});

it('shows that it is at work, and is stopped with the keyboard', async () => {
  let release = () => {};
  server.services.tries.held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const page = await open('en');
  await openTry(page, 'Try it');
  const record = card(page).getByRole('button', { name: /Serres du Midi/ });
  await record.press('Enter');
  await card(page).getByRole('status').getByText('Trying it on “Serres du Midi”…').waitFor();
  await card(page).getByRole('progressbar').waitFor();
  expect(await barriersOn(page)).toEqual([]);
  await card(page).getByRole('button', { name: 'Stop the try' }).press('Enter');
  await card(page).getByRole('progressbar').waitFor({ state: 'detached' });
  expect(await record.evaluate((element) => element === document.activeElement)).toBe(true);
  release();
  server.services.tries.held = Promise.resolve();
  // Its answer is nobody’s any longer; another one is played as the first.
  await card(page)
    .getByRole('button', { name: /Vitrine Lenoir/ })
    .press('Enter');
  await card(page)
    .getByRole('heading', { name: /Serres du Midi/, level: 3 })
    .waitFor();
  expect(server.services.tries.wishes.slice(-2)).toEqual([{ record: '42' }, { record: '43' }]);
});

it('says what a vendor that fails says, and plays it again', async () => {
  const sentence = words('Slack does not answer.', 'Slack ne répond pas.');
  server.services.tries.answer = {
    ...TRIED,
    steps: TRIED.steps.slice(0, 1),
    warnings: [],
    outcome: {
      state: 'failed',
      summary: words(
        'The try stops here: Slack does not answer.',
        'L’essai s’arrête ici : Slack ne répond pas.',
      ),
      error: { kind: 'retry-later', actor: 'engine', sentence, vendorMessage: 'internal_error', field: null },
    },
  };
  const page = await open('fr');
  await openTry(page, 'Essayer');
  await card(page)
    .getByRole('button', { name: /Serres du Midi/ })
    .press('Enter');
  await card(page).getByText('L’essai s’arrête ici : Slack ne répond pas.').waitFor();
  await card(page).getByText('internal_error').waitFor();
  expect(await barriersOn(page)).toEqual([]);
  server.services.tries.answer = TRIED;
  await card(page).getByRole('button', { name: 'Réessayer' }).press('Enter');
  await card(page).getByText('Elle a été annoncée dans #ventes.').waitFor();
  expect(server.services.tries.wishes.slice(-2)).toEqual([{ record: '42' }, { record: '42' }]);
});

it('says that a record is gone, and offers the others', async () => {
  server.services.tries.answer = {
    record: null,
    steps: [],
    warnings: [],
    outcome: {
      state: 'no-record',
      summary: words('There is no record that fits.', 'Aucun enregistrement ne convient.'),
      error: null,
    },
  };
  const page = await open('en');
  await openTry(page, 'Try it');
  await card(page)
    .getByRole('button', { name: /Serres du Midi/ })
    .press('Enter');
  const told = card(page).getByRole('heading', { name: 'There is no record that fits.' });
  await told.waitFor();
  expect(await told.evaluate((element) => element === document.activeElement)).toBe(true);
  await card(page)
    .getByRole('button', { name: /Vitrine Lenoir/ })
    .waitFor();
});

it('says why a vendor could not be asked', async () => {
  const sentence = words('Zoho CRM does not answer.', 'Zoho CRM ne répond pas.');
  server.services.tries.records = {
    records: null,
    standing: null,
    problem: { kind: 'retry-later', actor: 'engine', sentence, vendorMessage: null, field: null },
  };
  const page = await open('fr');
  await openTry(page, 'Essayer');
  await card(page).getByText(sentence.fr).waitFor();
  expect(await barriersOn(page)).toEqual([]);
  server.services.tries.records = {
    records: [{ id: '42', title: 'Serres du Midi', detail: null, at: null }],
    standing: null,
    problem: null,
  };
  await card(page).getByRole('button', { name: 'Réessayer' }).press('Enter');
  await card(page)
    .getByRole('button', { name: /Serres du Midi/ })
    .waitFor();
});
