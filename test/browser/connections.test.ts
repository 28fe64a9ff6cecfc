import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Access, Application } from '../../server/api/contract.ts';
import { ACCESS_SCOPES } from '../../server/core/access.ts';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { exampleApplications, exampleConnections } from './memory-api/example-settings.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { openPage, type PageWish } from './open-page.ts';

/** The screens of connections and of the flows that need them, over the real API and an organisation in memory. */

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
  server = await openMemoryServer();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(() => {
  server.world.connections = exampleConnections();
  server.world.applications = exampleApplications();
  server.world.grants = [];
  server.services.effects.clear();
});
afterEach(() => context?.close());

const card = (name: string) => page.getByRole('article', { name });
const dialog = () => page.getByRole('dialog');

describe('a connection', () => {
  it('that works says whose it is, where its data is, and when it last answered', async () => {
    await open('#/connections');
    const crm = card('Zoho CRM');
    await crm.getByText('Works', { exact: true }).waitFor();
    expect(await crm.locator('dl').textContent()).toMatch(
      /Account.*Atelier Lumen id 20098765432.*Connected by.*hugo@atelier-lumen\.example.*Data centre.*European Union.*Last call that succeeded.*24 Nov/s,
    );
    expect(await crm.locator('.notice').count()).toBe(0);
  });

  it('that the vendor takes no more says so in our words and the vendor’s, and what is to be done', async () => {
    await open('#/connections', { language: 'fr' });
    const slack = card('Slack');
    await slack.getByText('À reconnecter', { exact: true }).waitFor();
    expect(await slack.locator('.notice').textContent()).toMatch(
      /Slack n’accepte plus la connexion\..*token_revoked.*Ce qui en a besoin attend/s,
    );
  });

  it('that failed and works again keeps the sentence of its last failure', async () => {
    const [crm] = server.world.connections;
    crm!.lastFailure = server.world.connections[1]!.lastFailure;
    await open('#/connections');
    await card('Zoho CRM').getByText('Slack no longer accepts the connection.').waitFor();
    expect(await card('Zoho CRM').locator('.notice').count()).toBe(0);
  });

  it('says in words what Liaison may do', async () => {
    await open('#/connections');
    await card('Slack').getByText('What Liaison may do there, and why').click();
    expect(await card('Slack').locator('.scopes').textContent()).toBe('To post the messages. chat:write');
  });

  it('is shown to a rep, who changes nothing', async () => {
    await open('#/connections', { role: 'rep' });
    await card('Slack').getByText('Must be reconnected').waitFor();
    expect(await page.locator('article').getByRole('button').count()).toBe(0);
    expect(
      await page
        .locator('article')
        .getByRole('link', { name: /onnect/ })
        .count(),
    ).toBe(0);
  });

  it('takes a key once, and does not show it again', async () => {
    await open('#/connections');
    const stripe = card('Stripe');
    await stripe.getByLabel('Key').fill('rk_test_123');
    await stripe.getByRole('button', { name: 'Connect' }).click();
    await stripe.getByText('Connected, not used yet').waitFor();
    expect(await page.content()).not.toContain('rk_test_123');
    await stripe.getByText('Change the key').click();
    await stripe.getByText('Paste another key of the same account, acct_1Lumen.').waitFor();
  });
});

describe('keys that a shop sends by itself', () => {
  const shop = (connectUrl: string | null): Application => ({
    connector: { id: 'woocommerce', titles: { en: 'WooCommerce', fr: 'WooCommerce' } },
    family: null,
    authorisation: {
      kind: 'key',
      fields: [
        {
          id: 'consumerKey',
          titles: { en: 'Consumer key', fr: 'Clé client' },
          shown: true,
          made: false,
          optional: false,
        },
      ],
      site: { en: 'Address of the shop', fr: 'Adresse de la boutique' },
      instructions: { en: 'Add a key in WordPress.', fr: 'Ajoutez une clé dans WordPress.' },
      connectUrl,
      whyTyped:
        connectUrl === null ? { en: 'No shop reaches it.', fr: 'Aucune boutique ne l’atteint.' } : null,
    },
    flows: [],
    granted: [],
  });

  it('are asked for on the shop’s page, or typed by whoever prefers to', async () => {
    server.world.applications = [shop('/oauth/start/woocommerce/o')];
    await open('#/connections');
    const one = card('WooCommerce');
    expect(await one.getByLabel('Consumer key').isVisible()).toBe(false);
    await one.getByText('Type the keys instead').click();
    await one.getByLabel('Consumer key').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await one.getByLabel('Address of the shop').first().fill('shop.example');
    const asked = page.waitForRequest(/oauth\/start\/woocommerce/);
    await one.getByRole('button', { name: 'Connect WooCommerce' }).click();
    expect(Object.fromEntries(new URL((await asked).url()).searchParams)).toMatchObject({
      site: 'shop.example',
      language: 'en',
    });
  });

  it('are typed where no shop could send them, and it is said why', async () => {
    server.world.applications = [shop(null)];
    await open('#/connections');
    await card('WooCommerce').getByText('No shop reaches it.').waitFor();
    expect(await card('WooCommerce').getByLabel('Consumer key').isVisible()).toBe(true);
  });
});

describe('a disconnection', () => {
  it('says first what stops, what is taken out and what is kept; cancelled, it does nothing', async () => {
    const [deals] = server.world.flows;
    server.services.effects.set('slack', {
      flows: [{ id: deals!.id, titles: deals!.titles }],
      syncs: [
        { id: 'contacts-google-crm', titles: { en: 'Contacts', fr: 'Contacts' }, links: 1_204 },
        { id: 'calendar-google-crm', titles: { en: 'Calendar', fr: 'Agenda' }, links: 30 },
      ],
      webhooks: [{ topics: ['Deals.workflow'] }, { topics: ['Contacts.edit', 'Contacts.create'] }],
      waiting: 3,
      revoked: true,
      kept: false,
      shown: true,
    });
    await open('#/connections');
    await card('Slack').getByRole('button', { name: 'Disconnect' }).click();
    await dialog().getByText('These flows stop until it is connected again: Deal won → Slack.').waitFor();
    const said = await dialog().getByRole('listitem').allTextContents();
    expect(said).toEqual([
      'These flows stop until it is connected again: Deal won → Slack.',
      'These syncs stand still until it is connected again: Contacts, Calendar.',
      '1,234 linked pairs are kept. Connected again to the same account, they go on from there; another account is never taken for it.',
      '3 runs wait for it already, and would go on waiting.',
      '2 webhooks that Liaison set up are taken out at Slack.',
      'What Slack says is no longer shown beside records of the CRM.',
      'The access is ended at Slack, and deleted here.',
      'Records on both sides, settings and the log are kept.',
    ]);
    expect(await barriersOn(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(server.world.connections[1]?.state).toBe('reconnect');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Disconnect Slack atelier-lumen.slack.com',
    );
  });

  it('is done once it is confirmed, and the vendor can be connected again', async () => {
    await open('#/connections');
    await card('Slack').getByRole('button', { name: 'Disconnect' }).click();
    await dialog().getByRole('button', { name: 'Disconnect' }).click();
    await card('Slack').getByText('Not connected').waitFor();
    expect(await card('Slack').getByRole('link', { name: 'Connect' }).getAttribute('href')).toBe(
      `/oauth/start/slack?returnTo=${encodeURIComponent('/#/connections')}&language=en`,
    );
  });

  it('of which nothing is known yet cannot be confirmed, and is asked about again', async () => {
    await open('#/connections');
    await page.route('**/effects', (route) => route.abort());
    await card('Slack').getByRole('button', { name: 'Disconnect' }).click();
    await dialog().getByText('Looking at what depends on it…').waitFor();
    expect(await dialog().getByRole('button', { name: 'Disconnect' }).isDisabled()).toBe(true);
    await dialog().getByRole('alert').waitFor();
    await page.unroute('**/effects');
    await dialog().getByRole('button', { name: 'Try again' }).click();
    await dialog().getByText('Records on both sides, settings and the log are kept.').waitFor();
  });
});

it('a reconnection says what goes on and that the account must be the same, then leaves for the vendor', async () => {
  await open('#/connections');
  await page.route('**/oauth/start/**', (route) => route.fulfill({ body: 'consent' }));
  await card('Slack').getByRole('button', { name: 'Reconnect' }).click();
  await dialog().getByText('These flows go on: Deal won → Slack.').waitFor();
  expect(await dialog().textContent()).toContain('It must be the same account, atelier-lumen.slack.com.');
  await dialog().getByRole('button', { name: 'Go to Slack' }).click();
  const { id } = server.world.connections[1]!;
  await page.waitForURL(
    `**/oauth/start/slack?connection=${id}&returnTo=${encodeURIComponent('/#/connections')}&language=en`,
  );
});

it('of a vendor whose page stands at the customer’s own address asks for the address, and goes there with it', async () => {
  const [, slack] = server.world.applications ?? [];
  server.world.connections = [];
  server.world.applications = [
    {
      ...slack!,
      connector: { id: 'shop', titles: { en: 'Shop', fr: 'Boutique' } },
      authorisation: {
        kind: 'oauth',
        connectUrl: '/oauth/start/shop',
        site: { en: 'Address of the shop', fr: 'Adresse de la boutique' },
        scopes: [],
      },
    },
  ];
  await open('#/connections');
  const shop = card('Shop');
  const connect = shop.getByRole('button', { name: 'Connect Shop' });
  await connect.waitFor();
  expect(await connect.isDisabled()).toBe(true);
  await shop.getByLabel('Address of the shop').fill(' mine.example & co ');
  expect(await barriersOn(page)).toEqual([]);
  const [left] = await Promise.all([
    page.waitForRequest((request) => request.url().includes('/oauth/start/shop')),
    page.keyboard.press('Enter'),
  ]);
  const { searchParams } = new URL(left.url());
  expect(searchParams.get('site')).toBe('mine.example & co');
  expect(searchParams.get('returnTo')).toContain('#/connections');
});

it('back from the vendor, it says once which account works from now on', async () => {
  await open('?connected=slack#/connections');
  await page.getByText('Slack is connected: Liaison now works with the account “').waitFor();
  expect(new URL(page.url()).search).toBe('');
  await page.reload();
  await card('Slack').waitFor();
  expect(await page.getByText('Liaison now works with the account').count()).toBe(0);
});

describe('several accounts of one application', () => {
  const TWO = '019a0000-0000-7000-8000-0000000000c3';
  beforeEach(() => {
    const [, slack] = server.world.connections;
    server.world.connections.push({
      ...slack!,
      id: TWO,
      state: 'active',
      health: 'works',
      lastFailure: null,
      account: { id: 'T2', name: 'lumen-studio.slack.com', user: null, dataCentre: null },
      reconnectUrl: `/oauth/start/slack?connection=${TWO}`,
      flows: [],
    });
  });

  it('are each shown with how they go, and one is disconnected without the other, by keyboard', async () => {
    await open('#/connections');
    const studio = card('Slack').getByRole('region', { name: 'lumen-studio.slack.com' });
    await studio.getByText('Works', { exact: true }).waitFor();
    await card('Slack')
      .getByRole('region', { name: 'atelier-lumen.slack.com' })
      .getByText('Must be reconnected')
      .waitFor();
    await studio.getByRole('button', { name: 'Disconnect' }).focus();
    await page.keyboard.press('Enter');
    await dialog().getByText('Disconnect Slack (lumen-studio.slack.com)?').waitFor();
    await dialog().getByText('Records on both sides, settings and the log are kept.').waitFor();
    await dialog().getByRole('button', { name: 'Disconnect' }).press('Enter');
    await studio.waitFor({ state: 'detached' });
    expect(server.world.connections.map(({ account }) => account.name)).toEqual([
      'Atelier Lumen',
      'atelier-lumen.slack.com',
    ]);
  });

  it('one more is added from the same place, and one that the family was allowed already is named', async () => {
    server.world.applications = exampleApplications().map((one) =>
      one.connector.id === 'slack'
        ? {
            ...one,
            family: { id: 'chat', titles: { en: 'Chat', fr: 'Chat' } },
            granted: [{ grant: TWO, account: 'ines@atelier-lumen.example', complete: true }],
          }
        : one,
    );
    await open('#/connections', { language: 'fr' });
    const href = (name: string) => card('Slack').getByRole('link', { name }).getAttribute('href');
    const tail = `returnTo=${encodeURIComponent('/#/connections')}&language=fr`;
    expect(await href('Ajouter un compte Slack')).toBe(`/oauth/start/slack?account=new&${tail}`);
    expect(await href('Utiliser ines@atelier-lumen.example')).toBe(`/oauth/start/slack?grant=${TWO}&${tail}`);
    expect(await href('Ajouter un compte à vous')).toBe(`/oauth/start/slack?account=new&owner=me&${tail}`);
    expect(await barriersOn(page)).toEqual([]);
  });

  it('what a vendor is about to end is said above them', async () => {
    server.world.grants = [
      {
        id: TWO,
        family: { id: 'zoho', titles: { en: 'Zoho', fr: 'Zoho' } },
        owner: 'organisation',
        person: null,
        account: { id: 'z', name: 'hugo@atelier-lumen.example' },
        scopes: [],
        refreshTokens: { held: 18, most: 20 },
        notice: { en: 'Eighteen of twenty.', fr: 'Dix-huit sur vingt.' },
      },
    ];
    await open('#/connections', { language: 'fr' });
    await page.getByText('Dix-huit sur vingt.').waitFor();
  });

  it.each([
    ['en', 1280, false],
    ['fr', 320, true],
  ] as const)('in %s at %i pixels (dark: %s) keep nobody out and fit', async (language, width, dark) => {
    await open('#/connections', { language, width, dark });
    await card('Slack').getByRole('region').nth(1).waitFor();
    expect(await barriersOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});

describe('every flow and every sync', () => {
  it('says when it acts, what Zoho already offers, and where it is documented', async () => {
    await open('#/flows');
    const deals = card('Deal won → Slack');
    await deals.getByText('When: At once, when it happens.').waitFor();
    await deals.getByText('Zoho already offers this: Zoho Flow offers this with a template.').waitFor();
    await deals.getByRole('link', { name: 'Documentation' }).click();
    await page.getByRole('article', { name: 'Won deals to Slack' }).waitFor();
  });
});

it.each([
  ['#/connections', 'en', 1280, false],
  ['#/connections', 'fr', 320, true],
  ['#/flows', 'fr', 1280, true],
  ['#/flows', 'en', 320, false],
] as const)(
  '%s in %s at %i pixels (dark: %s) keeps nobody out and fits',
  async (hash, language, width, dark) => {
    await open(hash, { language, width, dark });
    await page.locator('.card').nth(1).waitFor();
    for (const details of await page.locator('details > summary').all()) await details.click();
    expect(await barriersOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(complaints).toEqual([]);
  },
);

describe('an application that was let in', () => {
  const ZAPIER: Access = {
    id: '019a0000-0000-7000-8000-0000000000a1',
    application: { id: 'zapier', titles: { en: 'Zapier', fr: 'Zapier' } },
    person: { id: 'u2', name: 'Hugo Marchetti' },
    scopes: [
      { id: 'read', says: ACCESS_SCOPES.read },
      { id: 'hooks', says: ACCESS_SCOPES.hooks },
    ],
    hooks: 2,
    since: '2026-11-02T09:15:00.000Z',
    usedAt: '2026-11-24T09:15:00.000Z',
  };
  let held: Access[];
  beforeEach(() => {
    held = [
      ZAPIER,
      { ...ZAPIER, id: ZAPIER.id.replace('a1', 'a2'), person: { id: 'u3', name: 'Inès Dupré' }, hooks: 0 },
    ];
    server.services.accesses.list = async () => ({ accesses: [...held] });
    server.services.accesses.end = async (_viewer, id) => {
      const before = held.length;
      held = held.filter((one) => one.id !== id);
      return held.length < before;
    };
  });
  afterAll(() => {
    server.services.accesses.list = async () => ({ accesses: [] });
  });
  const part = (name: string) => page.getByRole('region', { name });

  it('stands with whose name it acts in, what it may, and how many addresses are told', async () => {
    await open('#/connections', { language: 'fr' });
    const zapier = part('Zapier, au nom de Hugo Marchetti');
    await zapier.getByText('à 2 adresses').waitFor();
    await zapier.getByText('Ce qu’elle peut faire ici').click();
    await zapier.getByText('Être informée de ce que fait Liaison').waitFor();
    expect(await zapier.textContent()).not.toContain('Confier des fiches');
    await part('Zapier, au nom de Inès Dupré').getByText('à aucune adresse').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is ended once that is confirmed, and the others stay', async () => {
    await open('#/connections');
    const zapier = part('Zapier, in the name of Hugo Marchetti');
    await zapier.getByRole('button', { name: 'End it' }).click();
    await dialog().getByText('2 addresses of it will be told nothing more').waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    expect(held).toHaveLength(2);
    await zapier.getByRole('button', { name: 'End it' }).click();
    await dialog().getByRole('button', { name: 'End it' }).click();
    await zapier.waitFor({ state: 'detached' });
    await part('Zapier, in the name of Inès Dupré').waitFor();
    expect(held.map(({ person }) => person.name)).toEqual(['Inès Dupré']);
  });

  it('where there is none, an admin reads how one comes about, and a rep nothing', async () => {
    held = [];
    await open('#/connections');
    await page.getByText('None so far.').waitFor();
    await context.close();
    await open('#/connections', { role: 'rep' });
    await card('Slack').getByText('Must be reconnected').waitFor();
    expect(await page.getByText('Applications that were let in').count()).toBe(0);
  });
});
