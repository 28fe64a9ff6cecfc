import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { OwnPersonal, Person, Template } from '../../server/api/contract.ts';
import type { PersonServices } from '../../server/api/persons/person-services.ts';
import type { TemplateServices } from '../../server/api/persons/template-services.ts';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { exampleRecord } from './memory-api/example-record.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { openPage, type PageWish } from './open-page.ts';
import { openRecordServer, type RecordServer } from './record/record-server.ts';

/** What persons have of their own, in a real Chromium: the sentence beside a record, and the page of the settings. */

const words = (en: string, fr: string) => ({ en, fr });
const GOOGLE = { id: 'google-people', titles: words('Google Contacts', 'Google Contacts') };
const CONTACTS = words('Contacts: Google ↔ CRM', 'Contacts : Google ↔ CRM');
const MEETINGS = words('Calendar: Google ↔ CRM', 'Agenda : Google ↔ CRM');

const personal = (id: string, state: Person['integrations'][number]['state']) => ({
  id,
  template: 't1',
  flow: 'contacts-google-crm',
  titles: CONTACTS,
  account: 'claire.fontaine@atelier-lumen.example',
  connection: '00000000-0000-4000-8000-000000000001',
  connector: GOOGLE,
  state,
  sentence: null,
  writes: state === 'look' ? 812 : null,
});
const person = (
  id: string,
  name: string,
  state: Person['state'],
  of: Person['integrations'] = [],
): Person => ({
  id,
  name,
  email: `${id}@atelier-lumen.example`,
  state,
  askedAt: null,
  mustReconnect: of.some((one) => one.state === 'reconnect'),
  integrations: of,
});
const rules = {
  fields: [
    { left: 'names', right: 'Full_Name', kind: 'name', direction: 'both', master: 'right', blank: 'leave' },
  ],
  matchBy: [['names']],
  create: { left: true, right: true },
  remove: { left: 'delete', right: 'keep' },
  country: 'FR',
} as Template['settings']['rules'];
const template = (): Template => ({
  id: 't1',
  flow: { id: 'contacts-google-crm', titles: CONTACTS },
  name: null,
  titles: CONTACTS,
  open: false,
  account: { role: 'left', connector: GOOGLE },
  connections: {
    right: {
      connector: { id: 'zoho-crm', titles: words('Zoho CRM', 'Zoho CRM') },
      connection: null,
      account: { id: 'crm', name: 'Atelier Lumen' },
      state: 'active',
    },
  },
  sides: {
    left: words('Google contacts', 'Contacts Google'),
    right: words('CRM contacts', 'Contacts du CRM'),
  },
  settings: {
    rules,
    options: { left: {}, right: {} },
    everySeconds: 60,
    sweepHours: 24,
    brake: { records: 10, percent: 10 },
  },
  version: 'v1',
  filter: null,
  approves: 500,
  persons: 2,
});
const OFFERED: OwnPersonal = {
  asks: true,
  joining: false,
  offers: [
    { template: 't1', titles: MEETINGS, connector: GOOGLE },
    { template: 't2', titles: CONTACTS, connector: GOOGLE },
  ],
  connect: '/oauth/start/google-people/lumen?owner=me&with=google-calendar',
  problem: null,
  integrations: [],
};
const NOTHING: OwnPersonal = { ...OFFERED, asks: false, offers: [], connect: null };

let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await openChromium();
}, 60_000);
afterAll(() => browser?.close());
afterEach(async () => {
  await context?.close();
  expect(complaints).toEqual([]);
});

describe('beside a record', () => {
  let server: RecordServer;
  let own: OwnPersonal;
  const did: string[] = [];
  const ID = '4876876000000700001';

  beforeAll(async () => {
    server = await openRecordServer();
    server.records.put(exampleRecord(ID));
    Object.assign(server.services.persons, {
      own: async (_asker, asking) => {
        if (asking) did.push('asked');
        return own;
      },
      join: async () => {
        did.push('join');
        own = { ...OFFERED, joining: true };
        return own;
      },
      decline: async () => {
        did.push('decline');
        own = { ...OFFERED, asks: false };
        return own;
      },
    } satisfies Partial<PersonServices>);
  }, 60_000);
  afterAll(() => server?.stop());
  beforeEach(() => {
    own = OFFERED;
    did.length = 0;
    server.locale = 'fr_FR';
  });

  const open = async (options: PageWish = {}) => {
    ({ context, page, complaints } = await openPage(browser, `${server.url}host/Contacts/${ID}`, options));
    return page.frameLocator('#widget');
  };

  it('one sentence asks; a click says yes and opens the vendor’s page for both', async () => {
    const frame = await open();
    const ask = frame.getByRole('complementary', { name: 'Personnes' });
    await ask
      .getByText('Votre administrateur a préparé Agenda : Google ↔ CRM et Contacts : Google ↔ CRM pour vous')
      .waitFor();
    const link = ask.getByRole('link', { name: /^Connecter/ });
    expect(await link.getAttribute('href')).toMatch(
      /^\/oauth\/start\/google-people\/lumen\?owner=me&with=google-calendar&returnTo=.*connected/,
    );
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(did).toContain('asked');
    await link.focus();
    await page.keyboard.press('Enter');
    await ask.getByText('Poursuivez dans l’onglet').waitFor();
    expect(did).toContain('join');
    own = NOTHING;
    await ask.waitFor({ state: 'detached' });
  });

  it('whoever says no is left alone, and nobody is asked where nothing is prepared', async () => {
    const frame = await open();
    const ask = frame.getByRole('complementary', { name: 'Personnes' });
    await ask.getByRole('button', { name: 'Pas maintenant' }).click();
    await ask.waitFor({ state: 'detached' });
    expect(did).toContain('decline');
    await context.close();
    own = NOTHING;
    const again = await open();
    await again.getByRole('heading', { level: 1 }).waitFor();
    expect(await again.getByRole('complementary', { name: 'Personnes' }).count()).toBe(0);
  });

  it('fits in 320 px, in the dark, and axe finds nothing', async () => {
    const frame = await open({ width: 320, dark: true } as PageWish);
    await frame.getByRole('complementary', { name: 'Personnes' }).waitFor();
    const inner = page.frames().find((one) => one.url().includes('record.html'))!;
    expect(await barriersOn(inner)).toEqual([]);
    expect(await inner.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});

describe('the page of the settings', () => {
  let server: MemoryServer;
  let one: Template;
  const did: unknown[] = [];
  const PERSONS = [
    person('1', 'Claire Fontaine', 'taking-part', [personal('i1', 'in-sync')]),
    person('2', 'Hugo Marchetti', 'unasked'),
    person('3', 'Inès Delorme', 'declined'),
    person('4', 'Noé Perrin', 'taking-part', [personal('i4', 'reconnect')]),
  ];

  beforeAll(async () => {
    server = await openMemoryServer();
  }, 60_000);
  afterAll(() => server?.stop());
  beforeEach(() => {
    did.length = 0;
    one = template();
    Object.assign(server.services.templates, {
      list: async () => ({
        templates: [one],
        offered: [{ id: 'contacts-google-crm', titles: CONTACTS, direction: CONTACTS }],
      }),
      set: async (_organisation, _id, change) => {
        did.push(change);
        one = {
          ...one,
          open: change.open ?? one.open,
          approves: change.approves ?? one.approves,
          version: 'v2',
        };
        return one;
      },
    } satisfies Partial<TemplateServices>);
    Object.assign(server.services.persons, {
      list: async () => ({ persons: PERSONS, problem: null }),
      own: async () => ({ ...NOTHING, integrations: [personal('mine', 'look')] }),
      ask: async (_organisation, id) => {
        did.push(`ask ${id}`);
        return { id };
      },
      end: async (_organisation, id) => {
        did.push(`end ${id}`);
        return { id, integrations: 1, accounts: 1 };
      },
    } satisfies Partial<PersonServices>);
  });

  const open = async (options: PageWish & { role?: MemoryServer['role'] } = {}, heading = 'Persons') => {
    server.role = options.role ?? 'admin';
    ({ context, page, complaints } = await openPage(browser, `${server.url}#/persons`, {
      language: 'en',
      ...options,
    }));
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  };

  it('an admin sees who takes part, who must reconnect and whom nobody asked yet', async () => {
    await open();
    await page.getByText('2 take part · 1 must reconnect · 1 not asked yet').waitFor();
    const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
    await row('Claire').getByText('In sync').waitFor();
    await row('Noé').getByText('Must be reconnected').waitFor();
    await row('Hugo').getByText('Not asked yet').waitFor();
    await row('Inès').getByRole('button', { name: 'Ask again: Inès Delorme' }).click();
    await page.getByText('Inès Delorme is asked beside the next record that they open.').waitFor();
    await row('Claire').getByRole('button', { name: 'End… Claire Fontaine' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(did).toEqual(['ask 3', 'end 1']);
  });

  it('a template is opened and changed for everybody, with the keyboard alone', async () => {
    await open();
    const card = page.getByRole('article', { name: 'Contacts: Google ↔ CRM' });
    await card.getByRole('switch').focus();
    await page.keyboard.press('Space');
    await card.getByText('Persons are asked').waitFor();
    await card.getByText('Rules').focus();
    await page.keyboard.press('Enter');
    await card.getByLabel('Make new records in CRM contacts').focus();
    await page.keyboard.press('Space');
    await card.getByRole('button', { name: 'Save for everybody' }).focus();
    await page.keyboard.press('Enter');
    await card.getByText('Saved. Everybody’s goes by it').waitFor();
    expect(did).toMatchObject([
      { open: true },
      { basedOn: 'v2', settings: { rules: { create: { left: true, right: false } } } },
    ]);
  });

  it('a rep sees their own and nothing of anybody else’s', async () => {
    await open({ role: 'rep' });
    await page.getByText('812 records would be written').waitFor();
    await page.getByRole('link', { name: 'Look at the preview' }).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    expect(await page.getByText('Templates').count()).toBe(0);
  });

  it('a rep pauses what is their own and goes on with it, with the keyboard alone; nobody else’s is theirs to pause', async () => {
    const { world, services } = server;
    const [example] = world.flows;
    if (example === undefined) throw new Error('there is no integration');
    const mine = { ...structuredClone(example), id: 'mine', enabled: true };
    world.flows.push(mine);
    world.own = [mine.id];
    services.persons.own = async () => ({
      ...NOTHING,
      integrations: [personal(mine.id, mine.enabled ? 'in-sync' : 'paused')],
    });
    await open({ role: 'rep', language: 'fr' }, 'Personnes');
    await page.getByText('Synchronisée').waitFor();
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await press('Mettre en pause\u00a0: Contacts\u00a0: Google ↔ CRM');
    await page.getByText('En pause', { exact: true }).waitFor();
    expect(mine.enabled).toBe(false);
    await press('Continuer\u00a0: Contacts\u00a0: Google ↔ CRM');
    await page.getByText('Synchronisée').waitFor();
    expect(mine.enabled).toBe(true);
    // What somebody else took from them meanwhile is said, and is not shown as paused.
    world.own = [];
    await press('Mettre en pause\u00a0: Contacts\u00a0: Google ↔ CRM');
    await page.getByRole('alert').first().waitFor();
    expect(mine.enabled).toBe(true);
    expect(await page.getByText('En pause', { exact: true }).count()).toBe(0);
    world.flows.pop();
    // It was refused: the browser says so as well.
    complaints.splice(0, complaints.length, ...complaints.filter((one) => !/40[34]/.test(one)));
  });

  it.each([
    ['en', false],
    ['fr', true],
  ] as const)('fits in 320 px and axe finds nothing (%s)', async (language, dark) => {
    server.role = 'admin';
    ({ context, page, complaints } = await openPage(browser, `${server.url}#/persons`, {
      language,
      width: 320,
      dark,
    } as PageWish));
    await page.getByText('Claire Fontaine').waitFor();
    expect(await barriersOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
