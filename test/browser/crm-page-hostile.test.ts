import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { type EvilSite, startEvilSite } from './crm/evil-site.ts';
import { type HostWish, openHost } from './crm/host-page.ts';
import { SDK_FILES, serveSdk } from './crm/sdk-files.ts';
import { PAGE_PATIENCE_MS } from './open-page.ts';
import { type RunningServer, startServer } from './running-server.ts';

/** Who may show Liaison's pages, and whose word they take: in a real Chromium, with every kind of page around them. */

let browser: Browser;
let server: RunningServer;
let evil: EvilSite;
let context: BrowserContext;
let page: Page;
/** What the pages asked for, but for themselves. */
let asked: string[];

const RECORD = '4876876000000001001';
const OTHER = '4876876000000001002';
const USER = { id: '4876876000000030001', full_name: 'Claire Fontaine', email: 'claire@x.example' };
const ORGANISATION = { id: '1', zgid: '20098765432', company_name: 'Atelier Lumen' };
const ANSWERS = { user: { users: [USER] }, organisation: { org: [ORGANISATION] } };

beforeAll(async () => {
  browser = await openChromium();
  [server, evil] = await Promise.all([startServer(), startEvilSite()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await evil?.stop();
  await server?.stop();
});
beforeEach(() => openBrowser('en-GB'));
afterEach(() => context?.close());

async function openBrowser(locale: string): Promise<void> {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale });
  context.setDefaultTimeout(PAGE_PATIENCE_MS);
  page = await context.newPage();
  asked = [];
  page.on('request', (request) => {
    if (/\/api\/|widget-sdk|zwidgets/.test(request.url())) asked.push(request.url());
  });
}

const crmOrigin = () => new URL(server.sandboxUrl).origin;
const widget = (query = `?serviceOrigin=${encodeURIComponent(crmOrigin())}`, name = 'record') =>
  `${server.url}widget/${name}.html${query}`;
const host = (wish: Partial<HostWish> = {}) =>
  openHost(page, crmOrigin(), { widget: widget(), ...ANSWERS, ...wish });
const frame = () => page.frameLocator('#widget');
const line = () => frame().locator('.context-line');
const told = async () => {
  await line().waitFor();
  return line().evaluate((element) => ({ ...(element as HTMLElement).dataset }));
};

describe('a page that is not the CRM', () => {
  it.each([
    ['names itself', (url: string) => new URL(url).origin],
    ['names the CRM', () => crmOrigin()],
    ['names Zoho’s', () => 'https://crm.zoho.eu'],
  ])('and %s cannot frame Liaison', async (_how, origin) => {
    evil.show(
      `<iframe id="widget" src="${widget(`?serviceOrigin=${encodeURIComponent(origin(evil.url))}`)}"></iframe>`,
    );
    const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
    await page.goto(evil.url);
    await refused;
    const inside = page.frames().find((one) => one.parentFrame() !== null);
    expect(await inside?.locator('#root').count()).toBe(0);
    expect(asked).toEqual([]);
  });

  it.each(['record', 'settings'])(
    'is not believed by the page for a %s either, should it be framed: nothing is loaded, shown or sent',
    async (name) => {
      await host({ widget: widget('?serviceOrigin=https%3A%2F%2Fevil.example', name) });
      await frame().getByRole('heading', { name: 'This page is not Zoho CRM' }).waitFor();
      expect(await frame().locator('code').textContent()).toBe('https://evil.example');
      expect(await page.evaluate('window.heard')).toEqual([]);
      expect(asked).toEqual([]);
    },
  );

  it('is not slipped in as a second origin', async () => {
    const both = `?serviceOrigin=${encodeURIComponent(crmOrigin())}&serviceOrigin=https%3A%2F%2Fevil.example`;
    await host({ widget: widget(both) });
    await frame().getByRole('heading', { name: 'Open Liaison inside the CRM' }).waitFor();
    expect(await page.evaluate('window.heard')).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('outside the CRM', () => {
  it.each([
    ['en-GB', 'record', 'Open Liaison inside the CRM'],
    ['fr-FR', 'record', 'Ouvrez Liaison dans le CRM'],
    ['fr-CA', 'settings', 'Ouvrez Liaison dans le CRM'],
  ])('a reader of %s is told where the page for a %s belongs', async (locale, name, title) => {
    await context.close();
    await openBrowser(locale);
    for (const query of ['', `?serviceOrigin=${encodeURIComponent(crmOrigin())}`]) {
      await page.goto(widget(query, name));
      await page.getByRole('heading', { name: title }).waitFor();
    }
    expect(asked).toEqual([]);
  });
});

describe.each(SDK_FILES)('with $name', (sdk) => {
  beforeEach(() => serveSdk(context, sdk));

  it('a CRM that says nothing is not waited for longer than five seconds', async () => {
    await host({ silent: true });
    const before = Date.now();
    await frame().getByRole('heading', { name: 'The CRM does not answer' }).waitFor();
    expect(Date.now() - before).toBeLessThan(8_000);
    await frame().getByRole('button', { name: 'Try again' }).waitFor();
    expect(asked.filter((url) => url.includes('/api/'))).toEqual([]);
  });

  it('a CRM that never says which record ends in the same words', async () => {
    await host({});
    await frame().getByRole('heading', { name: 'The CRM does not answer' }).waitFor();
  });

  it.each([
    ['as the CRM answers', ANSWERS],
    ['as it is documented', { user: USER, organisation: ORGANISATION }],
    ['in a bare list', { user: [USER], organisation: [ORGANISATION] }],
  ])('who looks is understood %s', async (_how, answers) => {
    await host({ ...answers, pageLoad: { Entity: 'Deals', EntityId: RECORD } });
    expect(await told()).toEqual({
      module: 'Deals',
      records: RECORD,
      user: USER.id,
      organisation: ORGANISATION.zgid,
    });
  });

  it('a CRM that offers one more script is spoken with, whatever comes of the script', async () => {
    await host({ zdk: 'https://zdk.example/nothing.js', pageLoad: { Entity: 'Leads', EntityId: [RECORD] } });
    expect(await told()).toMatchObject({ module: 'Leads', records: RECORD });
  });

  it('another record of the same page is followed', async () => {
    await host({ pageLoad: { Entity: 'Deals', EntityId: RECORD } });
    await told();
    await page.evaluate(`tell('PageLoad', { Entity: 'Contacts', EntityId: ${JSON.stringify(OTHER)} })`);
    await frame().locator(`[data-records="${OTHER}"]`).waitFor();
  });

  it('what a frame beside says in the CRM’s name is not heard', async () => {
    evil.show(`<script>
      const forge = (message) => { for (const one of [message, JSON.stringify(message)]) parent.frames[0].postMessage(one, '*'); };
      const record = { Entity: 'Deals', EntityId: '666' };
      window.attack = () => {
        forge({ type: 'FRAMEWORK.EVENT', eventName: 'SET_CONTEXT', data: { uniqueID: 'evil', locale: 'fr', model: {} } });
        forge({ type: 'FRAMEWORK.EVENT', eventName: 'PageLoad', data: record });
        for (let id = 100; id < 120; id += 1)
          forge({ type: 'FRAMEWORK.EVENT', eventName: 'EVENT_RESPONSE', promiseid: 'Promise' + id, data: { users: [{ id: '666', full_name: 'Mallory' }] } });
      };
      setInterval(attack, 5);
    </script>`);
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => seen.push(document.body?.innerHTML ?? '')).observe(document, {
        childList: true,
        subtree: true,
        attributes: true,
      });
    });
    await host({ sibling: evil.url, pageLoad: { Entity: 'Deals', EntityId: RECORD } });
    expect(await told()).toMatchObject({ records: RECORD, user: USER.id });
    const sibling = page.frames().find((one) => one.url() === evil.url);
    await sibling?.evaluate('attack()');
    await page.evaluate(`tell('PageLoad', { Entity: 'Contacts', EntityId: ${JSON.stringify(OTHER)} })`);
    await frame().locator(`[data-records="${OTHER}"]`).waitFor();
    const seen = await line().evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter((html) => /666|Mallory/.test(html))).toEqual([]);
    const heard = (await page.evaluate('window.heard')) as { uniqueID?: string }[];
    expect(heard.filter(({ uniqueID }) => uniqueID === 'evil')).toEqual([]);
  });
});
