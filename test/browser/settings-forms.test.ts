import type { Browser, BrowserContext, Page } from 'playwright-core';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { exampleConnections, exampleFlows } from './memory-api/example-settings.ts';
import { MemoryAlerts } from './memory-api/memory-alerts.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { openPage, type PageWish } from './open-page.ts';

/** Settings forms that two people have open, and that are left before they are saved; in a real Chromium. */

let browser: Browser;
let server: MemoryServer;
const alerts = new MemoryAlerts();
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  browser = await openChromium();
  server = await openMemoryServer([], undefined, alerts);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(() => {
  server.role = 'admin';
  server.world.connections = exampleConnections();
  server.world.flows = exampleFlows();
  Object.assign(alerts, { destinations: [], mail: true, fails: false });
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((one) => one.close()));
});

/** A window of somebody's own. */
async function open(hash: string, options: PageWish = {}): Promise<Page> {
  const { context, page } = await openPage(browser, `${server.url}${hash}`, { language: 'en', ...options });
  contexts.push(context);
  return page;
}
const settingsOf = (page: Page) => page.locator('article', { hasText: /Slack/ }).first();

async function openSettings(options: PageWish = {}): Promise<Page> {
  const page = await open('#/flows', options);
  await settingsOf(page)
    .getByText(options.language === 'fr' ? 'Réglages' : 'Settings')
    .click();
  return page;
}
const values = () => server.world.flows[0]?.settings.values;

describe('two windows on one flow', () => {
  it('each change something else: both hold, and the second is told of the first', async () => {
    const [one, two] = [await openSettings(), await openSettings()];
    await settingsOf(one).getByLabel('Message').fill('Bravo {Owner}');
    await settingsOf(one).getByRole('button', { name: 'Save' }).click();
    await settingsOf(one).getByText('Saved.').waitFor();
    await settingsOf(two).getByLabel('Smallest amount').fill('500');
    await settingsOf(two).getByRole('button', { name: 'Save' }).click();
    await settingsOf(two).getByText('Saved.').waitFor();
    const told = settingsOf(two).getByRole('alert', { name: 'Changed meanwhile' });
    expect(await told.textContent()).toMatch(/Message\s*Bravo \{Owner\}/);
    expect(await settingsOf(two).getByLabel('Message').inputValue()).toBe('Bravo {Owner}');
    expect(values()).toMatchObject({ template: 'Bravo {Owner}', smallest: 500, channel: '#ventes' });
  });

  it.each([
    ['Garder la mienne', 'Le mien'],
    ['Prendre celle qui est enregistrée', 'Le leur'],
  ])('change the same: nothing is saved before “%s” or the other', async (choice, kept) => {
    const [one, two] = [await openSettings({ language: 'fr' }), await openSettings({ language: 'fr' })];
    await settingsOf(one).getByLabel('Message').fill('Le leur');
    await settingsOf(one).getByRole('button', { name: 'Enregistrer' }).click();
    await settingsOf(one).getByText('Enregistré.').waitFor();
    await settingsOf(two).getByLabel('Message').fill('Le mien');
    await settingsOf(two).getByLabel('Montant minimal').fill('20');
    await settingsOf(two).getByRole('button', { name: 'Enregistrer' }).click();
    const notice = settingsOf(two).getByRole('alert', { name: 'Modifié entre-temps' });
    expect(await notice.textContent()).toMatch(/La vôtre\s*Le mien.*Enregistrée entre-temps\s*Le leur/s);
    await settingsOf(two).getByText('Choisissez d’abord ce qui vaut').waitFor();
    expect(await settingsOf(two).getByRole('button', { name: 'Enregistrer' }).isDisabled()).toBe(true);
    expect(values()).toMatchObject({ template: 'Le leur', smallest: 0 });
    expect(await barriersOn(two)).toEqual([]);
    await notice.getByRole('button', { name: choice }).click();
    expect(await settingsOf(two).getByLabel('Message').inputValue()).toBe(kept);
    await settingsOf(two).getByRole('button', { name: 'Enregistrer' }).click();
    await settingsOf(two).getByText('Enregistré.').waitFor();
    expect(values()).toMatchObject({ template: kept, smallest: 20 });
  });

  it('fits 320 pixels while it asks', async () => {
    const page = await openSettings({ width: 320, language: 'fr', dark: true });
    await settingsOf(page).getByLabel('Message').fill('x'.repeat(200));
    server.world.flows[0]!.settings.values = { ...values(), template: `y ${'y'.repeat(200)}` };
    await settingsOf(page).getByRole('button', { name: 'Enregistrer' }).click();
    await settingsOf(page).getByRole('alert', { name: 'Modifié entre-temps' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(await barriersOn(page)).toEqual([]);
  });
});

it('two windows on where alerts go: what the first chose stays', async () => {
  const [one, two] = [await open('#/alerts'), await open('#/alerts')];
  for (const [page, place] of [
    [one, '#ventes'],
    [two, '#général'],
  ] as const) {
    await page.getByLabel('Kind of place').selectOption({ label: 'A Slack channel' });
    await page.getByLabel('Which one').selectOption({ label: place });
  }
  for (const page of [one, two]) await page.getByRole('button', { name: 'Add', exact: true }).click();
  await two.getByText('Slack · #général: added.').waitFor();
  expect(alerts.destinations.map((place) => ('target' in place ? place.target : ''))).toEqual(['C1', 'C2']);
  await two.getByRole('button', { name: 'Remove Slack · #ventes' }).waitFor();
  await one.getByRole('button', { name: 'Remove Slack · #ventes' }).click();
  await one.getByText('Slack · #ventes: removed.').waitFor();
  expect(alerts.destinations.map((place) => ('target' in place ? place.target : ''))).toEqual(['C2']);
});

describe('what is not saved', () => {
  it.each([
    ['en', 'Discard changes', 'Leave without saving?', 'Stay here', 'Leave without saving', 'Connections'],
    [
      'fr',
      'Abandonner les modifications',
      'Quitter sans enregistrer\u00a0?',
      'Rester ici',
      'Quitter sans enregistrer',
      'Connexions',
    ],
  ])(
    'is asked about before another screen opens: %s',
    async (language, discard, title, stay, leave, other) => {
      const page = await openSettings({ language });
      const field = settingsOf(page).getByLabel(language === 'fr' ? 'Canal' : 'Channel');
      await field.fill('#annonces');
      const link = page.getByRole('navigation').getByRole('link', { name: other });
      await link.click();
      const dialog = page.getByRole('dialog', { name: title });
      await dialog.getByRole('button', { name: stay }).click();
      expect(await field.inputValue()).toBe('#annonces');
      expect(page.url()).toContain('#/flows');
      await link.click();
      await dialog.getByRole('button', { name: leave }).click();
      await page.getByRole('heading', { name: other, level: 1 }).waitFor();
      await page.goBack();
      await settingsOf(page)
        .getByText(language === 'fr' ? 'Réglages' : 'Settings', { exact: true })
        .click();
      expect(await field.inputValue()).toBe('#ventes');
      // Nothing is asked once nothing is unsaved.
      await field.fill('#annonces');
      await settingsOf(page).getByRole('button', { name: discard }).click();
      await link.click();
      await page.getByRole('heading', { name: other, level: 1 }).waitFor();
    },
  );

  it('is asked about before the back button leaves, and before the tab is closed', async () => {
    const page = await open('#/connections');
    await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
    await page.evaluate(() => {
      location.hash = '#/flows';
    });
    await settingsOf(page).getByText('Settings').click();
    await settingsOf(page).getByLabel('Channel').fill('#annonces');
    await page.evaluate(() => history.back());
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.waitFor();
    expect(page.url()).toContain('#/flows');
    await page.keyboard.press('Escape');
    expect(await settingsOf(page).getByLabel('Channel').inputValue()).toBe('#annonces');
    const asked = page.waitForEvent('dialog');
    const closing = page.close({ runBeforeUnload: true });
    expect((await asked).type()).toBe('beforeunload');
    await (await asked).dismiss();
    await closing;
    await page.evaluate(() => history.back());
    await dialog.getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
  });
});

describe('a value that cannot be', () => {
  it('is said in the language of the page, never in a bubble of the browser’s', async () => {
    const page = await openSettings({ language: 'fr' });
    const form = settingsOf(page);
    await form.getByLabel('Canal').fill(' ');
    await form.getByLabel('Montant minimal').fill('-3');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await form.getByText('À remplir.').waitFor();
    await form.getByText('0 au moins.').waitFor();
    expect(await page.locator('form.settings').first().getAttribute('novalidate')).not.toBeNull();
    expect(values()).toMatchObject({ channel: '#ventes', smallest: 0 });
    await form.getByLabel('Montant minimal').fill('12');
    expect(await form.getByText('0 au moins.').count()).toBe(0);
  });

  it('of an address for alerts too', async () => {
    const page = await open('#/alerts', { language: 'fr' });
    await page.getByLabel('Sorte d’endroit').selectOption('mail');
    await page.locator('input[type=email]').fill('pas une adresse');
    await page.locator('.add-place button[type=submit]').click();
    await page.getByText('Ce n’est pas une adresse e-mail').waitFor();
    expect(alerts.destinations).toEqual([]);
    expect(await page.locator('form.add-place').getAttribute('novalidate')).not.toBeNull();
  });
});
