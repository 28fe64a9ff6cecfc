import type { Browser, BrowserContext, Page } from 'playwright-core';
import { endAll } from '../system/aftermath.ts';
import { json, type Liaison, type Place, startLiaison } from '../system/liaison-process.ts';
import { newServedPlace } from '../system/served-place.ts';
import { barriersOn } from './barriers.ts';
import { buildPages } from './build-pages.ts';
import { openChromium } from './chromium.ts';
import { keyboard } from './keyboard.ts';
import { openPage } from './open-page.ts';

/** Deals to pages in Notion, set up with the keyboard alone in a real Chromium, over the running sandbox. */

let place: Place;
let liaison: Liaison;
let browser: Browser;
let context: BrowserContext;

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
afterEach(() => context?.close());

const WORDS = {
  fr: {
    settings: 'Réglages',
    goOn: 'Continuer',
    save: 'Enregistrer et continuer',
    database: 'Base de données dans Notion',
    add: 'Ajouter une propriété',
    unused: 'Propriétés qui ne reçoivent rien',
    property: 'Propriété, ligne 1',
    field: 'Champ, ligne 1',
    attempt: 'Essai',
    amount: 'Montant',
    types: {
      ...{ Nom: 'titre', Montant: 'nombre', Étape: 'sélection', Avancement: 'statut', Clôture: 'date' },
      ...{ Responsable: 'personne', Client: 'relation', Notes: 'texte', Étiquettes: 'sélection multiple' },
      ...{ Site: 'URL', 'E-mail': 'e-mail', Téléphone: 'téléphone', Urgent: 'case à cocher' },
      ...{ Documents: 'fichiers' },
    },
    unknown: 'La liste n’a pas pu être demandée. Ce que vous écrivez sera vérifié à l’enregistrement.',
    silent: /Notion ne répond pas/,
  },
  en: {
    settings: 'Settings',
    goOn: 'Continue',
    save: 'Save and continue',
    database: 'Database in Notion',
    add: 'Add a property',
    unused: 'Properties that take nothing',
    property: 'Property, row 1',
    field: 'Field, row 1',
    attempt: 'Try',
    amount: 'Amount',
    types: {
      ...{ Nom: 'title', Montant: 'number', Étape: 'select', Avancement: 'status', Clôture: 'date' },
      ...{ Responsable: 'person', Client: 'relation', Notes: 'text', Étiquettes: 'multi-select' },
      ...{ Site: 'URL', 'E-mail': 'e-mail', Téléphone: 'phone', Urgent: 'checkbox', Documents: 'files' },
    },
    unknown: 'What there is could not be asked. What you type is checked when you save.',
    silent: /Notion does not answer/,
  },
} as const;

interface Integration {
  readonly id: string;
  readonly settings: { readonly values: { readonly properties?: readonly Record<string, unknown>[] } };
}
const integrations = async () =>
  (await json<{ integrations: Integration[] }>(`${liaison.url}/api/v1/integrations`)).integrations;

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name, exact: true, level: 2 }).waitFor();
const box = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });
const isAsWideAsItsWindow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
const faults = (method: string, wish?: object) =>
  fetch(`${liaison.sandboxUrl}/_sandbox/faults/notion`, {
    method,
    ...(wish === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(wish) }),
  });

describe.each([
  ['fr', 1280],
  ['en', 1280],
  ['fr', 400],
  ['en', 400],
] as const)('in %s, %i pixels wide', (language, width) => {
  const words = WORDS[language];

  it('the properties of a database are offered, each with what it takes, and mapped by keys alone', async () => {
    const known = new Set((await integrations()).map(({ id }) => id));
    const opened = await openPage(browser, `${liaison.url}/#/setup/record-page`, { language, width });
    context = opened.context;
    const { page, complaints } = opened;
    context.setDefaultTimeout(20_000);
    const keys = keyboard(page);
    const press = (name: string) => keys.press(page.getByRole('button', { name, exact: true }));
    await press(words.goOn);
    await page
      .getByRole('switch')
      .or(page.getByRole('radio'))
      .or(page.getByRole('combobox'))
      .first()
      .waitFor();
    await press(words.goOn);
    await heading(page, words.settings);
    await keys.to(box(page, words.database));
    await page
      .getByRole('option', { name: /^Projets/ })
      .first()
      .waitFor();
    await page.keyboard.type('Projets');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    // What takes nothing yet is told below the table, too: until it is known, no row can begin with one of them.
    await page.getByText(words.unused, { exact: false }).waitFor();
    await press(words.add);
    // The row has a property, and the focus is in its field, whose list is open.
    await page.getByRole('option', { name: /Amount$/ }).waitFor();
    await page.keyboard.press('Escape');
    await keys.to(box(page, words.property));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('Delete');
    await page.getByRole('option', { name: /^Documents/ }).waitFor();
    const offered = await page.getByRole('option').allInnerTexts();
    for (const [name, type] of Object.entries(words.types))
      expect(offered.some((text) => text.includes(`${name} (${type})`))).toBe(true);
    expect(offered.some((text) => text.includes('Créé le'))).toBe(false);
    expect(await isAsWideAsItsWindow(page)).toBe(true);
    await page.keyboard.type('Montant');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await keys.to(box(page, words.field));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(words.amount);
    await page.getByRole('option', { name: /Amount$/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await barriersOn(page)).toEqual([]);
    await press(words.save);
    await heading(page, words.attempt);
    const made = (await integrations()).find(({ id }) => !known.has(id));
    expect(made?.settings.values.properties).toMatchObject([
      { header: 'Montant', field: 'Amount', id: expect.any(String) },
    ]);
    expect(complaints).toEqual([]);

    // Notion is away: what stands there stays, and the page says that it could not ask.
    await faults('PUT', { status: 503, rate: 1 });
    try {
      await page.goto(`${liaison.url}/#/integrations/${made?.id}?step=settings`);
      await page.reload();
      await heading(page, words.settings);
      await keys.to(box(page, words.property));
      await page.getByText(words.unknown).or(page.getByText(words.silent)).first().waitFor();
      // An open list hides the rest of the page from those who cannot see it, and from whoever looks for barriers.
      await page.keyboard.press('Escape');
      expect(await box(page, words.property).inputValue()).toBe('Montant');
      expect(await barriersOn(page)).toEqual([]);
      expect(await isAsWideAsItsWindow(page)).toBe(true);
    } finally {
      await faults('DELETE');
    }
    await fetch(`${liaison.url}/api/v1/integrations/${made?.id}`, { method: 'DELETE' });
  });
});
