import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import type { RecordCard } from '../../server/api/contract.ts';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import {
  CREATE,
  exampleRecord,
  FAILURE,
  mailchimpCard,
  noCustomer,
  payment,
  stripeCard,
} from './memory-api/example-record.ts';
import type { MemoryRecord } from './memory-api/memory-records.ts';
import { openPage, type PageWish } from './open-page.ts';
import { openRecordServer, type RecordServer } from './record/record-server.ts';

/** The page beside a record in a real Chromium, framed as the CRM frames it, over records in memory. */

const ID = '4876876000000700001';
const MOST_COMPRESSED = 150 * 1_024;

let browser: Browser;
let server: RecordServer;
let context: BrowserContext;
let page: Page;
let frame: FrameLocator;
let complaints: string[];
let record: MemoryRecord;

beforeAll(async () => {
  browser = await openChromium();
  server = await openRecordServer();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(() => {
  server.role = 'rep';
  server.locale = 'en_GB';
  record = exampleRecord(ID);
  server.records.records.clear();
  server.records.done.length = 0;
  server.records.afterAct = () => undefined;
  server.records.put(record);
});
afterEach(async () => {
  await context?.close();
  expect(complaints).toEqual([]);
});

async function open(options: PageWish & { path?: string } = {}): Promise<void> {
  const url = `${server.url}host/${options.path ?? `Contacts/${ID}`}`;
  ({ context, page, complaints } = await openPage(browser, url, options));
  frame = page.frameLocator('#widget');
}

const card = (name: string) => frame.getByRole('article', { name });
const never = () => new Promise<RecordCard>(() => undefined);
const answers = (connector: string, answer: () => RecordCard | Promise<RecordCard>) =>
  record.fresh.set(connector, answer);

const barriers = () => barriersOn(page.frames().find((one) => one.url().includes('record.html'))!);

it('says on every record, also on one that is not there, that nothing leaves the sandbox', async () => {
  const banner = () => frame.locator('aside.sandbox').getByText('nothing leaves this machine').waitFor();
  await open({ path: 'Contacts/999' });
  await banner();
  await context.close();
  await open();
  await banner();
});

describe('a page that is opened again', () => {
  it('shows what is kept at once, with its age, and then what each vendor says, none waiting for another', async () => {
    let say: (fresh: RecordCard) => void = () => undefined;
    const said = new Promise<RecordCard>((resolve) => {
      say = resolve;
    });
    answers('stripe', () => said);
    answers('mailchimp', never);
    await open();
    await card('Stripe').getByText('Identité visuelle').waitFor();
    await card('Stripe').getByText('as of 20 Nov 2026').waitFor();
    await card('Google').getByText('In sync with the CRM').waitFor();
    say(stripeCard('fresh', [payment('pi_2', 'Hébergement', 2_490)]));
    await card('Stripe').getByText('Hébergement').waitFor();
    await card('Mailchimp').getByText('as of').waitFor();
    expect(await card('Stripe').getByText('Identité visuelle').count()).toBe(0);
  });

  it('does not call a record in sync whose sync is paused', async () => {
    record.activity.syncs[0] = { ...record.activity.syncs[0]!, phase: 'paused' };
    await open();
    await card('Google').getByText('In sync when last read').waitFor();
    await card('Google').getByText('The sync is paused.').waitFor();
    expect(await card('Google').getByText('In sync with the CRM').count()).toBe(0);
  });

  it('says who is signed in, beside the way out, and which syncs did not look because they are paused', async () => {
    await open();
    await frame.getByText('Signed in as Claire Fontaine').waitFor();
    await frame.getByRole('button', { name: 'Sign out' }).waitFor();
    await frame.getByRole('button', { name: 'Sync now' }).click();
    await frame.getByText('Everybody was asked again.').waitFor();
    await context.close();
    const [sync] = record.activity.syncs;
    record.activity.syncs[0] = { ...sync!, phase: 'paused' };
    server.locale = 'fr_FR';
    await open();
    await frame.getByText('Connecté\u00a0: Claire Fontaine').waitFor();
    await frame.getByRole('button', { name: 'Synchroniser' }).click();
    await frame.getByText(`sauf ce qui est en pause\u00a0: ${sync!.sync.titles.fr}.`).waitFor();
    expect(await frame.getByText('Tout a été redemandé.').count()).toBe(0);
  });

  it('names the matching invoice of Books beside the payment, and no second time', async () => {
    await open();
    const row = card('Stripe').getByRole('listitem').filter({ hasText: 'Identité visuelle' });
    await row.getByRole('link', { name: /Zoho Books INV-000007/ }).waitFor();
    await card('Stripe').getByText('INV-000008').waitFor();
    expect(await card('Stripe').getByText('INV-000007').count()).toBe(1);
  });
});

describe('a vendor that is down', () => {
  it('greys its own card with a sentence and the time of the last good data, and no other', async () => {
    answers('stripe', () => ({
      ...stripeCard('failing', [payment('pi_1', 'Identité visuelle', 240_000)]),
      error: FAILURE,
    }));
    await open();
    await card('Stripe')
      .getByRole('status')
      .filter({
        hasText: /Stripe did not answer as it should\.\s*What is shown is from 20 Nov 2026, 10:30\./,
      })
      .waitFor();
    await card('Stripe').getByText('Identité visuelle').waitFor();
    expect(await frame.locator('.part.grey').count()).toBe(1);
    expect(await barriers()).toEqual([]);
    answers('stripe', () => stripeCard('fresh', [payment('pi_2', 'Hébergement', 2_490)]));
    await card('Stripe').getByRole('button', { name: 'Ask again' }).click();
    await card('Stripe').getByText('Hébergement').waitFor();
    expect(await frame.locator('.part.grey').count()).toBe(0);
  });

  it('is told of in one sentence where nothing was ever known', async () => {
    record.page.cards[0] = { ...stripeCard('unknown', []), data: null, at: null };
    answers('stripe', () => ({ ...stripeCard('failing', []), data: null, at: null, error: FAILURE }));
    await open();
    await card('Stripe').getByText('Nothing is known yet.').waitFor();
    await card('Mailchimp').getByText('Unsubscribed').waitFor();
  });
});

describe('a vendor that no longer accepts the connection', () => {
  it('shows what it said last, in grey, with its time and the button for an admin', async () => {
    server.role = 'admin';
    record.page.cards[0] = stripeCard('reconnect', [payment('pi_1', 'Identité visuelle', 240_000)]);
    await open();
    await card('Stripe').getByText('Stripe no longer accepts the connection.').waitFor();
    await card('Stripe').getByText('What is shown is from 20 Nov 2026, 10:30.').waitFor();
    await card('Stripe').getByRole('link', { name: 'Reconnect Stripe' }).waitFor();
    expect(await frame.locator('.part.grey').count()).toBe(1);
    expect(await barriers()).toEqual([]);
  });
});

describe('a vendor that is not connected', () => {
  it('says so in one sentence, with the button for an admin and whom to ask for a rep', async () => {
    record.page.cards[2] = mailchimpCard('absent');
    await open();
    await card('Mailchimp').getByText('Mailchimp is not connected.').waitFor();
    await card('Mailchimp').getByText('An admin can connect it').waitFor();
    expect(await card('Mailchimp').getByRole('link').count()).toBe(0);
    expect(await barriers()).toEqual([]);
    await context.close();
    server.role = 'admin';
    await open();
    const connect = card('Mailchimp').getByRole('link', { name: 'Connect Mailchimp' });
    await connect.waitFor();
    expect(await connect.getAttribute('href')).toBe('/#/connections');
  });
});

it('a payment that arrives while the page is open appears in it, and only its vendor is asked', async () => {
  let asked = 0;
  answers('mailchimp', () => {
    asked += 1;
    return mailchimpCard('fresh');
  });
  await open();
  await frame.getByText('Live', { exact: true }).waitFor();
  await card('Mailchimp').getByText('Unsubscribed').waitFor();
  const before = asked;
  answers('stripe', () =>
    stripeCard('fresh', [
      payment('pi_9', 'Maintenance annuelle', 144_000),
      payment('pi_1', 'Identité visuelle', 240_000),
    ]),
  );
  record.activity.entries.unshift({
    ...record.activity.entries[0]!,
    id: 'run 9',
    sentence: { en: '€1,440.00 booked.', fr: '1 440,00 € enregistrés.' },
  });
  server.records.tell({ module: 'Contacts', id: '999', connectors: ['mailchimp'] });
  server.records.tell({ module: 'Contacts', id: ID, connectors: ['stripe', 'zoho-books'] });
  await card('Stripe').getByText('Maintenance annuelle').waitFor();
  await card('Activity').getByText('€1,440.00 booked.').waitFor();
  expect(asked).toBe(before);
});

it('the missing customer is created after a sentence says what will happen, by keyboard alone', async () => {
  record.page.cards[0] = { ...noCustomer(), state: 'cached' };
  answers('stripe', noCustomer);
  server.records.afterAct = () => answers('stripe', () => stripeCard('fresh', []));
  await open();
  const create = card('Stripe').getByRole('button', { name: 'Create the customer' });
  await create.focus();
  await page.keyboard.press('Enter');
  await card('Stripe').getByText(CREATE.explains.en).waitFor();
  expect(server.records.done).toEqual([]);
  await page.keyboard.press('Enter');
  await card('Stripe').getByText('No payment yet.').waitFor();
  expect(server.records.done).toEqual(['stripe create-customer']);
});

it('“sync now” asks the syncs and every vendor again', async () => {
  await open();
  await card('Stripe').getByText('Identité visuelle').waitFor();
  answers('stripe', () => stripeCard('fresh', [payment('pi_3', 'Audit', 115_000)]));
  await frame.getByRole('button', { name: 'Sync now' }).click();
  await card('Stripe').getByText('Audit').waitFor();
  expect(server.records.done).toEqual(['sync']);
});

it('speaks the language of the CRM’s user, with money and dates as that locale writes them, and the other on request', async () => {
  server.locale = 'fr_FR';
  await open();
  await card('Stripe').getByText('12 345,67 €').waitFor();
  await card('Stripe').getByText('180 000 JPY').or(card('Stripe').getByText('180 000 ¥')).first().waitFor();
  await card('Stripe').getByText('18 mai 2026').waitFor();
  await card('Activité').getByText('2 400,00 € enregistrés').waitFor();
  await frame.getByRole('button', { name: 'English' }).click();
  await card('Stripe').getByText('€12,345.67').waitFor();
  await card('Stripe').getByText('18 May 2026').waitFor();
  expect(await frame.locator('html').getAttribute('lang')).toBe('en');
});

it('a record that is not there is told of, and so is which of several is shown', async () => {
  await open({ path: 'Contacts/999' });
  await frame.getByText('The CRM has no such record any more').waitFor();
  complaints = complaints.filter((text) => !text.includes('404'));
  await context.close();
  server.records.put({ ...exampleRecord('8'), page: { ...exampleRecord('8').page, title: 'Karim Benali' } });
  await open({ path: `Contacts/${ID},8` });
  await frame.getByText('Record 1 of 2').waitFor();
  await frame.getByRole('button', { name: 'Next record' }).click();
  await frame.getByRole('heading', { name: 'Karim Benali' }).waitFor();
  await frame.getByText('Record 2 of 2').waitFor();
});

describe.each([
  ['light', false],
  ['dark', true],
])('in %s colours', (_, dark) => {
  it.each([320, 760, 1_400])(
    'nothing is wrong for a screen reader, and nothing sticks out, at %d px',
    async (width) => {
      record.page.cards[2] = mailchimpCard('absent');
      await open({ width, dark });
      await card('Activity').getByText('by Claire Fontaine').waitFor();
      await card('Stripe').getByText('Identité visuelle').waitFor();
      expect(await barriers()).toEqual([]);
      const inner = page.frames().find((one) => one.url().includes('record.html'))!;
      expect(
        await inner.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      if (process.env.LIAISON_SHOTS)
        await frame
          .locator('body')
          .screenshot({ path: `${process.env.LIAISON_SHOTS}/record-${width}-${dark}.png` });
    },
  );
});

it.each([
  ['fr-FR', 'Chargement…', 'Loading…'],
  ['en-GB', 'Loading…', 'Chargement…'],
])(
  'says at once in the browser’s language (%s) that it loads, before any script or style is there',
  async (locale, said, other) => {
    context = await browser.newContext({ locale });
    complaints = [];
    for (const name of ['record', 'settings']) {
      page = await context.newPage();
      await page.route('**/assets/*', () => undefined);
      await page.goto(`${server.url}widget/${name}.html`, { waitUntil: 'commit' });
      await page.getByText(said).waitFor();
      expect(await page.getByText(other).isVisible()).toBe(false);
      // Drawn, not only there: a style sheet that is awaited would hold it back.
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length === 1);
      await page.close();
    }
  },
);

it('the first load is at most 150 KB of compressed JavaScript, with nothing of the settings in it', async () => {
  const scripts = new Map<string, number>();
  context = await browser.newContext();
  complaints = [];
  page = await context.newPage();
  page.on('response', async (response) => {
    if (/\/assets\/.*\.js$/.test(response.url()))
      scripts.set(response.url(), gzipSync(await response.body()).length);
  });
  await page.goto(`${server.url}host/Contacts/${ID}`);
  frame = page.frameLocator('#widget');
  await card('Stripe').getByText('Identité visuelle').waitFor();
  const all = [...scripts.values()].reduce((sum, size) => sum + size, 0);
  expect(scripts.size).toBeGreaterThan(0);
  expect(all).toBeLessThanOrEqual(MOST_COMPRESSED);
  const names = [...scripts.keys()].map((url) => new URL(url).pathname);
  expect(names.filter((name) => /settings|sync|mapping|app-/.test(name))).toEqual([]);
});

it('being opened takes a quarter of a second of the processor: one that is four times slower answers within one', async () => {
  context = await browser.newContext();
  complaints = [];
  const times: number[] = [];
  // The thread's own time, not the clock's: other suites run beside this one. The first has nothing in its caches.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(`${server.url}host/Contacts/${ID}`);
    frame = page.frameLocator('#widget');
    await card('Stripe').getByText('Identité visuelle').waitFor();
    const { metrics } = await cdp.send('Performance.getMetrics');
    const seconds = (name: string) => metrics.find((metric) => metric.name === name)!.value;
    // What the test itself asks of the page is not the page's.
    times.push(seconds('TaskDuration') - seconds('DevToolsCommandDuration'));
    await page.close();
  }
  expect(Math.min(...times)).toBeLessThan(0.25);
});
