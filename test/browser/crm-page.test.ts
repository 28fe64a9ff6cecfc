import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { SDK_FILES, serveSdk } from './crm/sdk-files.ts';
import { PAGE_PATIENCE_MS } from './open-page.ts';
import { type RunningServer, startServer } from './running-server.ts';

/** The sandbox's CRM with Liaison in it, through the widget protocol, in a real Chromium. */

let browser: Browser;
let server: RunningServer;
let context: BrowserContext;
let page: Page;
let errors: string[];

beforeAll(async () => {
  browser = await openChromium();
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
afterEach(() => context?.close());

async function openBrowser(locale: string): Promise<void> {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale });
  context.setDefaultTimeout(PAGE_PATIENCE_MS);
  page = await context.newPage();
  errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
}

const crm = (path: string) => `${server.sandboxUrl}crm${path}`;
const inRecord = () => page.frameLocator('#liaison iframe');
const inPanel = () => page.frameLocator('#widget-panel iframe');
const line = (frame: ReturnType<typeof inRecord>) => frame.locator('.context-line');

async function firstOf(module: string): Promise<string> {
  const { tables } = (await server.control('GET', 'state/zoho-crm')) as {
    tables: Record<string, Record<string, { id: string }> | { id: string }[]>;
  };
  return Object.values(tables[module]!)[0]!.id;
}

async function claims(frame: ReturnType<typeof inRecord>) {
  await line(frame).waitFor();
  return line(frame).evaluate((element) => ({ ...(element as HTMLElement).dataset }));
}

describe.each(SDK_FILES)('with $name', (sdk) => {
  beforeEach(async () => {
    await openBrowser('en-GB');
    await serveSdk(context, sdk);
  });

  it.each(['Contacts', 'Leads', 'Accounts', 'Deals'])(
    'a record of %s tells its related list which it is, and who looks',
    async (module) => {
      const id = await firstOf(module);
      await page.goto(crm(`/${module}/${id}`));
      expect(await claims(inRecord())).toEqual({
        module,
        records: id,
        user: '4876876000000030001',
        organisation: '20098765432',
      });
      await inRecord().getByRole('button', { name: 'Sign in with Zoho' }).waitFor();
      expect(errors).toEqual([]);
    },
  );

  it('the frame takes the height of what is in it', async () => {
    await page.goto(crm(`/Contacts/${await firstOf('Contacts')}`));
    await inRecord().getByRole('button', { name: 'Sign in with Zoho' }).waitFor();
    await page.waitForFunction(() => {
      const frame = document.querySelector<HTMLIFrameElement>('#liaison iframe')!;
      return Number.parseInt(frame.style.height, 10) > 170;
    });
    const [content, frame] = await inRecord()
      .locator('html')
      .evaluate((html) => [html.scrollHeight, innerHeight]);
    expect(content).toBe(frame);
  });

  it('a button tells a list, even of one record', async () => {
    const id = await firstOf('Deals');
    await page.goto(crm(`/Deals/${id}`));
    await page.getByRole('button', { name: 'Liaison' }).click();
    expect(await claims(inPanel())).toMatchObject({ module: 'Deals', records: id, button: 'DetailView' });
    await page.getByRole('button', { name: 'Close' }).click();
    await page.locator('#widget-panel iframe').waitFor({ state: 'detached' });
  });

  it('a button above a list tells all the records that are ticked', async () => {
    await page.goto(crm('/Contacts'));
    const boxes = page.locator('[data-tick]');
    const chosen = [await boxes.nth(0).inputValue(), await boxes.nth(2).inputValue()];
    await boxes.nth(0).check();
    await boxes.nth(2).check();
    await page.getByRole('button', { name: 'Liaison' }).click();
    expect(await claims(inPanel())).toMatchObject({ records: chosen.join(' '), button: 'ListView' });
  });

  it('the settings tab has no record and needs none', async () => {
    await page.goto(crm('/settings/liaison'));
    await page.frameLocator('.web-tab iframe').getByRole('button', { name: 'Sign in with Zoho' }).waitFor();
    expect(errors).toEqual([]);
  });

  it('the page speaks as the user who was chosen, in that user’s language', async () => {
    await page.goto(crm(`/Contacts/${await firstOf('Contacts')}`));
    await page.locator('.me summary').click();
    await page.getByRole('button', { name: /Hugo Marchetti/ }).click();
    await page.locator('.me summary', { hasText: 'Hugo Marchetti' }).click();
    await page.getByRole('button', { name: 'Français' }).click();
    await page.locator('html[lang=fr]').waitFor();
    expect((await claims(inRecord())).user).toBe('4876876000000030002');
    await inRecord().getByRole('button', { name: 'Se connecter avec Zoho' }).waitFor();
    await page.locator('.me summary').click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('html[lang=en]').waitFor();
  });
});

it('the addresses that the console is given are those of pages that the CRM may frame', async () => {
  const docs = await readFile(new URL('../../docs/marketplace.md', import.meta.url), 'utf8');
  const paths = [...docs.matchAll(/<PUBLIC_URL>\/([\w/]+\.html)/g)].map(([, path]) => path!);
  expect([...new Set(paths)]).toEqual(['widget/record.html', 'widget/settings.html']);
  for (const path of paths) {
    const answer = await fetch(`${server.url}${path}`);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /frame-ancestors [^;]*https:\/\/crm\.zoho\.eu/,
    );
  }
});
