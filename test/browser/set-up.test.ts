import type { Browser, BrowserContext } from 'playwright-core';
import { endAll } from '../system/aftermath.ts';
import { json, type Liaison, type Place, startLiaison, until } from '../system/liaison-process.ts';
import { newServedPlace } from '../system/served-place.ts';
import { barriersOn } from './barriers.ts';
import { buildPages } from './build-pages.ts';
import { openChromium } from './chromium.ts';
import { keyboard } from './keyboard.ts';
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
  place = await newServedPlace();
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
    fits: /^(No record fits|One record fits|\d+ records fit) now\.$/,
    every: 'Every record takes part.',
    where: 'Where',
    insert: 'Put a field in',
    put: 'Put in',
    company: 'Account',
    tryOn: /^Try on/,
    would: /What a run would do/,
    isOn: /It is on\./,
    ours: 'CRM contacts',
    mail: 'E-mail',
    unlinked: /^It is unlinked/,
    unfitting: 'Left out by the filter',
    start: 'Start the preview',
    matched: /matched by/,
    unfinished: 'Choose a field, or remove the condition.',
    notCounted: 'What fits could not be counted.',
    again: 'Try again',
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
    fits: /^(Aucune fiche ne convient|Une fiche convient|\d+ fiches conviennent) actuellement\.$/,
    every: 'Toutes les fiches participent.',
    where: 'Où',
    insert: 'Insérer un champ',
    put: 'Insérer',
    company: 'Compte',
    tryOn: /^Essayer sur/,
    would: /Ce qu’une exécution ferait/,
    isOn: /Elle est active\./,
    ours: 'Contacts du CRM',
    mail: 'E-mail',
    unlinked: /^Elle est déliée/,
    unfitting: 'Laissées de côté par le filtre',
    start: 'Lancer l’aperçu',
    matched: /par E-mail/,
    unfinished: 'Choisissez un champ, ou retirez la condition.',
    notCounted: 'Ce qui convient n’a pas pu être compté.',
    again: 'Réessayer',
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
    // A count that fails says so, and is asked for again: the conditions are whole.
    const asked = /\/filter\/count$/;
    await page.route(asked, (route) => route.abort());
    await keys.write(page.getByRole('spinbutton', { name: words.value }), '49999');
    await page.getByRole('status').filter({ hasText: words.notCounted }).waitFor();
    await page.unroute(asked);
    await keys.press(button(words.again));
    await count.waitFor();
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
    await at(words.records);
    const ours = page.getByRole('group', { name: words.ours });
    await keys.press(ours.getByRole('button', { name: words.add }));
    await keys.choose(ours.getByRole('combobox', { name: words.field }), words.mail);
    await keys.write(ours.getByRole('textbox', { name: words.value }), 'an');
    await ours.getByRole('status').filter({ hasText: words.fits }).waitFor();
    await keys.to(page.getByRole('radio', { name: words.unlinked }));
    await page.keyboard.press('ArrowDown');
    expect(await barriersOn(page)).toEqual([]);
    await keys.press(button(words.save));
    await at(words.mapping);
    await keys.press(page.getByRole('link', { name: words.goOn }));
    await at(words.preview);
    await keys.press(button(words.start));
    await page.getByText(words.matched).first().waitFor();
    await page.getByText(words.unfitting).first().waitFor();
    expect(await barriersOn(page)).toEqual([]);
    expect((await integrations()).find(({ kind }) => kind === 'sync')).toMatchObject({
      phase: 'previewed',
      filter: {
        left: null,
        right: { all: [{ field: 'Email', is: 'contains', value: 'an' }] },
        leaving: 'kept',
      },
    });
    // The counts that were not let through.
    expect([...new Set(complaints)]).toEqual(['Failed to load resource: net::ERR_FAILED']);
  },
  120_000,
);

it('sets up Outlook’s contacts, then its calendar; whoever may not agree alone is told where an administrator does', async () => {
  const policy = (on: boolean) =>
    json(`${liaison.sandboxUrl}/_sandbox/acts/microsoft-accounts`, {
      method: 'POST',
      body: JSON.stringify({ act: 'administrators-only', on }),
    });
  for (const { id, flow } of await integrations())
    if (flow.id === 'contacts-microsoft-crm' || flow.id === 'calendar-microsoft-crm')
      await fetch(api(`integrations/${encodeURIComponent(id)}`), { method: 'DELETE' });
  for (const { id, connector } of await connections())
    if (connector.id.startsWith('microsoft-'))
      await fetch(api(`connections/${id}/disconnect`), { method: 'POST' });
  await policy(true);
  const address = `${liaison.url}/#/setup/contacts-microsoft-crm`;
  const { context, page } = await openPage(browser, address, { language: 'fr', width: 320 });
  contexts.push(context);
  const keys = keyboard(page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const connect = page.getByRole('link', { name: 'Connecter Contacts Outlook', exact: true });
  await keys.press(connect);
  await page.getByRole('combobox').selectOption({ label: 'ines.delorme@atelier-lumen.example' });
  await keys.press(page.locator('button[value=accept]'));
  await page.getByText('administrateur de Microsoft 365').waitFor();
  await page.getByText('/organizations/v2.0/adminconsent').waitFor();
  expect(await barriersOn(page)).toEqual([]);

  await policy(false);
  await page.goto(address);
  await page.reload();
  await keys.press(connect);
  await keys.press(page.locator('button[value=accept]'));
  await page.getByRole('radio').first().waitFor();
  await keys.press(button('Continuer'));
  await page.getByRole('heading', { name: WORDS.fr.records, level: 2 }).waitFor();
  await keys.press(page.getByRole('link', { name: WORDS.fr.preview, exact: true }));
  await keys.press(button(WORDS.fr.start));
  await page.getByText(WORDS.fr.matched).first().waitFor();
  expect((await integrations()).find(({ flow }) => flow.id === 'contacts-microsoft-crm')).toMatchObject({
    kind: 'sync',
    phase: 'previewed',
  });
  expect(await barriersOn(page)).toEqual([]);

  // The same account allows its calendar on a page of its own.
  await page.goto(`${liaison.url}/#/setup/calendar-microsoft-crm`);
  await keys.press(page.getByRole('link', { name: /Calendrier Outlook.*marchetti/ }));
  await keys.press(page.locator('button[value=accept]'));
  await page.getByRole('radio').first().waitFor();
  await keys.press(button('Continuer'));
  await page.getByRole('heading', { name: WORDS.fr.records, level: 2 }).waitFor();
  await keys.press(page.getByRole('link', { name: WORDS.fr.preview, exact: true }));
  await keys.press(button(WORDS.fr.start));
  await page.getByText('Point hebdomadaire Pélissier').first().waitFor();
  expect(await barriersOn(page)).toEqual([]);
}, 120_000);
