import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Flow } from '../../server/api/contract.ts';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { DEAL_FLOW, exampleRun, PAYMENT_FLOW } from './memory-api/example-runs.ts';
import { exampleFlows } from './memory-api/example-settings.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { openPage, type PageWish } from './open-page.ts';

/** What can be set up, and what is: the catalogue and the list of integrations, in a real Chromium. */

const FLOWS = 40;
const INTEGRATIONS = 60;

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

/** Sixty integrations of forty flows, beside the syncs of the example. */
function sixty(): Flow[] {
  const [deal, payment] = exampleFlows() as [Flow, Flow];
  return Array.from({ length: INTEGRATIONS }, (_, index): Flow => {
    const number = index % FLOWS;
    const like = number % 2 === 0 ? deal : payment;
    const flow = {
      id: number < 2 ? like.flow.id : `flow-${number}`,
      titles: number < 2 ? like.flow.titles : { en: `Flow ${number}`, fr: `Flux ${number}` },
    };
    const name = index < FLOWS ? null : `Équipe ${index}`;
    return {
      ...structuredClone(like),
      id: `integration-${index}`,
      flow,
      name,
      titles: name === null ? flow.titles : { en: name, fr: name },
      enabled: index % 3 !== 0,
    };
  });
}

const row = (name: string) =>
  page.locator('[data-integration]', { has: page.getByRole('link', { name, exact: true }) });
const change = (name: string) => row(name).getByText('Change').click();

beforeAll(async () => {
  browser = await openChromium();
  server = await openMemoryServer();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(() => {
  server.world.flows = exampleFlows();
  server.world.runs = [exampleRun(1, 'done', Date.now()), exampleRun(3, 'shelved', Date.now())];
});
afterEach(() => context?.close());

describe('the catalogue', () => {
  it('shows every flow by what it is for, with its sentence, its applications and what Zoho offers', async () => {
    await open('#/catalogue');
    const group = page.getByRole('region', { name: 'Tell a team' });
    const card = group.getByRole('article', { name: DEAL_FLOW.titles.en });
    await card.getByText('When a deal is won in Zoho CRM, a message goes to a Slack channel.').waitFor();
    expect(await card.locator('.marks li').allTextContents()).toEqual([' Zoho CRM', ' Slack']);
    expect(await card.locator('.marks svg path').count()).toBe(2);
    await card.getByText('Zoho Flow offers this with a template.').waitFor();
    expect(await card.getByRole('link', { name: 'Zoho’s page about it' }).getAttribute('href')).toContain(
      'https://help.zoho.com/',
    );
    await page
      .getByRole('region', { name: 'Enter payments in the books' })
      .getByRole('article', { name: PAYMENT_FLOW.titles.en })
      .waitFor();
    expect(
      await page.getByRole('link', { name: `Add another: ${DEAL_FLOW.titles.en}` }).getAttribute('href'),
    ).toBe(`#/setup/${DEAL_FLOW.id}`);
    expect(complaints).toEqual([]);
  });

  it('is searched without accents or case, in words of both languages, and says how much it found', async () => {
    server.world.flows = sixty();
    await open('#/catalogue');
    await page.getByText(`${FLOWS} flows`, { exact: true }).waitFor();
    const search = page.getByRole('searchbox', { name: 'Search the catalogue' });
    for (const typed of ['GAGNÉES slack', 'gagnee', 'deal won']) {
      await search.fill(typed);
      await page.getByRole('article', { name: DEAL_FLOW.titles.en }).waitFor();
      expect(await page.getByRole('article', { name: PAYMENT_FLOW.titles.en }).count()).toBe(0);
    }
    expect(await page.getByRole('status').first().textContent()).toMatch(/of 40 flows$/);
    expect(page.url()).toContain('find=deal+won');
    await search.fill('rien de tel');
    await page.getByRole('heading', { name: 'Nothing in the catalogue fits' }).waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.getByText(`${FLOWS} flows`, { exact: true }).waitFor();
    expect(await search.inputValue()).toBe('');
  });

  it('is narrowed to one application, and the address keeps it', async () => {
    server.world.flows = sixty();
    await open('#/catalogue');
    await page.getByRole('button', { name: 'Stripe', exact: true }).click();
    await page.getByText(`20 of ${FLOWS} flows`).waitFor();
    await page.reload();
    await page.getByText(`20 of ${FLOWS} flows`).waitFor();
    expect(await page.getByRole('button', { name: 'Stripe', exact: true }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    await page.getByRole('button', { name: 'All applications' }).click();
    await page.getByText(`${FLOWS} flows`, { exact: true }).waitFor();
  });

  it('is for a rep to look at', async () => {
    await open('#/catalogue', { role: 'rep' });
    await page.getByText('Only an admin may set something up.').waitFor();
    await page.getByRole('article').first().waitFor();
    expect(await page.locator('main a[href^="#/setup"]').count()).toBe(0);
  });
});

describe('the list of integrations', () => {
  it('says of each how it stands, what it did today and whose it is, in one line each', async () => {
    server.world.flows[1]!.owner = 'person';
    await open('#/integrations');
    const deal = row(DEAL_FLOW.titles.en);
    await deal.getByText('Needs somebody').waitFor();
    expect(await deal.getByRole('link', { name: '1 set aside' }).getAttribute('href')).toBe(
      `#/log?state=shelved&integration=${DEAL_FLOW.id}`,
    );
    await deal.getByText('Of the organisation').waitFor();
    const payment = row(PAYMENT_FLOW.titles.en);
    await payment.getByText('Of Claire Fontaine').waitFor();
    expect(await deal.locator('.today').textContent()).toMatch(/^Today: .*1 failed/);
    expect(complaints).toEqual([]);
  });

  it('leads where there is nothing to the catalogue, and a rep nowhere', async () => {
    server.world.flows = [];
    for (const role of ['admin', 'rep'] as const) {
      await open('#/log', { role });
      await page.getByRole('navigation').getByRole('link', { name: 'Integrations' }).click();
      await page.getByRole('heading', { name: 'Nothing is set up yet' }).waitFor();
      expect(await page.getByRole('link', { name: 'Open the catalogue' }).count()).toBe(
        role === 'admin' ? 1 : 0,
      );
      if (role === 'admin') await context.close();
    }
  });

  it('turns one off and on', async () => {
    await open('#/integrations');
    const { enabled } = server.world.flows[0]!;
    const toggle = page.getByRole('switch', { name: DEAL_FLOW.titles.en });
    await toggle.click();
    await row(DEAL_FLOW.titles.en).locator('[data-state=off]').waitFor();
    expect(server.world.flows[0]!.enabled).toBe(!enabled);
    await toggle.click();
    await row(DEAL_FLOW.titles.en).locator('[data-state=shelved]').waitFor();
    expect(server.world.flows[0]!.enabled).toBe(enabled);
  });

  it('copies one: the same, off, under a name of its own', async () => {
    await open('#/integrations');
    const before = server.world.flows.length;
    await change(DEAL_FLOW.titles.en);
    await page.getByRole('button', { name: `Copy ${DEAL_FLOW.titles.en}` }).click();
    const name = `${DEAL_FLOW.titles.fr} (copie)`;
    await page.getByText(`“${name}” is set up the same way. It is off.`).waitFor();
    await row(name).locator('[data-state=off]').waitFor();
    expect(server.world.flows).toHaveLength(before + 1);
  });

  it('renames one', async () => {
    await open('#/integrations');
    await change(DEAL_FLOW.titles.en);
    await page.getByRole('button', { name: `Name and accounts of ${DEAL_FLOW.titles.en}` }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Grosses affaires');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await row('Grosses affaires').getByText(DEAL_FLOW.titles.en).waitFor();
  });

  it('says before one is deleted what that stops and what stays, and leaves the focus where it is of use', async () => {
    await open('#/integrations');
    await change(DEAL_FLOW.titles.en);
    const remove = page.getByRole('button', { name: `Delete ${DEAL_FLOW.titles.en}` });
    await remove.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It does nothing any more, and cannot be brought back.').waitFor();
    await dialog.getByText('Its 3 pairs of linked records are forgotten').waitFor();
    await dialog.getByText('The log stays, with its name: 12 runs.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await remove.evaluate((button) => button === document.activeElement)).toBe(true);
    await remove.click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await row(DEAL_FLOW.titles.en).waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.matches('main h1'));
  });

  it('leads an admin from a name to where it was set up, and a rep to what it does; and back', async () => {
    server.world.flows = sixty();
    for (const role of ['admin', 'rep'] as const) {
      await open('#/integrations', { role });
      await page.getByRole('link', { name: 'Équipe 45', exact: true }).click();
      await page.getByRole('heading', { name: /Équipe 45/ }).waitFor();
      expect(page.url()).toContain(
        role === 'admin' ? '#/integrations/integration-45' : '#/flows?integration=integration-45',
      );
      expect(await page.getByRole('article').count()).toBe(role === 'admin' ? 0 : 1);
      await page.getByRole('link', { name: 'All integrations' }).click();
      await page.getByRole('heading', { name: 'Integrations', level: 1 }).waitFor();
      if (role === 'admin') await context.close();
    }
  });

  it('shows a rep everything of the organisation, and changes nothing for them', async () => {
    await open('#/integrations', { role: 'rep' });
    await row(DEAL_FLOW.titles.en).waitFor();
    expect(await page.locator('main').getByRole('switch').count()).toBe(0);
    expect(await page.locator('main summary').count()).toBe(0);
  });

  it('asks for sixty as often as for one, and finds one among them with the keyboard', async () => {
    async function asked(): Promise<string[]> {
      const calls: string[] = [];
      page.on('request', (request) => {
        if (/\/api\/v1\/(?!live)/.test(request.url())) calls.push(new URL(request.url()).pathname);
      });
      await page.reload();
      await page.locator('[data-integration]').first().waitFor();
      await page.waitForLoadState('load');
      await page.getByText('Integrations', { exact: true }).first().waitFor();
      await page.waitForTimeout(500);
      return calls.filter((call) => !call.endsWith('/counts')).sort();
    }
    server.world.flows = exampleFlows().slice(0, 1);
    await open('#/integrations');
    const few = await asked();
    server.world.flows = sixty();
    const many = await asked();
    expect(new Set(many)).toEqual(new Set(few));
    expect(await page.locator('[data-integration]').count()).toBeGreaterThanOrEqual(INTEGRATIONS);
    const search = page.getByRole('searchbox', { name: 'Search integrations' });
    await search.focus();
    await page.keyboard.type('equipe 59');
    await page.locator('[data-integration]').nth(1).waitFor({ state: 'detached' });
    await page.getByRole('switch', { name: 'Équipe 59' }).focus();
    await page.keyboard.press('Space');
    await row('Équipe 59').locator('[data-state=off]').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copy Équipe 59' }).waitFor();
  });

  it('shows those that need somebody', async () => {
    await open('#/integrations');
    await page.getByRole('combobox', { name: 'Show' }).selectOption('attention');
    await row(PAYMENT_FLOW.titles.en).waitFor({ state: 'detached' });
    await row(DEAL_FLOW.titles.en).waitFor();
    expect(page.url()).toContain('show=attention');
  });
});

it.each([
  ['#/catalogue', 'fr', 320, true],
  ['#/catalogue', 'en', 1280, false],
  ['#/integrations', 'fr', 320, false],
  ['#/integrations', 'fr', 640, false],
  ['#/integrations', 'en', 1280, true],
] as const)('%s in %s at %i px fits, and axe finds nothing', async (hash, language, width, dark) => {
  server.world.flows = sixty();
  await open(hash, { language, width, dark });
  await page
    .locator('main .card')
    .nth(FLOWS - 1)
    .waitFor();
  for (const summary of await page
    .locator('main summary')
    .all()
    .then((all) => all.slice(0, 1)))
    await summary.click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  expect(await barriersOn(page)).toEqual([]);
  expect(await page.locator('main').textContent()).not.toMatch(/undefined|NaN|\[object/);
  expect(complaints).toEqual([]);
});
