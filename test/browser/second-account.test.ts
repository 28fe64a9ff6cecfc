import type { Browser } from 'playwright-core';
import { endAll } from '../system/aftermath.ts';
import { json, type Liaison, type Place, startLiaison, until } from '../system/liaison-process.ts';
import { newServedPlace } from '../system/served-place.ts';
import { buildPages } from './build-pages.ts';
import { openChromium } from './chromium.ts';
import { openPage } from './open-page.ts';

/** A person adds a second Google account to the running sandbox, and takes it away again; sets flows up a first and a second time. */

let place: Place;
let liaison: Liaison;
let browser: Browser;

beforeAll(async () => {
  await buildPages();
  browser = await openChromium();
  place = await newServedPlace();
  liaison = await startLiaison(place);
});
afterAll(async () => {
  await browser?.close();
  await endAll(place, [liaison]);
});

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
});

interface Integration {
  readonly name: string | null;
  readonly enabled: boolean;
  readonly connections: Record<string, { readonly account: { readonly name: string } | null }>;
}
const named = async (name: string) =>
  (await json<{ integrations: Integration[] }>(`${liaison.url}/api/v1/integrations`)).integrations.find(
    (one) => one.name === name,
  );

it.each([
  ['Zoho Cliq', '#Ventes'],
  ['Microsoft Teams', 'Atelier Lumen › Ventes'],
])(
  'an announcement in %s is set up, told where to go when it is turned on, renamed and deleted',
  async (vendor, place) => {
    const name = `Gagnées dans ${vendor}`;
    const { page, context } = await openPage(browser, `${liaison.url}/#/flows`, { language: 'fr' });
    await page.getByRole('button', { name: /Mettre en place.*Annonces/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nom').fill(name);
    const yes = dialog.getByRole('button', { name: 'Mettre en place' });
    // Which of the applications is meant is asked for, beside the field.
    await yes.click();
    await dialog.getByText('Choisissez celui qui convient.').waitFor();
    expect(await dialog.getByText('connections.target').count()).toBe(0);
    await dialog
      .getByLabel(/Messagerie/)
      .selectOption({ label: `${vendor} · hugo.marchetti@atelier-lumen.example` });
    await yes.click();
    const card = page.getByRole('article', { name: name });
    await card.getByText(new RegExp(`${vendor}\\s:\\shugo`)).waitFor();
    expect(await named(name)).toMatchObject({ enabled: false });

    const power = card.getByRole('switch');
    await power.click({ force: true });
    await card.getByText('Choisissez où vont les messages.').waitFor();
    expect(await card.getByText('settings.place').count()).toBe(0);
    await card.getByText('Réglages', { exact: true }).click();
    const where = card.getByRole('combobox', { name: 'Où' });
    await where.click();
    await where.press('ArrowDown');
    await page.getByRole('option', { name: place }).click();
    // A click while the list is still there only closes it.
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
    await card.getByRole('button', { name: 'Enregistrer' }).click();
    await card.getByText('Enregistré.', { exact: true }).waitFor();
    await power.click({ force: true });
    await until(async () => (await named(name))?.enabled === true);

    await card.getByRole('button', { name: /Nom et comptes/ }).click();
    await dialog.getByLabel('Nom').fill('Autre nom');
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    const renamed = page.getByRole('article', { name: 'Autre nom', exact: true });
    await renamed.getByRole('button', { name: /Supprimer/ }).click();
    await dialog.getByText(/0 exécution\./).waitFor();
    await dialog.getByRole('button', { name: 'Supprimer' }).click();
    await renamed.waitFor({ state: 'detached' });
    expect(await named('Autre nom')).toBeUndefined();
    await context.close();
  },
);
