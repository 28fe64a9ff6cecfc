import type { Browser, Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { openPage } from './open-page.ts';
import { type RunningServer, startServer } from './running-server.ts';

/** Two windows of one admin on the running product: nothing of what either saves is lost. */

let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([openChromium(), startServer()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const open = async (hash: string, language: string): Promise<Page> =>
  (await openPage(browser, `${server.url}${hash}`, { language })).page;
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

it('on a flow: what the first saved holds beside what the second does, and is told there', async () => {
  const windows = await Promise.all([open('#/flows', 'en'), open('#/flows', 'en')]);
  const forms = windows.map((page) => page.getByRole('article', { name: /Stripe payment/ }));
  const [one, two] = forms as [(typeof forms)[0], (typeof forms)[0]];
  for (const form of forms) await form.getByText('Settings', { exact: true }).click();
  const mode = (form: typeof one) => form.getByLabel('Payment mode in Books');
  const box = one.locator('form input[type=checkbox]').first();
  const before = await box.isChecked();
  await box.click();
  await one.getByRole('button', { name: 'Save' }).click();
  await one.getByText('Saved.').waitFor();
  const isChoice = await mode(two).evaluate((input) => input.tagName === 'SELECT');
  if (isChoice) await mode(two).selectOption({ index: 1 });
  else await mode(two).fill('cash');
  const typed = await mode(two).inputValue();
  await two.getByRole('button', { name: 'Save' }).click();
  await two.getByText('Saved.').waitFor();
  await two.getByRole('alert', { name: 'Changed meanwhile' }).waitFor();
  expect(await two.locator('form input[type=checkbox]').first().isChecked()).toBe(!before);
  const answer = await fetch(new URL('api/v1/flows', server.url));
  expect(answer.status).toBe(200);
  await windows[0]!.reload();
  await one.getByText('Settings', { exact: true }).click();
  expect(await box.isChecked()).toBe(!before);
  expect(await mode(one).inputValue()).toBe(typed);
});

it('on a sync: the other window hears of a saved mapping while it is edited, and of the preview that comes first', async () => {
  const windows = await Promise.all([
    open('#/syncs?sync=contacts-google-crm&tab=mapping', 'fr'),
    open('#/syncs?sync=contacts-google-crm&tab=mapping', 'fr'),
  ]);
  const [one, two] = windows as [Page, Page];
  await two.getByLabel('Interroger les deux côtés').selectOption('chaque heure');
  await one.getByLabel('Tout comparer').selectOption('une fois par semaine');
  await button(one, 'Enregistrer').click();
  await one.getByText('Enregistré.').waitFor();
  const notice = two.getByRole('alert', { name: 'Modifié entre-temps' });
  expect(await notice.textContent()).toMatch(/Tout comparer\s*une fois par semaine/);
  await button(two, 'Enregistrer').click();
  await two.getByText('Enregistré.').waitFor();
  const sync = await (await fetch(new URL('api/v1/integrations/contacts-google-crm', server.url))).json();
  expect((sync as { settings: object }).settings).toMatchObject({ everySeconds: 3_600, sweepHours: 168 });
});

it('a preview names every record that it counts', async () => {
  const page = await open('#/syncs?sync=contacts-google-crm&tab=preview', 'fr');
  await button(page, 'Lancer l’aperçu').click();
  const chips = page.getByRole('group', { name: 'Ce qui arriverait' });
  await chips.waitFor();
  const created = chips.getByRole('button', { name: /^Créées/ });
  const counted = Number((await created.textContent())?.replaceAll(/\D/g, ''));
  await created.click();
  await page.waitForURL(/kind=create/);
  for (const more = button(page, 'En voir plus'); (await more.count()) > 0; ) await more.click();
  await page.waitForFunction((count) => document.querySelectorAll('.sample').length === count, counted);
  const beside = chips.getByRole('button', { name: /^Créés avec elles/ });
  const accounts = Number((await beside.textContent())?.replaceAll(/\D/g, ''));
  await beside.click();
  await page.waitForFunction((count) => document.querySelectorAll('.sample').length === count, accounts);
  expect(accounts).toBeGreaterThan(12);
  await page.locator('.facts').getByText(`${accounts} ·`).waitFor();
  const rows = page.getByRole('row', { name: /^créées/ });
  const cells = (await rows.first().getByRole('cell').allTextContents()).map(Number);
  expect(cells.reduce((sum, one) => sum + one, 0)).toBe(counted);
});

it('on a filter: the second window is told what was saved, and says which one holds', async () => {
  const amount = (value: number) => ({ all: [{ field: 'Amount', is: 'at-least', value }] });
  const path = new URL('api/v1/integrations/deal-won-to-slack', server.url);
  const patch = async (filter: object | null) => {
    const body = JSON.stringify({ filter });
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(path, { method: 'PATCH', headers, body })).status).toBe(200);
  };
  const saved = async () => ((await (await fetch(path)).json()) as { filter: object }).filter;
  await patch(amount(1_000));
  const step = '#/integrations/deal-won-to-slack?step=records';
  const windows = await Promise.all([open(step, 'fr'), open(step, 'fr')]);
  const value = (page: Page) => page.getByRole('spinbutton', { name: 'Valeur, condition 1' });
  const save = (page: Page) => button(page, 'Enregistrer et continuer').click();
  const notice = (page: Page) => page.getByRole('alert', { name: 'Modifié entre-temps' });
  for (const page of windows) await value(page).waitFor();
  const [one, two] = windows as [Page, Page];
  await two.bringToFront();
  await value(two).fill('3000');
  await value(one).fill('2000');
  await save(one);
  await one.waitForURL(/step=(?!records)/);
  await save(two);
  await notice(two).waitFor();
  expect(await notice(two).textContent()).toMatch(/2\s000/);
  expect(await saved()).toEqual(amount(2_000));
  await notice(two)
    .getByRole('button', { name: /^Prendre celle qui est enregistrée/ })
    .click();
  await notice(two).waitFor({ state: 'detached' });
  expect(await value(two).inputValue()).toBe('2000');
  await value(two).fill('4000');
  await patch(amount(5_000));
  await save(two);
  await notice(two)
    .getByRole('button', { name: /^Garder la mienne/ })
    .click();
  await save(two);
  await two.waitForURL(/step=(?!records)/);
  expect(await saved()).toEqual(amount(4_000));
  await patch(null);
});
