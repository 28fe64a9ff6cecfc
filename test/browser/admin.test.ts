import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { CONNECTOR_NAMES, DEAL_FLOW, exampleRun } from './memory-api/example-runs.ts';
import { exampleConnections, exampleFlows } from './memory-api/example-settings.ts';
import { MemoryAlerts } from './memory-api/memory-alerts.ts';
import { MemoryMode } from './memory-api/memory-mode.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { openPage, type PageWish } from './open-page.ts';

/** What an admin opens: alerts, the shelf, the first steps, the way to production; in a real Chromium. */

let browser: Browser;
let server: MemoryServer;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let axe: string;
const alerts = new MemoryAlerts();

const NOW = Date.now();
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const PREPARED = {
  DATABASE_URL: 'postgres://db.example/liaison',
  LIAISON_KEY: randomBytes(32).toString('base64'),
  PUBLIC_URL: 'https://liaison.example',
  ZOHO_CRM_CLIENT_ID: 'id',
  ZOHO_CRM_CLIENT_SECRET: 'secret',
};

const alert = (id: string) => ({
  id,
  kind: 'runs' as const,
  integration: { ...DEAL_FLOW, kind: 'automation' as const },
  connector: null,
  sentence: {
    en: 'Won deals to Slack: 3 runs wait on the shelf.',
    fr: 'Affaires gagnées : 3 exécutions attendent.',
  },
  occurrences: 3,
  openedAt: ago(60),
  closedAt: null,
  toldAt: ago(59),
  untold: null,
});

beforeAll(async () => {
  browser = await openChromium();
  server = await openMemoryServer([], undefined, alerts);
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(() => {
  Object.assign(alerts, { open: [], recovered: [], destinations: [], tested: [], mail: true, fails: false });
  Object.assign(server.services.mode, new MemoryMode());
  server.world.runs = [
    exampleRun(1, 'done', NOW - 500_000),
    exampleRun(3, 'shelved', NOW - 400_000),
    exampleRun(4, 'shelved', NOW - 300_000),
  ];
  server.world.connections = exampleConnections();
  server.world.flows = exampleFlows();
});
afterEach(() => context?.close());

async function open(hash = '', options: PageWish & { role?: MemoryServer['role'] } = {}) {
  server.role = options.role ?? 'admin';
  const url = `${server.url}${hash}`;
  ({ context, page, complaints } = await openPage(browser, url, { language: 'en', ...options }));
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');

describe('the alerts', () => {
  it('say what is wrong, since when, how many, who was told, and lead to where it is put right', async () => {
    alerts.open = [
      alert('1'),
      {
        ...alert('2'),
        kind: 'reconnect',
        integration: null,
        connector: CONNECTOR_NAMES.STRIPE,
        toldAt: null,
        untold: { en: 'The mail could not be sent.', fr: 'Non envoyé.' },
        sentence: { en: 'Stripe must be connected again.', fr: 'Stripe doit être reconnecté.' },
      },
    ];
    alerts.recovered = [{ ...alert('3'), closedAt: ago(5) }];
    await open('#/alerts', { role: 'rep' });
    const runs = page.locator('[data-alert=runs]');
    await runs.getByText('3 runs', { exact: true }).waitFor();
    await runs.getByText(/^since/).waitFor();
    await runs.getByText(/^Told/).waitFor();
    const href = await runs.getByRole('link').getAttribute('href');
    expect(href).toBe(`#/log?state=shelved&integration=${DEAL_FLOW.id}`);
    const lost = page.locator('[data-alert=reconnect]');
    await lost.getByText('Nobody could be told: The mail could not be sent.').waitFor();
    expect(await lost.getByRole('link').getAttribute('href')).toBe('#/connections');
    await page.getByRole('heading', { name: 'Over since lately' }).waitFor();
    await page.getByText('An admin chooses where alerts go.').waitFor();
    expect(await button(/Add|Send|Remove/).count()).toBe(0);
  });

  it('go where an admin chooses, of what the connected applications offer, and are tried there', async () => {
    await open('#/alerts');
    await page.getByText('Alerts go nowhere yet').waitFor();
    await page.getByLabel('Kind of place').selectOption({ label: 'A Slack channel' });
    await page.getByLabel('Which one').selectOption({ label: '#ventes' });
    await button('Add').click();
    await page.getByText('Slack · #ventes: added.').waitFor();
    await page.getByLabel('Kind of place').selectOption({ label: 'A task in Zoho CRM' });
    await page.getByLabel('Which one').selectOption({ label: 'Claire Fontaine' });
    await button('Add').click();
    await page.getByText('Zoho CRM · Claire Fontaine: added.').waitFor();
    expect(alerts.destinations.map((one) => ('target' in one ? one.target : one.email))).toEqual([
      'C1',
      'u1',
    ]);
    await button('Send a test to Slack · #ventes').click();
    await page.getByText(/^Arrived at/).waitFor();
    expect(alerts.tested).toEqual([{ connector: CONNECTOR_NAMES.SLACK.id, target: 'C1' }]);
    alerts.fails = true;
    await button('Send a test to Zoho CRM · Claire Fontaine').click();
    const why = page.getByRole('alert');
    await why.getByText('Slack has no such channel any more.').waitFor();
    await why.getByText('channel_not_found').waitFor();
  });

  it('take an address only if it is one, and only where a mail server is', async () => {
    await open('#/alerts');
    await page.getByLabel('Kind of place').selectOption('mail');
    await page.getByLabel('Address').fill('not an address');
    await button('Add').click();
    expect(await page.getByLabel('Address').evaluate((input: HTMLInputElement) => input.validity.valid)).toBe(
      false,
    );
    expect(alerts.destinations).toEqual([]);
    await page.getByLabel('Address').fill('admin@atelier.example');
    await page.keyboard.press('Enter');
    await page.getByText('E-mail to admin@atelier.example: added.').waitFor();
    await button('Remove E-mail to admin@atelier.example').click();
    await page.getByText('E-mail to admin@atelier.example: removed.').waitFor();
    expect(await focused()).toBe('Where alerts go');
    expect(alerts.destinations).toEqual([]);
    alerts.mail = false;
    await page.reload();
    await page.getByText('e-mail goes only to a mail server of this very machine').waitFor();
    expect(await page.locator('option[value=mail]').isDisabled()).toBe(true);
  });
});

describe('the shelf', () => {
  it('shows all that was set aside, beside its name in every screen, and retries it after a question', async () => {
    await open('#/flows');
    const link = page.getByRole('navigation').getByRole('link', { name: 'Shelf (2 set aside)' });
    await link.click();
    const card = page.getByRole('article', { name: DEAL_FLOW.titles.en });
    await card.getByText('2 runs', { exact: true }).waitFor();
    expect(await card.getByRole('link').getAttribute('href')).toBe(
      `#/log?state=shelved&integration=${DEAL_FLOW.id}`,
    );
    await button('Retry everything (2)').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(server.world.runs.filter(({ state }) => state === 'shelved')).toHaveLength(2);
    await button('Retry everything (2)').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
    await page.getByText('Tried again: 2 runs, 0 records.').waitFor();
    await page.getByRole('heading', { name: 'The shelf is empty' }).waitFor();
    await page.getByRole('link', { name: 'Shelf', exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is for a rep to look at', async () => {
    await open('#/shelf', { role: 'rep' });
    await page.getByText('An admin can retry them.').waitFor();
    await page.getByRole('article', { name: DEAL_FLOW.titles.en }).waitFor();
    expect(await button(/Retry/).count()).toBe(0);
  });
});

describe('the first steps', () => {
  const steps = () => page.getByRole('region', { name: 'First steps' });
  const current = () => steps().locator('[aria-current=step]').getAttribute('data-step');
  const connect = (id: string) => {
    const found = exampleConnections().find(({ connector }) => connector.id === id);
    if (found) server.world.connections.push({ ...found, state: 'active' });
  };

  it('lead from nothing to the first working flow, by what is true, and then are gone', async () => {
    server.world.runs = [];
    server.world.connections = [];
    for (const one of server.world.flows) one.enabled = false;
    await open();
    await steps().getByText('0 of 6 done').waitFor();
    expect(await current()).toBe('crm');
    expect(await steps().getByRole('link', { name: 'Connect' }).getAttribute('href')).toBe('#/connections');

    connect(CONNECTOR_NAMES.CRM.id);
    await page.reload();
    await steps().getByText('1 of 6 done').waitFor();
    expect(await current()).toBe('vendor');
    connect(CONNECTOR_NAMES.SLACK.id);
    await page.reload();
    await steps().getByText('2 of 6 done').waitFor();
    await steps().getByRole('link', { name: 'Choose a flow' }).click();
    await page.getByRole('switch', { name: DEAL_FLOW.titles.en }).click();
    await page.getByRole('link', { name: 'Log', exact: true }).click();

    await steps().getByText('3 of 6 done').waitFor();
    expect(await steps().getByRole('link', { name: 'Play a scenario' }).getAttribute('href')).toBe(
      'http://127.0.0.1:9/',
    );
    server.services.put('lumen', exampleRun(9, 'done', NOW));
    await steps().getByText('5 of 6 done').waitFor();
    await steps().getByRole('link', { name: 'Choose' }).click();
    await page.getByLabel('Kind of place').selectOption('mail');
    await page.getByLabel('Address').fill('admin@atelier.example');
    await button('Add').click();
    await page.getByText('added.').waitFor();
    await page.getByRole('link', { name: 'Log', exact: true }).click();
    await page.locator('.run').first().waitFor();
    await steps().waitFor({ state: 'detached' });
  });

  it('say in production what sets a flow off, and lead to a run that failed', async () => {
    server.world.runs = [];
    connect(CONNECTOR_NAMES.SLACK.id);
    server.mode = 'production';
    await server.stop();
    await server.start();
    try {
      await open();
      await steps().getByText('Do in the CRM or the tool what sets it off:').waitFor();
      await steps().getByText('When a deal is won in Zoho CRM, a message goes to a Slack channel.').waitFor();
      server.services.put('lumen', exampleRun(9, 'shelved', NOW));
      await steps().getByText('It failed. The log says why.').waitFor();
      await steps().getByRole('link', { name: 'Open the run' }).click();
      await page
        .getByRole('heading', { name: 'What went wrong' })
        .or(page.locator('.panel'))
        .first()
        .waitFor();
      expect(await page.locator('aside.sandbox').count()).toBe(0);
    } finally {
      server.mode = 'sandbox';
      await server.stop();
      await server.start();
    }
  });

  it('can be put away, for good in this browser, and are no rep’s', async () => {
    await open();
    await steps().waitFor();
    await button('Hide the first steps').click();
    await steps().waitFor({ state: 'detached' });
    expect(await focused()).toBe('Log');
    await page.reload();
    await page.locator('.run').first().waitFor();
    expect(await steps().count()).toBe(0);
    await context.close();
    await open('', { role: 'rep' });
    await page.locator('.run').first().waitFor();
    expect(await steps().count()).toBe(0);
  });
});

describe('the way to production', () => {
  it('is reached from every screen, names what is missing, and is closed until it is there', async () => {
    await open('#/connections');
    await page.getByRole('link', { name: 'Switch to production' }).click();
    await page.getByText('Not yet: Something that production needs is still missing.').waitFor();
    expect(await button('Switch to production…').isDisabled()).toBe(true);
    expect(await page.locator('[data-need=key]').textContent()).toContain('Missing');
    expect(await page.locator('[data-need="client slack"]').textContent()).toContain('optional');
    server.services.mode.variables = { ...PREPARED, PUBLIC_URL: 'http://liaison.example' };
    await page.reload();
    await page.locator('[data-need=address]').getByText('Not usable').waitFor();
    expect(await button('Switch to production…').isDisabled()).toBe(true);
  });

  it('asks twice, the second time for a word, and does nothing before', async () => {
    server.services.mode.variables = PREPARED;
    await open('#/production');
    await button('Switch to production…').click();
    await page
      .getByRole('dialog', { name: 'Leave the sandbox?' })
      .getByRole('button', { name: 'Go on' })
      .click();
    const second = page.getByRole('dialog', { name: 'Really? This cannot be undone' });
    const yes = second.getByRole('button', { name: 'Delete the sandbox and switch' });
    expect(await yes.isDisabled()).toBe(true);
    await second.getByLabel('Confirmation').fill('sandbox');
    expect(await yes.isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await second.waitFor({ state: 'detached' });
    expect(server.services.mode.left).toBe(0);

    await button('Switch to production…').click();
    await button('Go on').click();
    expect(await second.getByLabel('Confirmation').inputValue()).toBe('');
    await second.getByLabel('Confirmation').fill('production');
    const asked = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await yes.click();
    await page.getByText('Starting again in production…').first().waitFor();
    await asked;
    expect(server.services.mode.left).toBe(1);
  });

  it('is shown to no rep', async () => {
    await open('#/production', { role: 'rep' });
    await page.getByText('Only an admin may do this.').waitFor();
    expect(await button(/production/).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Switch to production' }).count()).toBe(0);
  });
});

describe('every one of these screens', () => {
  it.each([
    [1280, 'en', false],
    [320, 'fr', true],
  ] as const)(
    'fits %i pixels (%s, dark: %s) and puts up no barrier that axe-core finds',
    async (width, language, dark) => {
      alerts.open = [alert('1'), { ...alert('2'), kind: 'reconnect', integration: null, toldAt: null }];
      alerts.recovered = [{ ...alert('3'), closedAt: ago(5) }];
      alerts.destinations = [
        {
          kind: 'place',
          connector: { ...CONNECTOR_NAMES.SLACK, connected: false },
          target: 'C1',
          title: '#ventes',
          connection: null,
          account: null,
          last: { at: ago(50), error: null },
        },
        {
          kind: 'email',
          email: 'une.adresse.bien.longue@atelier-lumen.example',
          last: { at: ago(50), error: { en: 'Not sent.', fr: 'Non envoyé.' } },
        },
      ];
      await open('#/alerts', { width, language, dark });
      const shown = {
        alerts: '.alert-places',
        shelf: '.card',
        production: '[data-need=mail]',
        log: '.start',
      };
      const findings: string[] = [];
      for (const [screen, selector] of Object.entries(shown)) {
        if (screen === 'log') alerts.destinations = [];
        await page.goto(`${server.url}?${screen}#/${screen}`);
        await page.locator(selector).first().waitFor();
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (!(await page.locator('aside.sandbox').isVisible())) findings.push(`${screen} hides the sandbox`);
        if (over > 0) findings.push(`${screen} is ${over} pixels too wide`);
        findings.push(...(await barriers()).map((one) => `${screen}: ${one}`));
      }
      await page.goto(`${server.url}?dialog#/shelf`);
      await page.getByRole('button', { name: /^(Retry everything|Tout réessayer)/ }).click();
      findings.push(...(await barriers()).map((one) => `dialog: ${one}`));
      expect(findings).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );
});

/** What axe-core finds of WCAG 2.2 A and AA, and of good practice. */
async function barriers(): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  });
}
