import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { endAll } from '../system/aftermath.ts';
import { json, type Liaison, newPlace, type Place, startLiaison, until } from '../system/liaison-process.ts';
import { barriersOn } from './barriers.ts';
import { buildPages } from './build-pages.ts';
import { openChromium } from './chromium.ts';
import { openPage } from './open-page.ts';

/**
 * From an organisation in which nothing is connected to a filtered announcement that runs, and to a previewed sync of
 * contacts: with the keyboard alone, in a real Chromium, over the running sandbox.
 */

let place: Place;
let liaison: Liaison;
let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  await buildPages();
  browser = await openChromium();
  place = await newPlace();
  liaison = await startLiaison(place);
});
afterAll(async () => {
  await browser?.close();
  await endAll(place, [liaison]);
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((one) => one.close()));
});

interface Integration {
  readonly id: string;
  readonly flow: { readonly id: string };
  readonly kind: string;
  readonly enabled: boolean;
  readonly phase?: string;
  readonly settings: { readonly values: Readonly<Record<string, unknown>> };
  readonly filter?: unknown;
}

const api = (path: string): string => `${liaison.url}/api/v1/${path}`;
const integrations = async () =>
  (await json<{ integrations: Integration[] }>(api('integrations'))).integrations;
const connections = async () =>
  (await json<{ connections: { id: string; connector: { id: string } }[] }>(api('connections'))).connections;

/** Nothing is set up, and nothing is connected. */
async function empty(): Promise<void> {
  for (const { id } of await integrations())
    await fetch(api(`integrations/${encodeURIComponent(id)}`), { method: 'DELETE' });
  for (const { id } of await connections())
    await fetch(api(`connections/${id}/disconnect`), { method: 'POST' });
  expect([await integrations(), await connections()]).toEqual([[], []]);
}

/** A person without a mouse. */
function keyboard(page: Page) {
  /** Goes there by the tab key, as many times as it takes. */
  async function to(there: Locator): Promise<void> {
    // Found beforehand: a list that opens on the way hides the rest of the page from those who cannot see it.
    const wanted = await there.elementHandle();
    for (let pressed = 0; pressed < 90; pressed += 1) {
      if (await wanted?.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The tab key does not lead to ${String(there)}`);
  }
  return {
    to,
    async press(there: Locator, key = 'Enter') {
      await to(there);
      await page.keyboard.press(key);
    },
    /** In a list that is closed, letters choose. */
    async choose(list: Locator, title: string) {
      await to(list);
      await page.keyboard.type(title);
      await until(
        async () =>
          (await list.evaluate((one) => (one as HTMLSelectElement).selectedOptions[0]?.textContent)) ===
          title,
      );
    },
    async write(field: Locator, text: string) {
      await to(field);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
  };
}

const WORDS = {
  en: {
    accounts: 'Accounts',
    records: 'Which records',
    settings: 'Settings',
    mapping: 'Mapping',
    preview: 'Preview',
    attempt: 'Try',
    on: 'Turn on',
    connect: 'Connect',
    goOn: 'Continue',
    save: 'Save and continue',
    add: 'Add a condition',
    field: 'Field, condition 1',
    value: 'Value, condition 1',
    amount: 'Amount',
    fits: /^(One record fits|\d+ records fit) now\.$/,
    every: 'Every record takes part.',
    where: 'Where',
    insert: 'Put a field in',
    put: 'Put in',
    company: 'Account',
    tryOn: /^Try on/,
    would: /What a run would do/,
    isOn: /It is on\./,
    start: 'Start the preview',
    matched: /matched by/,
    unfinished: 'Choose a field, or remove the condition.',
    stay: 'Stay here',
  },
  fr: {
    accounts: 'Comptes',
    records: 'Quelles fiches',
    settings: 'Réglages',
    mapping: 'Correspondance',
    preview: 'Aperçu',
    attempt: 'Essai',
    on: 'Activation',
    connect: 'Connecter',
    goOn: 'Continuer',
    save: 'Enregistrer et continuer',
    add: 'Ajouter une condition',
    field: 'Champ, condition 1',
    value: 'Valeur, condition 1',
    amount: 'Montant',
    fits: /^(Une fiche convient|\d+ fiches conviennent) actuellement\.$/,
    every: 'Toutes les fiches participent.',
    where: 'Où',
    insert: 'Insérer un champ',
    put: 'Insérer',
    company: 'Compte',
    tryOn: /^Essayer sur/,
    would: /Ce qu’une exécution ferait/,
    isOn: /Elle est active\./,
    start: 'Lancer l’aperçu',
    matched: /par E-mail/,
    unfinished: 'Choisissez un champ, ou retirez la condition.',
    stay: 'Rester ici',
  },
} as const;

it.each([
  ['en', 1280],
  ['fr', 320],
] as const)(
  'from nothing to a filtered announcement and a previewed sync, without a mouse and without an id: %s',
  async (language, width) => {
    await empty();
    const words = WORDS[language];
    const { context, page, complaints } = await openPage(browser, `${liaison.url}/#/setup/announce`, {
      language,
      width,
      dark: language === 'fr',
    });
    contexts.push(context);
    const keys = keyboard(page);
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
    /** The step has begun, its heading has the focus, and nothing stands in anybody’s way. */
    const at = async (name: string) => {
      const heading = page.getByRole('heading', { name, exact: true, level: 2 });
      await heading.waitFor();
      await until(() => heading.evaluate((element) => element === document.activeElement));
      expect(await barriersOn(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    };
    const connect = async (vendor: string) => {
      await keys.press(page.getByRole('link', { name: `${words.connect} ${vendor}`, exact: true }));
      await keys.press(page.locator('button[value=accept]'));
      await page.getByRole('radio').first().waitFor();
    };

    await at(words.accounts);
    await connect('Zoho CRM');
    await connect('Slack');
    expect((await connections()).map(({ connector }) => connector.id).sort()).toEqual(['slack', 'zoho-crm']);
    await keys.press(button(words.goOn));

    await at(words.records);
    await page.getByText(words.every).waitFor();
    await keys.press(button(words.add));
    // What is not finished is told beside it, and nothing is sent.
    await keys.press(button(words.save));
    await page.getByText(words.unfinished).waitFor();
    await keys.choose(page.getByRole('combobox', { name: words.field }), words.amount);
    await keys.write(page.getByRole('spinbutton', { name: words.value }), '50000');
    const count = page.getByRole('status').filter({ hasText: words.fits });
    await count.waitFor();
    const many = await count.textContent();
    await keys.write(page.getByRole('spinbutton', { name: words.value }), '2000');
    await until(async () => (await count.textContent().catch(() => many)) !== many);
    // It is asked about before it is lost.
    await page.evaluate(() => history.back());
    await keys.press(button(words.stay));
    expect(new URL(page.url()).hash).toMatch(/\?step=records$/);
    expect(await page.getByRole('spinbutton', { name: words.value }).inputValue()).toBe('2000');
    await keys.press(button(words.save));

    await at(words.settings);
    await keys.to(page.getByRole('combobox', { name: words.where }));
    const channel = page.getByRole('option', { name: /^#ventes/ });
    await channel.waitFor();
    await page.keyboard.type('#ventes');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await keys.choose(page.getByRole('combobox', { name: words.insert }), words.company);
    await keys.press(button(words.put));
    await page.locator('.message-preview blockquote').waitFor();
    await keys.press(button(words.save));

    await at(words.attempt);
    // Nothing is lost by going about: every step has an address of its own.
    await page.evaluate(() => history.back());
    await at(words.settings);
    await page.evaluate(() => history.forward());
    await at(words.attempt);
    await page.reload();
    await at(words.attempt);
    await keys.press(button(words.tryOn).first());
    await page.getByRole('heading', { name: words.would }).waitFor();
    expect(await page.locator('blockquote').count()).toBe(1);
    expect(await barriersOn(page)).toEqual([]);
    await keys.press(page.getByRole('link', { name: words.goOn }));

    await at(words.on);
    await keys.press(button(language === 'en' ? 'Turn on' : 'Activer'));
    await page.getByText(words.isOn).waitFor();
    expect(await barriersOn(page)).toEqual([]);
    const [made, ...others] = await integrations();
    expect(others).toEqual([]);
    expect(made).toMatchObject({
      flow: { id: 'announce' },
      enabled: true,
      filter: { all: [{ field: 'Amount', is: 'at-least', value: 2_000 }] },
      settings: {
        values: {
          place: expect.stringMatching(/ventes|^C/),
          template: expect.stringMatching(/\{Account_Name\}/),
        },
      },
    });

    await page.goto(`${liaison.url}/#/setup/contacts-google-crm`);
    await at(words.accounts);
    await connect('Google Contacts');
    await keys.press(button(words.goOn));
    await at(words.mapping);
    await keys.press(page.getByRole('link', { name: words.goOn }));
    await at(words.preview);
    await keys.press(button(words.start));
    await page.getByText(words.matched).first().waitFor();
    expect(await barriersOn(page)).toEqual([]);
    expect((await integrations()).find(({ kind }) => kind === 'sync')).toMatchObject({
      phase: 'previewed',
    });
    expect(complaints).toEqual([]);
  },
  120_000,
);
