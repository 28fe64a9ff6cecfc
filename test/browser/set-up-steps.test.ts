import type { Browser, BrowserContext } from 'playwright-core';
import { SALES_SPREADSHEET_ID } from '../../sandbox/google-sheets/sales-sheet.ts';
import { endAll } from '../system/aftermath.ts';
import { json, type Liaison, type Place, startLiaison } from '../system/liaison-process.ts';
import { newServedPlace } from '../system/served-place.ts';
import { barriersOn } from './barriers.ts';
import { buildPages } from './build-pages.ts';
import { openChromium } from './chromium.ts';
import { hold } from './hold.ts';
import { keyboard } from './keyboard.ts';
import { openPage } from './open-page.ts';

/** Steps of setting up what the sandbox has, and more of it: with the keyboard alone, in a real Chromium, over the running sandbox. */

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

/** A step of what the sandbox has set up. */
async function atStep(step: string) {
  const { context, page, complaints } = await openPage(browser, `${liaison.url}/#/integrations/${step}`, {
    language: 'en',
  });
  contexts.push(context);
  const heading = page.locator('#setup-step');
  await heading.waitFor();
  return { page, complaints, heading, keys: keyboard(page) };
}

it('asks for what a field is compared with by what it is, and saves what was built', async () => {
  const { page, complaints, heading, keys } = await atStep('deal-won-to-slack?step=records');
  const list = (what: string, number: number) =>
    page.getByRole('combobox', { name: `${what}, condition ${number}`, exact: true });
  const root = page.locator('.filter-editor > .actions');
  const next = async (number: number, field: string, is?: string, add = root) => {
    await keys.press(add.getByRole('button', { name: 'Add a condition' }));
    await keys.choose(list('Field', number), field);
    if (is !== undefined) await keys.choose(list('Comparison', number), is);
  };
  await next(1, 'Deal name');
  await keys.write(page.getByRole('textbox', { name: 'Value, condition 1' }), 'nobody');
  await page.getByText('No record fits now.').waitFor();
  await keys.write(page.getByRole('textbox', { name: 'Value, condition 1' }), 'e');
  await next(2, 'Closing date');
  await keys.choose(list('Which day', 2), 'days ago');
  await keys.write(page.getByRole('spinbutton', { name: 'Days, condition 2' }), '4000');
  await next(3, 'Stage', 'is one of');
  for (const stage of ['Closed Won', 'Closed Lost'])
    await keys.press(page.getByRole('checkbox', { name: stage, exact: true }), 'Space');
  await next(4, 'Owner', 'is not');
  await keys.choose(list('Value', 4), 'Hugo Marchetti');
  await keys.press(root.getByRole('button', { name: 'Add a group' }));
  await keys.choose(list('Field', 5), 'Next Step');
  await keys.choose(list('Comparison', 5), 'is empty');
  const group = page.locator('.condition-group > .actions');
  await next(6, 'Amount', 'is at most', group);
  await keys.write(page.getByRole('spinbutton', { name: 'Value, condition 6' }), '90000');
  await keys.choose(list('Currency', 6), 'USD');
  await next(7, 'Description', 'is filled in');
  // What was pressed is gone: the focus stays in the list.
  await keys.press(page.getByRole('button', { name: 'Remove condition 7' }));
  const add = root.getByRole('button', { name: 'Add a condition' });
  expect(await add.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await barriersOn(page)).toEqual([]);

  const filter = {
    all: [
      { field: 'Deal_Name', is: 'contains', value: 'e' },
      { field: 'Closing_Date', is: 'at-least', value: { today: -4_000 } },
      { field: 'Stage', is: 'in', value: ['Closed Won', 'Closed Lost'] },
      { field: 'Owner', is: 'not', value: '4876876000000030002' },
      {
        any: [
          { field: 'Next_Step', is: 'empty' },
          { field: 'Amount', is: 'at-most', value: { amount: 90_000, currency: 'USD' } },
        ],
      },
    ],
  };
  const { count } = await json<{ count: number }>(api('integrations/deal-won-to-slack/filter/count'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ filter }),
  });
  expect(count).toBeGreaterThan(0);
  const told = count === 1 ? 'One record fits now.' : `${count} records fit now.`;
  await page.getByRole('status').getByText(told).waitFor();
  await keys.press(page.getByRole('button', { name: 'Save and continue' }));
  await page.getByRole('heading', { name: 'Settings', level: 2 }).waitFor();
  expect(await json(api('integrations/deal-won-to-slack'))).toMatchObject({ filter, filterTakes: 'once' });

  // It is shown as it was built.
  await page.goto(`${liaison.url}/#/integrations/deal-won-to-slack?step=records`);
  await page.getByRole('status').getByText(told).waitFor();
  expect(await list('Which day', 2).inputValue()).toBe('ago');
  expect(await page.getByRole('checkbox', { name: 'Closed Lost', exact: true }).isChecked()).toBe(true);
  expect(await list('Currency', 6).inputValue()).toBe('USD');
  expect(await heading.textContent()).toBe('Which records');
  expect(complaints).toEqual([]);
});

it('says at each step what to do where a vendor does not answer, or something is missing', async () => {
  const fields = '**/integrations/deal-won-to-slack/filter/fields**';
  const { context, page } = await openPage(browser, liaison.url, { language: 'fr', width: 320 });
  contexts.push(context);
  const keys = keyboard(page);
  const sentence = { en: 'Zoho CRM does not answer.', fr: 'Zoho CRM ne répond pas.' };
  await page.route(fields, (route) =>
    route.fulfill({
      json: {
        fields: null,
        again: false,
        problem: { kind: 'retry-later', actor: 'engine', sentence, vendorMessage: null, field: null },
      },
    }),
  );
  await page.goto(`${liaison.url}/#/integrations/deal-won-to-slack?step=records`);
  await page.getByRole('alert').getByText(sentence.fr).waitFor();
  expect(await barriersOn(page)).toEqual([]);
  await page.unroute(fields);
  await keys.press(page.getByRole('button', { name: 'Réessayer' }));
  await page.getByRole('button', { name: 'Ajouter une condition' }).first().waitFor();

  const known = await connections();
  const of = (connector: string) => known.find((one) => one.connector.id === connector)?.id;
  const { id } = await json<Integration>(api('integrations'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({
      flow: 'announce',
      name: 'Sans canal',
      connections: { source: of('zoho-crm'), target: of('slack') },
    }),
  });
  await page.goto(`${liaison.url}/#/integrations/${id}?step=on`);
  await keys.press(page.getByRole('button', { name: 'Activer', exact: true }));
  await keys.press(page.getByRole('link', { name: 'Aller à «\u00a0Réglages\u00a0»' }));
  await page.getByRole('heading', { name: 'Réglages', level: 2 }).waitFor();
  expect((await integrations()).find((one) => one.id === id)?.enabled).toBe(false);
  await fetch(api(`integrations/${id}`), { method: 'DELETE' });
});

it('shows what stands in a polled source, and asks whether it is taken, too', async () => {
  await json(api('integrations/sheet-row-to-lead'), {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ enabled: false }),
  });
  const { page, complaints, keys } = await atStep('sheet-row-to-lead?step=records');
  await keys.press(page.getByRole('button', { name: 'Add a condition' }));
  await keys.choose(page.getByRole('combobox', { name: 'Field, condition 1' }), 'E-mail');
  await keys.write(page.getByRole('textbox', { name: 'Value, condition 1' }), '.example');
  // A row may be edited, and come again.
  await keys.to(page.getByRole('radio', { name: 'Once, when it begins to fit' }));
  await page.keyboard.press('ArrowDown');
  await keys.press(page.getByRole('button', { name: 'Save and continue' }));
  await page.getByRole('heading', { name: 'Settings', level: 2 }).waitFor();
  expect(await json(api('integrations/sheet-row-to-lead'))).toMatchObject({
    filter: { all: [{ is: 'contains', value: '.example' }] },
    filterTakes: 'each',
  });

  await keys.press(page.getByRole('link', { name: 'Turn on', exact: true }));
  await page.getByText('E-mail contains “.example”').waitFor();
  await page.getByText('It is off: it does nothing yet.').waitFor();
  await page.getByText('5 rows stand there now, among them:').waitFor();
  expect(await page.locator('.standing-rows li').count()).toBe(5);
  await page.locator('.standing-rows').getByText('Maëlle Guérin').waitFor();
  expect(await barriersOn(page)).toEqual([]);
  await keys.to(page.getByRole('radio', { name: 'The rows that are there, too' }));
  await page.keyboard.press('ArrowUp');
  expect(await page.getByRole('radio', { name: 'Only what comes from now on' }).isChecked()).toBe(true);
  await keys.press(page.getByRole('button', { name: 'Turn on', exact: true }));
  await page.getByText('It is on.').waitFor();
  const sheet = (await integrations()).find(({ id }) => id === 'sheet-row-to-lead');
  expect(sheet).toMatchObject({ enabled: true, settings: { values: { begin: 'new' } } });
  expect(complaints).toEqual([]);
});

it('carries a sheet into a table of Zoho Analytics: chosen by keys alone, tried in words, turned on', async () => {
  const { context, page, complaints } = await openPage(browser, `${liaison.url}/#/setup/sheet-to-table`, {
    language: 'fr',
  });
  contexts.push(context);
  const keys = keyboard(page);
  const at = async (name: string) => {
    await page.getByRole('heading', { name, exact: true, level: 2 }).waitFor();
    expect(await barriersOn(page)).toEqual([]);
  };
  const box = (name: string) => page.getByRole('combobox', { name, exact: true });
  const goOn = () => keys.press(page.getByRole('button', { name: 'Enregistrer et continuer', exact: true }));
  await at('Comptes');
  await keys.press(page.getByRole('button', { name: 'Continuer', exact: true }));
  await at('Quelles fiches');
  await keys.write(box('Tableur'), `https://docs.google.com/spreadsheets/d/${SALES_SPREADSHEET_ID}/edit`);
  await page.keyboard.press('Tab');
  await page.getByRole('option', { name: 'Saisie libre' }).waitFor();
  await page.keyboard.press('Escape');
  await goOn();
  await at('Réglages');
  await page.getByText('240 partiraient', { exact: false }).waitFor();
  await keys.to(box('Espace de travail Zoho Analytics'));
  await page.getByRole('option', { name: /^Pilotage/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await keys.write(box('Table'), 'Ventes au clavier');
  await page.keyboard.press('Escape');
  await goOn();
  await at('Essai');
  await keys.press(page.getByRole('button', { name: /^Essayer sur/ }).first());
  await page.getByText('Les premières lignes').waitFor();
  await page.getByText('Numéro, Date, Client, Quantité, Montant, Payée, Relevé le').first().waitFor();
  expect(await barriersOn(page)).toEqual([]);
  await keys.press(page.getByRole('link', { name: 'Activation', exact: true }));
  await at('Activation');
  await keys.press(page.getByRole('button', { name: 'Activer', exact: true }));
  await page.getByText('Elle est active.').waitFor();
  await page.goto(`${liaison.url}/#/integrations`);
  await page.getByText('240 lignes dans', { exact: false }).first().waitFor();
  expect(complaints).toEqual([]);
});

it('sets up products of a shop: where it counts, the tax of what is made, and a preview by names', async () => {
  const { context, page, complaints } = await openPage(browser, `${liaison.url}/#/setup/products`, {
    language: 'en',
  });
  contexts.push(context);
  const keys = keyboard(page);
  const at = async (name: string) => {
    await page.getByRole('heading', { name, exact: true, level: 2 }).waitFor();
    expect(await barriersOn(page)).toEqual([]);
  };
  const list = (name: string) => page.getByRole('combobox', { name, exact: true });
  await at('Accounts');
  await page.getByText('Shop: choose an account first.').waitFor();
  await keys.to(page.getByRole('radio', { name: /^WooCommerce/ }));
  await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('radio', { name: /^Shopify/ }).isChecked()).toBe(true);
  await keys.press(page.getByRole('button', { name: 'Continue', exact: true }));
  await at('Which records');
  await keys.press(page.getByRole('button', { name: 'Continue', exact: true }));
  await at('Mapping');
  await page.getByText('Choose this first: the fields depend on it.').waitFor();
  await keys.choose(list('Where the shop’s stock is counted'), 'Atelier');
  await page.getByRole('group', { name: 'Row: SKU · SKU' }).waitFor();
  await keys.choose(list('Tax of items that are made'), 'TVA 20 %');
  await keys.press(page.getByRole('button', { name: 'Save', exact: true }));
  await page.getByRole('status').filter({ hasText: 'Saved.' }).waitFor();
  await keys.press(page.getByRole('link', { name: 'Continue' }));
  await at('Preview');
  await keys.press(page.getByRole('button', { name: 'Start the preview', exact: true }));
  await page.getByText('matched by SKU').first().waitFor();
  // Twelve of 260 are kept for an order by telephone.
  await page.getByRole('row', { name: 'Stock in Shopify products both changed 260 248' }).waitFor();
  await page.getByText('Cadre Lumen – A3 (CAD-A3)').first().waitFor();
  expect((await integrations()).find(({ id }) => id === 'products')).toMatchObject({ phase: 'previewed' });
  expect(complaints).toEqual([]);
});

it('a newsletter: once list and topic are chosen and saved, its fields are there to be mapped', async () => {
  const known = await connections();
  const { id } = await json<Integration>(api('integrations'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({
      flow: 'newsletter-crm',
      name: 'Lettre',
      connections: { left: known.find(({ connector }) => connector.id === 'zoho-campaigns')?.id },
    }),
  });
  const { page, complaints, keys } = await atStep(`${id}?step=mapping`);
  const unread = page.getByText('could not be read');
  await unread.waitFor();
  await keys.choose(page.getByRole('combobox', { name: 'Mailing list' }), 'Lettre de l’atelier');
  // Whoever agreed to no topic gets no mail: that one is missing is said.
  await page.getByText('whoever agreed to none gets no mail').waitFor();
  await keys.choose(
    page.getByRole('combobox', { name: 'Topic that they agreed to' }),
    'Nouvelles de l’atelier',
  );
  await unread.waitFor({ state: 'detached' });
  // While nothing more is told of its fields: they are those that were offered for what was saved.
  const letGo = await hold(page.context(), /\/fields\b/);
  await keys.press(page.getByRole('button', { name: 'Save', exact: true }));
  await page.getByText('Saved.').waitFor();
  expect(await unread.count()).toBe(0);
  letGo();
  expect(await barriersOn(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await fetch(api(`integrations/${id}`), { method: 'DELETE' });
});
