import type { Browser, Page } from 'playwright-core';
import { openCrm } from '../system/crm-program.ts';
import { openChromium } from './chromium.ts';
import { type CrmVisit, crmRecord, crmRecords, visitCrm } from './crm/crm-visit.ts';
import { SDK_FILES, serveSdk } from './crm/sdk-files.ts';
import { type RunningServer, startServer } from './running-server.ts';

/** An admin prepares the calendar and the contacts, a rep says yes in two clicks, in a real Chromium with all of the product. */

const HELENE = 'helene.delatour@clos-vert.example';
const CLAIRE = '4876876000000030001';
const HUGO = '4876876000000030002';
const EMAIL = 'claire.fontaine@atelier-lumen.example';
const FLOWS = ['Contacts: Google ↔ CRM', 'Calendar: Google ↔ CRM'];

let browser: Browser;
let server: RunningServer;
const errors: string[] = [];

beforeAll(async () => {
  browser = await openChromium();
  server = await startServer();
  const crm = await openCrm(server.sandboxUrl.replace(/\/$/, ''));
  const some = (await crm.contacts()).filter(({ Email }) => Email !== HELENE).slice(0, 5);
  await crm.update(some.map(({ id }) => ({ id, Owner: { id: HUGO } })));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
afterEach(() => expect(errors).toEqual([]));

async function openBrowser(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  context.setDefaultTimeout(30_000);
  await serveSdk(context, SDK_FILES.at(-1)!);
  context.on('weberror', (error) => errors.push(error.error().message));
  return context.newPage();
}

const settingsOf = (page: Page) => page.frameLocator('.web-tab iframe');
const helene = async () => (await crmRecord(server, 'Contacts', 'Email', HELENE)).id;
const ask = (visit: CrmVisit) => visit.frame.getByRole('complementary', { name: 'Persons' });

let admin: Page;
let rep: CrmVisit;
let repPage: Page;

it('an admin prepares both and opens them, without an id', async () => {
  admin = await openBrowser();
  const visit = visitCrm(admin, server);
  await visit.open('Contacts', await helene());
  await visit.signIn('hugo');
  await admin.goto(`${server.sandboxUrl}crm/settings/liaison`);
  const settings = settingsOf(admin);
  await settings.getByRole('link', { name: 'Persons', exact: true }).click();
  for (const flow of FLOWS) {
    const add = settings.locator('form.template');
    await add.getByRole('combobox', { name: /^Of/ }).selectOption({ label: flow });
    await add.getByRole('button', { name: 'Prepare a template' }).click();
    const card = settings.getByRole('article', { name: flow });
    await card.getByText('Nobody is asked').waitFor();
    await card.getByRole('switch').click({ force: true });
    await card.getByText('Persons are asked').waitFor();
  }
  await settings
    .getByRole('row', { name: /Claire Fontaine/ })
    .getByText('Not asked yet')
    .waitFor();
}, 90_000);

it('a rep is asked in one sentence, and two clicks later what is theirs runs', async () => {
  repPage = await openBrowser();
  rep = visitCrm(repPage, server);
  await rep.open('Contacts', await helene());
  await rep.signIn('claire');
  await ask(rep)
    .getByText(`Your admin has prepared ${FLOWS.join(' and ')} for you`)
    .waitFor();
  const tab = repPage.waitForEvent('popup');
  await ask(rep).getByRole('link', { name: 'Connect' }).click();
  const consent = await tab;
  // The account is the rep's to choose; one page asks for the contacts and for the calendar.
  await consent.getByRole('combobox').selectOption({ label: EMAIL });
  const text = (await consent.locator('body').textContent()) ?? '';
  for (const scope of ['contacts', 'calendar']) expect(text.toLowerCase()).toContain(scope);
  await consent.getByRole('button', { name: 'Accept' }).click();
  await consent.getByText('Close this tab to go on where you were.').waitFor();
  await consent.close();
  await ask(rep).waitFor({ state: 'detached' });
  const row = settingsOf(admin).getByRole('row', { name: /Claire Fontaine/ });
  await row.getByText('Takes part').waitFor();
  await row.getByText('In sync').nth(1).waitFor();
}, 120_000);

it('in the account are the contacts that the rep owns in the CRM, and no other', async () => {
  interface Stored {
    readonly person: { emailAddresses?: { value: string }[] } | null;
  }
  const { tables } = (await server.control('GET', 'state/google-people')) as {
    tables: Record<string, Stored[]>;
  };
  const inBook = (tables[`contacts of ${EMAIL}`] ?? []).flatMap(
    ({ person }) => person?.emailAddresses?.map(({ value }) => value.toLowerCase()) ?? [],
  );
  const contacts = await crmRecords(server, 'Contacts');
  const emails = (isHers: boolean) =>
    contacts.flatMap(({ Email, Owner }) =>
      ((Owner as { id: string }).id === CLAIRE) === isHers && Email ? String(Email).toLowerCase() : [],
    );
  const hers = emails(true);
  expect(hers.length).toBeGreaterThan(0);
  expect(hers.filter((email) => !inBook.includes(email))).toEqual([]);
  const others = emails(false).filter((email) => !hers.includes(email));
  expect(others.length).toBeGreaterThan(0);
  expect(inBook.filter((email) => others.includes(email))).toEqual([]);
});

it('a rep sees and ends only their own; the admin sees it end', async () => {
  await repPage.goto(`${server.sandboxUrl}crm/settings/liaison`);
  const settings = settingsOf(repPage);
  await settings.getByRole('link', { name: 'Persons', exact: true }).click();
  await settings.getByText(EMAIL).first().waitFor();
  expect(await settings.getByRole('table').count()).toBe(0);
  await settings.getByRole('button', { name: 'End mine…' }).click();
  await settings.getByRole('dialog').getByRole('button', { name: 'End mine' }).click();
  await settings.getByRole('dialog').waitFor({ state: 'detached' });
  const row = settingsOf(admin).getByRole('row', { name: /Claire Fontaine/ });
  await row.getByText('Does not take part').waitFor();
  await rep.open('Contacts', await helene());
  await rep.frame.getByRole('heading', { level: 1 }).waitFor();
  expect(await ask(rep).count()).toBe(0);
}, 90_000);
