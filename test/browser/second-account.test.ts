import type { Browser } from 'playwright-core';
import { endAll } from '../system/aftermath.ts';
import { json, type Liaison, newPlace, type Place, startLiaison, until } from '../system/liaison-process.ts';
import { openChromium } from './chromium.ts';
import { openPage } from './open-page.ts';

/** A person adds a second Google account to the running sandbox, and takes it away again. */

let place: Place;
let liaison: Liaison;
let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
  place = await newPlace();
  liaison = await startLiaison(place);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await endAll(place, [liaison]);
}, 30_000);

const EMAIL = 'claire.fontaine@atelier-lumen.example';
const accounts = async () => {
  const { connections } = await json<{
    connections: { connector: { id: string }; account: { name: string } }[];
  }>(`${liaison.url}/api/v1/connections`);
  return connections.flatMap(({ connector, account }) =>
    connector.id === 'google-people' ? account.name : [],
  );
};

it('a second Google account is added at the consent page, stands beside the first, and is disconnected', async () => {
  const first = await accounts();
  expect(first).toHaveLength(1);
  const { page, context } = await openPage(browser, `${liaison.url}/#/connections`, { language: 'en' });
  const card = page.getByRole('article', { name: 'Google Contacts' });
  await card.getByRole('link', { name: 'Add an account' }).click();
  await page.getByRole('combobox').selectOption({ label: EMAIL });
  await page.getByRole('button', { name: 'Accept' }).click();
  const hers = card.getByRole('region', { name: EMAIL });
  await hers.getByText('Connected, not used yet').waitFor();
  expect(await accounts()).toEqual([...first, EMAIL]);

  await hers.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByText('The access is ended at Google Contacts, and deleted here.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await hers.waitFor({ state: 'detached' });
  await until(async () => (await accounts()).length === 1);
  expect(await accounts()).toEqual(first);
  await context.close();
}, 60_000);
