import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Flow } from '../../server/api/contract.ts';
import { flowView } from '../../server/api/flows/flow-view.ts';
import { connectors } from '../../server/connectors/index.ts';
import { sheetRowToLead } from '../../server/flows/sheet-row-to-lead/flow.ts';
import { integrationRow } from '../integration-row.ts';
import { openChromium } from './chromium.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { openPage, type PageWish } from './open-page.ts';

/** The settings of the flow that reads a sheet, as its own declaration gives them, in a real Chromium. */

let browser: Browser;
let server: MemoryServer;
let context: BrowserContext;
let page: Page;
let complaints: string[];

const NAMES = { en: 'Sheet rows to leads', fr: 'Lignes de tableur vers prospects' };

function sheetFlow(): Flow {
  const registry = new Map(connectors.map((one) => [one.id, one]));
  const row = integrationRow({
    organisationId: 'lumen',
    flow: sheetRowToLead.id,
    enabled: false,
    settings: { spreadsheetId: '1Lumen' },
  });
  const account = { id: 'account', name: 'Atelier Lumen' };
  const connected = ['google-sheets', 'zoho-crm'].map((connector, index) => ({
    connector,
    account,
    id: `00000000-0000-4000-8000-00000000000${index}`,
    state: 'active',
  }));
  return flowView(sheetRowToLead as never, row, registry as never, connected as never, undefined, {
    timeZone: 'Europe/Paris',
    currency: 'EUR',
    now: new Date(),
  });
}

async function open(language: 'en' | 'fr', wish: PageWish = {}): Promise<void> {
  const url = `${server.url}#/flows`;
  ({ context, page, complaints } = await openPage(browser, url, { language, ...wish }));
}

const card = (language: 'en' | 'fr') => page.getByRole('article', { name: NAMES[language] });
const stored = () => server.world.flows[0]?.settings.values;
const columns = () => (stored()?.columns ?? []) as { header: string; field: string }[];

beforeAll(async () => {
  browser = await openChromium();
  server = await openMemoryServer();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(() => {
  server.world.flows = [sheetFlow()];
  server.services.offers.set('spreadsheetId', {
    offers: [{ value: '1Lumen', title: 'Prospects du site' }],
    problem: null,
  });
  server.services.offers.set('columns.header', {
    offers: ['Prénom', 'Nom', 'E-mail', 'Né le'].map((value, at) => ({
      value,
      title: `${value} (${'ABCD'[at]})`,
    })),
    problem: null,
  });
  server.services.offers.set('columns.field', {
    offers: [
      { value: 'First_Name', title: 'Prénom (texte)' },
      { value: 'Last_Name', title: 'Nom de famille (texte)' },
      { value: 'Email', title: 'E-mail (adresse e-mail)' },
      { value: 'Birth', title: 'Naissance (date)' },
    ],
    problem: null,
  });
});
afterEach(() => context?.close());

describe('the columns of a sheet', () => {
  it('are a table of what the sheet and the CRM have, changed with the mouse', async () => {
    await open('fr');
    await card('fr').getByText('Réglages', { exact: true }).click();
    const table = card('fr').getByRole('table', { name: 'Colonnes' });
    await card('fr').getByText('Colonnes qui ne remplissent rien : Né le (D)').waitFor();
    expect(await table.getByRole('row').count()).toBe(8);
    expect(await table.getByRole('combobox', { name: 'Champ, ligne 2' }).inputValue()).toBe(
      'Nom de famille (texte)',
    );
    await card('fr').getByRole('button', { name: 'Retirer Message' }).click();
    await card('fr').getByRole('button', { name: 'Ajouter une colonne' }).click();
    // The field of the new row has the focus, and shows what there is.
    await page.getByRole('option', { name: 'Naissance (date)' }).click();
    expect(await table.getByRole('combobox', { name: 'Colonne, ligne 7' }).inputValue()).toBe('Né le (D)');
    await card('fr').getByRole('button', { name: 'Enregistrer' }).click();
    await card('fr').getByText('Enregistré.').waitFor();
    expect(columns()).toHaveLength(7);
    expect(columns().at(-1)).toEqual({ header: 'Né le', field: 'Birth' });
    expect(columns().map(({ header }) => header)).not.toContain('Message');
    expect(complaints).toEqual([]);
  });

  it('are changed with the keyboard alone', async () => {
    await open('en');
    await card('en').getByText('Settings', { exact: true }).focus();
    await page.keyboard.press('Enter');
    // Before it is known which columns fill nothing, there is none to begin a row with.
    await card('en').getByText('Columns that fill nothing: Né le (D)').waitFor();
    await card('en').getByRole('button', { name: 'Add a column' }).focus();
    await page.keyboard.press('Enter');
    // The new row has a column that was not used yet, and the focus is in its field.
    await page.getByRole('option', { name: 'Prénom (texte)' }).waitFor();
    await page.keyboard.type('Naiss');
    await page.getByRole('option', { name: 'Naissance (date)' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await card('en').getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await card('en').getByText('Saved.').waitFor();
    expect(columns().at(-1)).toEqual({ header: 'Né le', field: 'Birth' });
  });

  it('of a row that is not finished are told before anything is sent', async () => {
    await open('fr');
    await card('fr').getByText('Réglages', { exact: true }).click();
    await card('fr').getByText('Colonnes qui ne remplissent rien : Né le (D)').waitFor();
    await card('fr').getByRole('button', { name: 'Ajouter une colonne' }).click();
    await page.getByRole('option', { name: 'Prénom (texte)' }).waitFor();
    await page.keyboard.press('Escape');
    await card('fr').getByRole('button', { name: 'Enregistrer' }).click();
    await card('fr').getByText('Choisissez une colonne et un champ à chaque ligne').waitFor();
    expect(columns()).toHaveLength(7);
  });

  it('fit a phone’s width', async () => {
    await open('fr', { width: 320 });
    await card('fr').getByText('Réglages', { exact: true }).click();
    await card('fr').getByRole('table', { name: 'Colonnes' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});

describe('turning the flow on', () => {
  it.each([
    ['Seulement ce qui arrive désormais', 'new'],
    ['Aussi les lignes déjà présentes', 'all'],
  ])('asks what to begin with: %s', async (choice, value) => {
    await open('fr');
    await card('fr').getByRole('switch').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Un exemple.').waitFor();
    expect(await dialog.getByRole('radio', { name: 'Seulement ce qui arrive désormais' }).isChecked()).toBe(
      true,
    );
    await dialog.getByRole('radio', { name: choice }).check();
    await dialog.getByRole('button', { name: 'Activer' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(server.world.flows[0]?.enabled).toBe(true);
    expect(stored()).toMatchObject({ begin: value, spreadsheetId: '1Lumen' });
  });

  it('is left off where the question is cancelled, and turned off without one', async () => {
    await open('en');
    await card('en').getByRole('switch').click();
    await page.keyboard.press('Escape');
    expect(server.world.flows[0]?.enabled).toBe(false);
    server.world.flows[0]!.enabled = true;
    await page.reload();
    await card('en').getByRole('switch').click();
    await card('en').getByText('Off', { exact: true }).waitFor();
    expect(server.world.flows[0]?.enabled).toBe(false);
  });
});
