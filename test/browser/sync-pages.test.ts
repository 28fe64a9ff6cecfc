import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openShared, type SharedDatabase } from '../sync/rig.ts';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { contact, crmContact, openSyncWorld, type SyncWorld } from './memory-api/sync-world.ts';
import { openPage, type PageWish } from './open-page.ts';

/** What the pages of a sync say while it works, after it was stopped or changed, and to two people at once. */

let browser: Browser;
let shared: SharedDatabase;
let world: SyncWorld;
let server: MemoryServer;
let page: Page;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [browser, shared] = await Promise.all([openChromium(), openShared()]);
});
afterAll(async () => {
  await browser?.close();
  await shared?.close();
});
beforeEach(async () => {
  world = await openSyncWorld(shared);
  server = await openMemoryServer([], world.asSession, world.alerts);
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((one) => one.close()));
  await server?.stop();
  await world?.close();
});

const SYNC = (tab = '') => `#/syncs?sync=${world.rig.sync.id}${tab === '' ? '' : `&tab=${tab}`}`;

async function open(hash: string, options: PageWish = {}): Promise<Page> {
  const opened = await openPage(browser, `${server.url}${hash}`, { language: 'en', ...options });
  contexts.push(opened.context);
  page = opened.page;
  return page;
}

const button = (name: string | RegExp, on = page) =>
  on.getByRole('button', { name, exact: typeof name === 'string' });
const tab = (name: string | RegExp) =>
  page.getByRole('navigation', { name: /Parts|Parties/ }).getByRole('link', { name });
const status = () => page.locator('.sync-status').first();
const focused = () =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement === document.body ? 'the page' : (activeElement?.textContent ?? '');
  });
const key = () => [world.rig.key.organisationId, world.rig.sync.id] as const;

function people(count: number, from = 0) {
  for (let index = from; index < from + count; index += 1) {
    const name = `${String.fromCharCode(97 + Math.floor(index / 26))}${String.fromCharCode(97 + (index % 26))}`;
    world.google.put(null, contact('Anne', `Client ${name}`));
  }
}

async function previewed() {
  await world.services.startPreview(...key());
  await world.turns();
}

async function goLive() {
  await previewed();
  await world.services.apply(...key());
  await world.turns();
  await world.settle();
}

/** Two with one address, of whom nobody can say which one is meant. */
function doubles(family: string) {
  world.google.put(null, contact('Paul', family));
  world.google.put(null, contact('Paul', family));
  world.crm.put(null, crmContact('Paul', family));
}

describe('while a sync works', () => {
  it('an apply shows how far it is and the stop that was promised, on the tab where it was begun', async () => {
    people(4);
    await previewed();
    await open(SYNC('preview'), { language: 'fr' });
    await button('Appliquer').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Vous pouvez arrêter à tout moment').waitFor();
    await dialog.getByRole('button', { name: 'Appliquer' }).click();
    const work = page.getByRole('region', { name: 'En cours' });
    await work.getByRole('progressbar', { name: /Écriture 0 sur 4/ }).waitFor();
    await page.getByText('Il est appliqué en ce moment.').waitFor();
    expect(await page.getByText('a continué depuis').count()).toBe(0);
    await tab('Fiches').click();
    await work.getByRole('button', { name: 'Arrêter' }).click();
    await status().getByText('En pause').waitFor();
    await tab('Aperçu').click();
    await page.getByText('Il a été appliqué en partie').waitFor();
    await button('Reprendre').waitFor();
    await tab('Historique').click();
    const apply = page.locator('.record', { hasText: 'Aperçu appliqué' });
    await apply.getByText('arrêté').waitFor();
    expect(await apply.getByText('en cours').count()).toBe(0);
    await tab('Aperçu').click();
    await button('Reprendre').click();
    await status().getByText('Application de l’aperçu').waitFor();
    await world.turns();
    await status().getByText('4 à jour').waitFor();
    await page.getByText('La synchronisation a continué depuis').waitFor();
  });

  it('a preview tells how much is read once, also of what an earlier one had read', async () => {
    people(7);
    await previewed();
    await open(SYNC(), { language: 'fr' });
    await page.getByText('7 fiches lues jusqu’ici').waitFor();
    await button('Nouvel aperçu').click();
    await page.getByRole('progressbar', { name: /Lecture des deux côtés 0 fiche jusqu’ici/ }).waitFor();
    await page.reload();
    await page.getByRole('progressbar', { name: /Lecture des deux côtés/ }).waitFor();
    expect((await page.locator('main').textContent())?.match(/\d+ fiches? (lues )?jusqu’ici/g)).toEqual([
      '0 fiche jusqu’ici',
    ]);
    await page.goto(`${server.url}#/syncs`);
    await page.locator('.sync-card progress').waitFor();
    expect(
      (await page.locator('.sync-card').textContent())?.match(/\d+ fiches? (lues )?jusqu’ici/g),
    ).toHaveLength(1);
  });
});

describe('the list of a preview', () => {
  it('holds every record that an apply would touch, by kind, by name, page by page', async () => {
    people(60);
    doubles('Double');
    await previewed();
    await open(SYNC('preview'));
    const chips = page.getByRole('group', { name: 'What would happen' });
    await chips.getByRole('button', { name: 'Created 60' }).click();
    expect(await page.locator('.sample').count()).toBe(50);
    await button('Load more').click();
    await page.locator('.sample', { hasText: 'Anne Client ch' }).waitFor();
    expect(await page.locator('.sample').count()).toBe(60);
    await chips.getByRole('button', { name: /^Left out/ }).click();
    await page
      .locator('.sample')
      .getByText(/share E-mail/)
      .first()
      .waitFor();
    await chips.getByRole('button', { name: /^All/ }).click();
    await page.getByLabel('Search').fill('client bc');
    await page.waitForFunction(() => document.querySelectorAll('.sample').length === 1);
    await page.getByLabel('Search').fill('nobody of this name');
    await page.getByRole('heading', { name: 'No record matches' }).waitFor();
    expect(await barriersOn(page)).toEqual([]);
    await button('Clear the search').click();
    await page.locator('.sample').nth(49).waitFor();
  });
});

describe('a mapping that is saved', () => {
  it.each([
    [
      'en',
      'Save and stop the sync',
      /Saving this stops the sync/,
      'Stopped: a new preview comes first',
      'Start the preview',
      'Remove the row Company · Account',
      'Preview',
    ],
    [
      'fr',
      'Enregistrer et arrêter la synchronisation',
      /Enregistrer ceci arrête la synchronisation/,
      'Arrêtée\u00a0: un nouvel aperçu est nécessaire',
      'Lancer l’aperçu',
      'Retirer la ligne Société · Compte',
      'Aperçu',
    ],
  ])(
    'of a running sync says before what that does and after what it did: %s',
    async (language, save, before, after, offer, remove) => {
      people(3);
      await goLive();
      await open(SYNC('mapping'), { language });
      await button(remove).click();
      await page.getByRole('status').filter({ hasText: before }).waitFor();
      await button(save).click();
      const notice = page.getByRole('region', { name: after });
      await notice.waitFor();
      await status().getByText(after).waitFor();
      expect(await status().textContent()).toMatch(language === 'fr' ? /3 à jour/ : /3 were in sync/);
      await page
        .getByRole('navigation')
        .getByRole('link', { name: /Overview|Vue d’ensemble/ })
        .click();
      await page.getByRole('region', { name: after }).waitFor();
      expect(await page.locator('.plain-steps').count()).toBe(0);
      await button(offer).click();
      await page.getByRole('progressbar').waitFor();
      await world.turns();
      await status()
        .getByText(/Preview ready|Aperçu prêt/)
        .waitFor();
    },
  );

  it('says why it cannot be yet', async () => {
    await open(SYNC('mapping'), { language: 'fr' });
    await button('Ajouter une ligne').click();
    await page.getByText('un champ manque dans une ligne').waitFor();
    expect(await button('Enregistrer').isDisabled()).toBe(true);
    const open_ = page.getByRole('group', { name: 'Ligne\u00a0: Choisir un champ' });
    await open_.getByRole('combobox', { name: 'Champ de Contacts Google' }).fill('zzz');
    await page.getByText('Aucun champ de ce nom').waitFor();
    await page.keyboard.press('Escape');
    await button('Retirer la ligne Choisir un champ').click();
    await page.getByLabel('Nombre de fiches').fill('-1');
    await page.getByText('Un nombre entier de 0 à 1 000 000.').waitFor();
    await page.getByText('un nombre du frein ne convient pas').waitFor();
    expect(await button('Enregistrer').isDisabled()).toBe(true);
    expect(await page.getByLabel('Nombre de fiches').inputValue()).toBe('-1');
    await page.getByLabel('Nombre de fiches').fill('7');
    await page.getByLabel('Tout comparer').selectOption('une fois par semaine');
    await button('Enregistrer').click();
    await page.getByText('Enregistré.').waitFor();
    expect((await world.services.get(...key()))?.settings).toMatchObject({
      brake: { records: 7 },
      sweepHours: 168,
    });
  });

  it('is asked about before another tab is opened', async () => {
    await open(SYNC('mapping'));
    await page.getByLabel('Ask both sides').selectOption('every 15 minutes');
    await tab('Records').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click();
    expect(await page.getByLabel('Ask both sides').inputValue()).toBe('900');
    await button('Discard changes').click();
    await tab('Records').click();
    await page.getByRole('heading', { name: 'No record here' }).waitFor();
  });
});

describe('two windows on one mapping', () => {
  it('lose nothing of what each saved, and tell of it', async () => {
    const one = await open(SYNC('mapping'));
    const two = await open(SYNC('mapping'));
    await button('Remove the row Company · Account', one).click();
    await two.getByLabel('Ask both sides').selectOption('every 15 minutes');
    const row = (on: Page) => on.getByRole('group', { name: 'Row: Phone' });
    await row(two).getByLabel('A blank on the winning side').selectOption('empties the other');
    await button('Save', one).click();
    await one.getByText('Saved.').waitFor();
    await button('Save', two).click();
    await two.getByText('Saved.').waitFor();
    const notice = two.getByRole('alert', { name: 'Changed meanwhile' });
    expect(await notice.textContent()).toMatch(/Company\s*removed/);
    await two.getByRole('group', { name: 'Row: Company · Account' }).waitFor({ state: 'detached' });
    const saved = await world.services.get(...key());
    expect(saved?.settings.everySeconds).toBe(900);
    expect(saved?.settings.rules.fields.map(({ left, blank }) => [left, blank])).toEqual([
      ['names', 'ask'],
      ['emails', 'ask'],
      ['phones', 'clear'],
    ]);
  });

  it('ask which one holds where both changed the same row', async () => {
    const one = await open(SYNC('mapping'), { language: 'fr' });
    const two = await open(SYNC('mapping'), { language: 'fr' });
    const blank = (on: Page) =>
      on.getByRole('group', { name: 'Ligne\u00a0: Téléphone' }).getByLabel('Un vide du côté qui l’emporte');
    await blank(two).selectOption('vide l’autre');
    await blank(one).selectOption('laisse l’autre');
    await button('Enregistrer', one).click();
    await one.getByText('Enregistré.').waitFor();
    // The other window hears of it while it is still being edited.
    world.services.changed(world.rig.key);
    const choice = two.getByRole('group', { name: 'Téléphone', exact: true });
    await choice.waitFor();
    expect(await choice.textContent()).toMatch(
      /La vôtre.*vide l’autre.*Enregistrée entre-temps.*laisse l’autre/,
    );
    expect(await button('Enregistrer', two).isDisabled()).toBe(true);
    expect(await barriersOn(two)).toEqual([]);
    await choice.getByRole('button', { name: /Garder la mienne/ }).click();
    await button('Enregistrer', two).click();
    await two.getByText('Enregistré.').waitFor();
    const saved = await world.services.get(...key());
    expect(saved?.settings.rules.fields.find(({ left }) => left === 'phones')?.blank).toBe('clear');
  });
});

describe('what is counted', () => {
  it('leads to the records, under one word everywhere; what is left out is taken back at once', async () => {
    people(3);
    for (const family of ['Double', 'Jumeau', 'Pareil']) doubles(family);
    world.crm.refuses = (values) => (JSON.stringify(values).includes('Client ab') ? 'Email' : null);
    await goLive();
    await open(SYNC(), { language: 'fr' });
    await status().getByRole('link', { name: '1 mise de côté' }).click();
    await page.getByRole('heading', { name: 'Anne Client ab' }).waitFor();
    await page.getByText('bad E-mail').or(page.getByText('bad Email')).first().waitFor();
    const { counts } = (await world.services.get(...key()))!;
    expect(counts.excluded).toBeGreaterThan(2);
    await tab(`Écartées ${counts.excluded}`).waitFor();
    await status()
      .getByRole('link', { name: `${counts.excluded} écartées` })
      .click();
    await page
      .locator('.record')
      .nth(counts.excluded - 1)
      .waitFor();
    expect(await page.locator('.record > .state').first().textContent()).toBe('Écartée');
    expect(await page.getByText(/laissées? de côté/i).count()).toBe(0);
    await button(`Réintégrer les ${counts.excluded}`).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`${counts.excluded} fiches participent de nouveau`).waitFor();
    await dialog.getByRole('button', { name: 'Tout réintégrer' }).click();
    await page.getByText(`${counts.excluded} fiches participent de nouveau.`).waitFor();
    await page.getByRole('heading', { name: 'Aucune fiche n’est écartée' }).waitFor();
  });

  it('counts what can be taken back for what it is: records that are left out, and linked pairs that differ', async () => {
    people(2);
    await goLive();
    for (const { id } of world.google.live()) world.google.edit(id, { phones: '01 23 45 67 89' });
    await world.settle();
    const run = (await world.services.passes(...key()))!.passes.find(({ kind }) => kind === 'live');
    for (const family of ['Double', 'Jumeau']) doubles(family);
    await world.settle();
    await world.services.undo(...key(), run!.id);
    await world.turns();
    const { counts } = (await world.services.get(...key()))!;
    expect(counts.differing).toBe(2);
    expect(counts.excluded).toBeGreaterThan(1);
    await open(SYNC('excluded'), { language: 'fr' });
    await tab(`Écartées ${counts.excluded}`).waitFor();
    await button(`Réintégrer les ${counts.excluded}, et 2 paires différentes`).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`${counts.excluded} fiches participent de nouveau`).waitFor();
    await dialog.getByText('2 paires qu’une annulation a laissées différentes redeviennent égales').waitFor();
  });

  it('does not call in sync what an undo left different', async () => {
    people(1);
    await goLive();
    const [held] = world.google.live();
    world.google.edit(held!.id, { phones: '01 23 45 67 89' });
    await world.settle();
    const run = (await world.services.passes(...key()))!.passes.find(({ kind }) => kind === 'live');
    await world.services.undo(...key(), run!.id);
    await world.turns();
    await open(SYNC('records'), { language: 'fr' });
    await page.locator('.record').getByText('Différente depuis une annulation').waitFor();
    await page.getByText(/les deux côtés diffèrent\u00a0: Téléphone/).waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/À jour/);
    await status().getByRole('link', { name: '1 différente depuis une annulation' }).waitFor();
  });
});

describe('the focus', () => {
  it('stays in the list after a decision and when nothing is left to decide', async () => {
    people(3);
    await goLive();
    for (const { id } of world.crm.live()) world.crm.edit(id, { Email: null });
    await world.settle();
    await open(SYNC('conflicts'));
    await page.locator('.record').nth(2).waitFor();
    const first = button('Keep Google contacts: E-mail').first();
    await first.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Decided; it is carried over now.').waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('.records') !== null);
    await world.turns();
    await page.waitForFunction(() => document.querySelectorAll('.record').length === 2);
    await page.waitForFunction(() => document.activeElement?.closest('.records') !== null);
    expect(await focused()).toContain('Anne Client');
    for (let left = 1; left >= 0; left -= 1) {
      await button('Keep Google contacts: E-mail').first().focus();
      const decided = page.waitForResponse((answer) => answer.request().method() === 'POST');
      await page.keyboard.press('Enter');
      await decided;
      await world.turns();
      await page.waitForFunction((count) => document.querySelectorAll('.record').length === count, left);
      // It comes after the list, and would be taken from what is focused meanwhile.
      if (left > 0) await page.waitForFunction(() => document.activeElement?.closest('.records') !== null);
    }
    await page.getByRole('heading', { name: 'Nothing to decide' }).waitFor();
    await page.waitForFunction(() => document.activeElement !== document.body);
    expect(await focused()).toContain('Nothing to decide');
  });

  it('is on the next record after two were linked by hand', async () => {
    for (const family of ['Abel', 'Berger', 'Caron']) {
      world.google.put(null, contact('Zoé', family));
      world.crm.put(null, { Full_Name: { given: 'Zoe', family: `${family} autre` }, Email: null });
    }
    const { settings } = (await world.services.get(...key()))!;
    const fields = settings.rules.fields.map(({ kind: _kind, ...row }) => row);
    const rules = { ...settings.rules, fields, create: { left: false, right: false } };
    await world.services.set(...key(), { rules });
    await goLive();
    await open(`${SYNC('records')}&state=alone`);
    await page.locator('.record').nth(5).waitFor();
    const rows = await page.locator('.record-name').allTextContents();
    await button(/^Link by hand/)
      .first()
      .focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Search').fill('nobody');
    await dialog.getByText('No record without a counterpart is found there.').waitFor();
    await dialog.getByLabel('Search').fill('');
    await dialog.getByRole('radio').first().check();
    await dialog.getByRole('button', { name: 'Link', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.querySelectorAll('.record').length === 4);
    await page.waitForFunction(() => document.activeElement?.closest('.records') !== null);
    expect(rows.some((row) => row !== rows[0])).toBe(true);
    expect(await focused()).not.toBe('the page');
  });
});
