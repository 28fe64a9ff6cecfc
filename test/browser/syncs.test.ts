import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openShared, type SharedDatabase } from '../sync/rig.ts';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { type MemoryServer, openMemoryServer } from './memory-api/memory-server.ts';
import { contact, crmContact, openSyncWorld, type SyncWorld } from './memory-api/sync-world.ts';
import { openPage, type PageWish } from './open-page.ts';

/** The screens of syncs in a real Chromium, over the real API, engine and store, between two vendors in memory. */

let browser: Browser;
let shared: SharedDatabase;
let world: SyncWorld;
let server: MemoryServer;
let context: BrowserContext;
let page: Page;
let complaints: string[];

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
  await context?.close();
  await server?.stop();
  await world?.close();
});

const SYNC = () => `#/syncs?sync=${world.rig.sync.id}`;

async function open(hash: string, options: PageWish & { role?: MemoryServer['role'] } = {}) {
  server.role = options.role ?? 'admin';
  const url = `${server.url}${hash}`;
  ({ context, page, complaints } = await openPage(browser, url, { language: 'en', ...options }));
}

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const tab = (name: string | RegExp) =>
  page.getByRole('navigation', { name: /Parts|Parties/ }).getByRole('link', { name });
const status = () => page.locator('.sync-status').first();

function people(count: number) {
  for (let index = 0; index < count; index += 1) {
    world.google.put(null, contact('Anne', `Client ${String.fromCharCode(97 + index)}`));
  }
}

async function goLive() {
  const { organisationId, integration: flow } = world.rig.key;
  await world.services.startPreview(organisationId, flow);
  await world.turns();
  await world.services.apply(organisationId, flow);
  await world.turns();
  await world.settle();
}

describe('a sync', () => {
  it('is previewed, looked at, applied after a question, and then live, as it happens', async () => {
    people(3);
    world.crm.put(null, crmContact('Anne', 'Client a', { Phone: '01 23 45 67 89' }));
    await open('#/syncs');
    await page.getByText('Not started').waitFor();
    await page.getByRole('link', { name: 'Contacts: Google ↔ CRM' }).click();
    await button('Start the preview').click();
    await page.getByRole('progressbar', { name: /Reading both sides/ }).waitFor();
    await button('Cancel the preview').waitFor();
    await world.turns();
    await status().getByText('Preview ready: nothing is written yet').waitFor();
    await page.getByRole('link', { name: 'See the preview' }).click();
    const would = page.getByRole('table').filter({ hasText: 'created' }).first();
    expect(await would.getByRole('row', { name: /created/ }).textContent()).toBe('created02');
    expect(await would.getByRole('row', { name: /changed/ }).textContent()).toBe('changed10');
    await page.getByText('1 by E-mail').waitFor();
    const sample = page.locator('.sample', { hasText: 'Anne Client a' });
    expect(await sample.textContent()).toMatch(
      /matched by E-mail[\s\S]*Phone in Google contacts\s*blank\s*01 23 45 67 89/,
    );
    expect(world.google.written.concat(world.crm.written)).toEqual([]);
    await button('Apply').click();
    await page.getByRole('dialog').getByText('3 changes are written now').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
    await status().getByText('Applying the preview').waitFor();
    await world.turns();
    await status().getByText('In sync', { exact: true }).waitFor();
    await status().getByText('3 in sync').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([
    ['en', 'Apply', 'Also created: Companies', 'History', /^Undo…/, 'taken away', 'left', 'Undo'],
    [
      'fr',
      'Appliquer',
      'Créés aussi\u00a0: Sociétés',
      'Historique',
      /^Annuler…/,
      'retiré',
      'laissé',
      'Annuler l’exécution',
    ],
  ] as const)(
    'tells of the accounts that it makes, before and after, and of those that an undo leaves (%s)',
    async (language, apply, also, history, undo, gone, left, yes) => {
      for (const [index, company] of ['Neuve', 'neuve', 'Autre'].entries()) {
        world.google.put(null, contact('Anne', `Client ${'abc'[index]}`, { company }));
      }
      await world.services.startPreview(world.rig.key.organisationId, world.rig.sync.id);
      await world.turns();
      await open(`${SYNC()}&tab=preview`, { language });
      const facts = page.locator('.facts');
      await facts.getByText(also).waitFor();
      await facts.getByText('Autre, Neuve').waitFor();
      await button(apply).click();
      await page
        .getByRole('dialog')
        .getByText(/(Companies|Sociétés).*2/)
        .waitFor();
      await page.getByRole('dialog').getByRole('button', { name: apply }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await world.turns();
      await tab(history).click();
      const row = page.locator('.companions');
      await row
        .first()
        .getByText(/(Companies 2 created|Sociétés 2 créés)/)
        .click();
      await row.first().getByRole('link', { name: 'Autre' }).waitFor();
      const used = [...world.accounts.held.values()].find(({ name }) => name === 'Neuve');
      world.accounts.used.add(used?.id ?? '');
      await page.getByRole('button', { name: undo }).click();
      await page
        .getByRole('dialog')
        .getByText(/(Companies|Sociétés).*2/)
        .waitFor();
      await page.getByRole('dialog').getByRole('button', { name: yes, exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await world.turns();
      await row.first().getByText(`1 ${gone}, 1 ${left}`).waitFor();
      expect(complaints).toEqual([]);
    },
  );

  it('says what is not in sync, and never that it is while it is not', async () => {
    people(4);
    world.crm.refuses = (values) => (JSON.stringify(values).includes('Client c') ? 'Email' : null);
    await goLive();
    await open('#/syncs', { language: 'fr' });
    await page.getByText('3 à jour, 1 mise de côté').waitFor();
    await status().getByText('Des fiches ont besoin de vous').waitFor();
    await world.services.stop(world.rig.key.organisationId, world.rig.sync.id);
    await world.turns();
    await page.getByText('3 à jour lors de la dernière lecture, 1 mise de côté').waitFor();
  });

  it('that lacks a connection says so and leads there', async () => {
    await shared.database.query(`delete from connections where organisation_id = $1 and connector = 'crm'`, [
      world.rig.key.organisationId,
    ]);
    world.disconnected.add('crm');
    await open(SYNC());
    await page.getByText('Needs a connection: CRM.').waitFor();
    expect(await button('Start the preview').isDisabled()).toBe(true);
    await tab('Mapping').click();
    await page.getByText('CRM is not connected. An admin can connect it under Connections.').waitFor();
    await page.getByText('The fields of one side could not be read').waitFor();
  });

  it('that does not exist is answered with a sentence', async () => {
    await open('#/syncs?sync=nothing');
    await page.getByText('There is nothing here under this address.').waitFor();
  });

  it('is shown but not changed by a rep', async () => {
    people(1);
    await goLive();
    await open(SYNC(), { role: 'rep' });
    await page.getByText('Only an admin may change syncs.').waitFor();
    await tab('Mapping').click();
    await page.getByText('Only an admin may change the mapping.').waitFor();
    expect(await button('Save').count()).toBe(0);
    await tab('History').click();
    await page.getByText('Preview applied').waitFor();
    expect(await button(/Undo/).count()).toBe(0);
  });
});

describe('the brake', () => {
  it('says why it stopped and what each way on does, and asks before it deletes', async () => {
    people(12);
    await goLive();
    await open(SYNC());
    await status().getByText('In sync', { exact: true }).waitFor();
    for (const { id } of world.google.live().slice(0, 8)) world.google.remove(id);
    await world.settle();
    await page.getByText('The brake is on').waitFor();
    await page.getByText('8 linked records seem to have been deleted at once').waitFor();
    await button('Delete them').click();
    await page.getByRole('dialog').getByText('8 records would be deleted on the other side').waitFor();
    await page.keyboard.press('Escape');
    await button('Keep them').click();
    await page.getByText('The brake is on').waitFor({ state: 'detached' });
    await world.settle();
    await status().getByText('4 in sync').waitFor();
    expect(world.crm.live()).toHaveLength(12);
  });
});

describe('the mapping', () => {
  it('is edited row by row, refused in sentences beside the row, and then saved', async () => {
    people(1);
    await open(`${SYNC()}&tab=mapping`);
    await button('Add a row').click();
    const row = page.getByRole('group', { name: 'Row: Choose a field' });
    await row.getByRole('combobox', { name: 'Field of Google contacts' }).fill('not');
    await page.getByRole('option', { name: /Note/ }).click();
    const named = page.getByRole('group', { name: 'Row: Note', exact: true });
    await named.getByRole('combobox', { name: 'Field of CRM contacts' }).click();
    // A number cannot hold a note.
    expect(await page.getByRole('option', { name: /Revenue/ }).count()).toBe(0);
    await page.getByRole('option', { name: /^Account/ }).click();
    await button('Save').click();
    await page
      .getByText('“Account” of CRM contacts already has a row: two rows would overwrite each other.')
      .waitFor();
    expect(
      (await world.services.get(world.rig.key.organisationId, world.rig.sync.id))?.settings.rules.fields,
    ).toHaveLength(4);
    const both = page.getByRole('group', { name: 'Row: Note · Account' });
    await both.getByRole('combobox', { name: 'Field of CRM contacts' }).fill('desc');
    await page.getByRole('option', { name: /Description/ }).click();
    const last = page.getByRole('group', { name: 'Row: Note · Description' });
    await last.getByLabel('Direction').selectOption('into CRM contacts');
    await last.getByLabel('A blank on the winning side').selectOption('empties the other');
    await page.getByLabel('Ask both sides').selectOption('every 15 minutes');
    await page.getByLabel('Create accounts that are missing').uncheck();
    await button('Save').click();
    await page.getByText('Saved.').waitFor();
    const saved = await world.services.get(world.rig.key.organisationId, world.rig.sync.id);
    expect(saved?.settings).toMatchObject({
      everySeconds: 900,
      options: { right: { createAccounts: false } },
    });
    expect(saved?.settings.rules.fields.at(-1)).toEqual({
      left: 'note',
      right: 'Description',
      kind: 'long-text',
      direction: 'to-right',
      master: 'left',
      blank: 'clear',
    });
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
  });

  it('makes fields for what one side tells and the other has no place for, and joins them', async () => {
    await open(`${SYNC()}&tab=mapping`);
    await button('Create a field for it in CRM contacts, and add its row').click();
    const row = page.getByRole('group', { name: 'Row: Changed on · Google modifié le' });
    await row.waitFor();
    await button('Save').click();
    await page.getByText('Saved.').waitFor();
    const saved = await world.services.get(world.rig.key.organisationId, world.rig.sync.id);
    expect(saved?.settings.rules.fields.at(-1)).toMatchObject({
      left: 'updated',
      right: 'Google_modifié_le',
      direction: 'to-right',
    });
    expect(await page.locator('.new-fields').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('is edited by keyboard alone', async () => {
    await open(`${SYNC()}&tab=mapping`);
    await button('Remove the row Company · Account').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Row: Company · Account' }).waitFor({ state: 'detached' });
    await button('Add a row').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Field of Google contacts' }).last().focus();
    await page.keyboard.type('birth');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Row: Birthday', exact: true }).waitFor();
    await button('Discard changes').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Row: Company · Account' }).waitFor();
  });
});

describe('the records', () => {
  it('are filtered by state and name, and open with the history of every field', async () => {
    people(5);
    await goLive();
    const [first] = world.google.live();
    world.google.edit(first!.id, { phones: '01 23 45 67 89' });
    await world.settle();
    world.google.edit(first!.id, { phones: '06 11 22 33 44' });
    await world.settle();
    await open(`${SYNC()}&tab=records`);
    await page.getByRole('link', { name: 'Anne Client e' }).waitFor();
    expect(await page.locator('.record').count()).toBe(5);
    await page.getByLabel('Search').fill('client a');
    await page.getByRole('link', { name: 'Anne Client e' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Anne Client a' }).click();
    const panel = page.getByRole('region', { name: 'Anne Client a' });
    const phone = panel.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Phone' }) });
    await phone.getByText(/from Google contacts, .* · was 01 23 45 67 89/).waitFor();
    await phone.getByText('Earlier').click();
    expect(await phone.getByRole('row').count()).toBe(3);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Anne Client a');
    await page.getByLabel('Search').fill('nobody');
    await page.getByRole('heading', { name: 'No record matches' }).waitFor();
  });

  it('that were left out say why, are included again, or linked by hand', async () => {
    world.google.put(null, contact('Paul', 'Double'));
    world.google.put(null, contact('Paul', 'Double'));
    world.crm.put(null, crmContact('Paul', 'Double'));
    await goLive();
    await open(`${SYNC()}&tab=records&state=excluded`);
    await page
      .getByText(/share E-mail “paul\.double@clients\.example”/)
      .first()
      .waitFor();
    const before = await page.locator('.record').count();
    await button(/Take back in/)
      .first()
      .click();
    await page.waitForFunction((count) => document.querySelectorAll('.record').length < count, before);
  });
});

describe('what needs a person', () => {
  it('is decided, one by one or all for one side', async () => {
    people(3);
    await goLive();
    for (const { id } of world.crm.live()) world.crm.edit(id, { Email: null });
    await world.settle();
    await open(SYNC());
    // The navigation says it from every screen.
    await page.getByRole('link', { name: /\(3 to decide\)/ }).waitFor();
    await tab('Conflicts 3').click();
    await button('Keep Google contacts: E-mail').first().click();
    await page.getByText('Decided; it is carried over now.').waitFor();
    await world.turns();
    await tab('Conflicts 2').waitFor();
    await page.getByRole('link', { name: /\(2 to decide\)/ }).waitFor();
    await button('CRM contacts wins all').click();
    await page.getByRole('dialog').getByText('2 records with an open question').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Decide all' }).click();
    await world.settle();
    await page.getByRole('heading', { name: 'Nothing to decide' }).waitFor();
    expect(world.google.live().filter((held) => held.values.emails != null)).toHaveLength(1);
  });

  it('on the shelf shows the vendor’s words, the field and its value, and is tried again', async () => {
    people(3);
    world.crm.refuses = (values) => (JSON.stringify(values).includes('Client') ? 'Email' : null);
    await goLive();
    await open(SYNC());
    await tab('Shelf 3').click();
    const first = page.locator('.record', { hasText: 'Anne Client a' });
    await first.getByText('Value of E-mail:').waitFor();
    expect(await first.textContent()).toMatch(
      /bad Email[\s\S]*Refused by CRM contacts[\s\S]*Value of E-mail: anne\.clienta@clients\.example/,
    );
    world.crm.refuses = () => null;
    await button('Try again: Anne Client a').click();
    await tab('Shelf 2').waitFor();
    await button('Try all again').click();
    await page.getByRole('heading', { name: 'The shelf is empty' }).waitFor();
    // Both wishes have arrived by now: the sync takes its turns after them.
    await world.turns();
    await status().getByText('3 in sync').waitFor();
  });
});

describe('the history', () => {
  it('takes a run back after showing what that would write', async () => {
    people(3);
    await goLive();
    world.crm.edit(world.crm.live()[0]!.id, { Phone: '01 02 03 04 05' });
    await world.settle();
    await open(`${SYNC()}&tab=history`, { language: 'fr' });
    await page
      .locator('.record', { hasText: 'Aperçu appliqué' })
      .getByText('Contacts CRM 3 créées')
      .waitFor();
    await page
      .locator('.record', { hasText: 'Aperçu appliqué' })
      .getByRole('button', { name: /Annuler/ })
      .click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('row', { name: /supprimées/ }).textContent()).toMatch(/supprimées0\d/);
    expect(world.crm.live()).toHaveLength(3);
    await dialog.getByRole('button', { name: 'Annuler l’exécution' }).click();
    await dialog.waitFor({ state: 'detached' });
    await world.turns();
    await page.locator('.record', { hasText: 'Annulation' }).getByText('fini').waitFor();
    await status().getByText('En pause').waitFor();
    expect(world.crm.live().length).toBeLessThan(3);
  });
});

describe('every screen of a sync', () => {
  const TABS = ['', 'mapping', 'preview', 'records', 'conflicts', 'shelf', 'history'];

  /** A sync that has something of everything. */
  async function eventful() {
    people(14);
    world.google.put(null, contact('Paul', 'Double'));
    world.google.put(null, contact('Paul', 'Double'));
    world.crm.put(null, crmContact('Paul', 'Double'));
    world.crm.refuses = (values) => (JSON.stringify(values).includes('Client c') ? 'Email' : null);
    await goLive();
    for (const { id } of world.crm.live().slice(0, 2)) world.crm.edit(id, { Email: null });
    await world.settle();
  }

  it.each([
    ['in light, wide, in English', { dark: false, width: 1280, language: 'en' }],
    ['in dark, at 320 pixels, in French', { dark: true, width: 320, language: 'fr' }],
  ])(
    'has no barrier that axe-core finds and fits: %s',
    async (_, options) => {
      await open('#/syncs', options);
      const { width } = options;
      const look = async (name: string) => {
        await page.locator('.syncs h1').waitFor();
        expect([name, await barriersOn(page)]).toEqual([name, []]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect([name, wide]).toEqual([name, width]);
      };
      await page.locator('.card').waitFor();
      await look('list, new');
      const visit = async (to: string, ready: string) => {
        await page.evaluate((hash) => location.assign(hash), to);
        await page.locator(ready).first().waitFor();
      };
      for (const name of TABS) {
        await visit(`${SYNC()}&tab=${name}`, '.tab, .nothing');
        await look(`${name}, new`);
      }
      await eventful();
      for (const name of TABS) {
        await visit(`${SYNC()}&tab=${name}`, '.tab');
        await page.locator('.loading').waitFor({ state: 'detached' });
        const open = await page.locator('.tabs [aria-current]').boundingBox();
        expect((open?.x ?? width) + (open?.width ?? width)).toBeLessThanOrEqual(width);
        await look(name);
      }
      const [pair] = (await world.asSession.records('lumen', world.rig.sync.id, {
        limit: 1,
        state: 'in-sync',
      }))!.records;
      await visit(`${SYNC()}&tab=records&link=${pair!.link}`, '.link-fields');
      await look('record');
      for (const { id } of world.google.live().slice(0, 9)) world.google.remove(id);
      await world.settle();
      await visit(SYNC(), '.choices');
      await look('brake');
      await visit('#/syncs', '.alerts');
      await look('list, brake');
      expect(complaints).toEqual([]);
    },
    120_000,
  );
});
