import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  contact,
  crmContact,
  openSyncWorld,
  PEOPLE_RULES,
  type SyncWorld,
} from '../../../test/browser/memory-api/sync-world.ts';
import { openShared, type SharedDatabase } from '../../../test/sync/rig.ts';
import { ROUTES, type SyncSettingsChange } from '../contract.ts';
import { Problem } from '../problem.ts';
import { syncDetail, syncSummary } from '../schemas/sync.ts';
import type { SyncServices } from './sync-services.ts';

/** The services of syncs over the real engine and store, between two vendors in memory. */

let shared: SharedDatabase;
let world: SyncWorld;
let api: SyncServices;
let org: string;
let id: string;

beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());
afterEach(() => world.close());

async function open(
  ...options: Parameters<typeof openSyncWorld> extends [unknown, ...infer Rest] ? Rest : never
) {
  world = await openSyncWorld(shared, ...options);
  api = world.services;
  org = world.rig.key.organisationId;
  id = world.rig.sync.id;
}

/** Every answer must be one that the contract lets out. */
const summary = async () => syncDetail.parse(await api.get(org, id));
const records = async (query: object = {}) =>
  ROUTES.listSyncRecords.answer.parse(await api.records(org, id, ROUTES.listSyncRecords.query.parse(query)));
const preview = async () => ROUTES.getSyncPreview.answer.parse(await api.preview(org, id));
const passes = async () => ROUTES.listSyncPasses.answer.parse(await api.passes(org, id)).passes;

async function goLive() {
  await api.startPreview(org, id);
  await world.turns();
  await api.apply(org, id);
  await world.turns();
  await world.settle();
}

const people = (count: number) => {
  for (let index = 0; index < count; index += 1) {
    world.google.put(null, contact('Anne', `Client ${String.fromCharCode(97 + index)}`));
  }
};

async function refused(work: Promise<unknown>) {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(Problem);
  const { facts } = thrown as Problem;
  return { status: facts.status, fields: facts.fields?.('en') ?? [], french: facts.fields?.('fr') ?? [] };
}

const RULES: NonNullable<SyncSettingsChange['rules']> = {
  fields: PEOPLE_RULES.fields.map(({ left, right, direction, master, blank }) => ({
    left,
    right,
    direction,
    master,
    blank,
  })),
  matchBy: PEOPLE_RULES.matchBy.map((key) => [...key]),
  create: PEOPLE_RULES.create,
  remove: PEOPLE_RULES.remove,
};

describe('a sync', () => {
  it('that was never started is listed with nothing said of its records', async () => {
    await open();
    const [one] = z.array(syncSummary).parse(await api.list(org));
    expect(one).toMatchObject({
      phase: 'new',
      counts: { inSync: 0, waiting: 0, failing: 0, conflicts: 0, differing: 0, excluded: 0, alone: 0 },
      left: { connector: { connected: true } },
      pass: null,
      pause: null,
      error: null,
    });
    expect(await preview()).toEqual({ pass: null, forecast: null, samples: [] });
    expect((await records()).records).toEqual([]);
    expect(await api.get(org, 'no-such-sync')).toBeNull();
  });

  it('whose records are linked takes no other list in their place, and changes nothing', async () => {
    await open();
    people(2);
    await api.set(org, id, { options: { left: { group: 'clients' }, right: {} } });
    await api.set(org, id, { options: { left: { group: 'all' }, right: {} } });
    await goLive();
    const before = await summary();
    expect(
      await refused(api.set(org, id, { options: { left: { group: 'clients' }, right: {} } })),
    ).toMatchObject({
      status: 422,
    });
    expect(await summary()).toEqual(before);
    await api.set(org, id, { options: { left: { group: 'all' }, right: { createAccounts: false } } });
    expect((await summary()).settings.options).toMatchObject({ right: { createAccounts: false } });
  });

  it('shows in its preview what its apply then does, and never before', async () => {
    await open();
    world.google.put(null, contact('Sophie', 'Martin', { phones: '01 23 45 67 89' }));
    world.google.put(null, contact('Zoé', 'Lefèvre'));
    world.crm.put(null, crmContact('Sophie', 'Martin', { Account_Name: 'Boulangerie Pélissier' }));
    await expect(api.apply(org, id)).rejects.toMatchObject({ kind: 'conflict' });
    const started = await api.startPreview(org, id);
    expect(await summary()).toMatchObject({ phase: 'previewing', pass: { id: started?.pass } });
    await world.turns();
    expect(world.google.written.concat(world.crm.written)).toEqual([]);
    const { forecast, samples, pass } = await preview();
    expect(pass).toMatchObject({ state: 'done', undoable: false });
    expect(forecast).toMatchObject({
      counts: { left: { update: 1 }, right: { create: 1, update: 1 }, matched: 1 },
      matchedBy: { emails: 1 },
      credits: { left: null, right: { unit: { en: 'CRM credits' } } },
    });
    const matched = samples.find((sample) => sample.kind === 'pair');
    expect(matched?.differences).toEqual(
      expect.arrayContaining([
        { field: 'Phone', side: 'right', before: null, after: '01 23 45 67 89' },
        { field: 'company', side: 'left', before: null, after: 'Boulangerie Pélissier' },
      ]),
    );
    expect(matched?.right?.url).toMatch(/^https:\/\/crm\.example\/records\//);
    await api.apply(org, id);
    await world.turns();
    const [run] = await passes();
    expect(run).toMatchObject({
      kind: 'apply',
      state: 'done',
      written: { left: { update: 1 }, right: { create: 1, update: 1 } },
      undoable: true,
    });
    expect((await summary()).counts).toMatchObject({ inSync: 2, waiting: 0 });
  });

  it('lists every record that its counts tell of, by state, label and page', async () => {
    await open();
    people(7);
    world.crm.refuses = (values) => (JSON.stringify(values).includes('Client c') ? 'Full_Name' : null);
    world.google.put(null, contact('Paul', 'Double'));
    world.google.put(null, contact('Paul', 'Double'));
    world.crm.put(null, crmContact('Paul', 'Double'));
    await goLive();
    const { counts } = await summary();
    expect(counts).toMatchObject({ inSync: 6, failing: 1 });
    const names = {
      'in-sync': 'inSync',
      waiting: 'waiting',
      failing: 'failing',
      excluded: 'excluded',
    } as const;
    for (const [state, count] of Object.entries(names)) {
      expect([state, (await records({ state })).records.length]).toEqual([state, counts[count]]);
    }
    const all = await records();
    expect(all.records.length).toBe(Object.values(counts).reduce((sum, count) => sum + count, 0));
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await records({ limit: 3, ...(cursor !== undefined && { cursor }) });
      paged.push(...page.records.map((record) => record.id));
      cursor = page.next;
    }
    expect(paged).toEqual(all.records.map((record) => record.id));
    const called = async (search: string) =>
      (await records({ search })).records.map((one) => one.left?.label);
    expect((await records({ search: 'CLIENT B' })).records.map((one) => one.left?.label)).toEqual([
      'Anne Client b',
    ]);
    expect((await records({ search: '100%_' })).records).toEqual([]);
    expect(await called('ANNÉ CLÏENT B')).toEqual(['Anne Client b']);
    expect(await called('anne.clientb@')).toEqual(['Anne Client b']);
    expect(await called('google-')).toEqual([]);
    expect((await refused(records({ cursor: 'nonsense' }))).status).toBe(400);
  });
});

describe('the shelf', () => {
  it('says what the vendor said, of which field and value, and tries one or all again', async () => {
    await open();
    people(3);
    world.crm.refuses = (values) =>
      JSON.stringify(values).includes('Client a') || values.Phone === '06 11 22 33 44' ? 'Email' : null;
    await goLive();
    const [one] = (await records({ state: 'failing' })).records;
    expect(one).toMatchObject({
      link: null,
      right: null,
      failure: {
        kind: 'rejected',
        side: 'right',
        field: 'Email',
        value: 'anne.clienta@clients.example',
        vendorMessage: 'bad Email',
      },
    });
    const linked = (await records({ search: 'client b' })).records[0];
    world.google.edit(linked!.left!.id, { phones: '06 11 22 33 44' });
    await world.settle();
    const shelf = (await records({ state: 'failing' })).records;
    expect(shelf.map((record) => record.failure?.side)).toEqual(['right', 'right']);
    world.crm.refuses = () => null;
    const pair = shelf.find((record) => record.link !== null);
    expect(await api.retryRecord(org, id, 'left', pair!.left!.id)).toEqual({ records: 1 });
    await world.turns();
    expect((await summary()).counts).toMatchObject({ failing: 1, inSync: 2 });
    expect(await api.retryShelf(org, id)).toEqual({ records: 1 });
    await world.turns();
    expect((await summary()).counts).toMatchObject({ failing: 0, inSync: 3 });
    expect(await api.retryRecord(org, id, 'left', 'nobody')).toBeNull();
  });
});

describe('what was left out', () => {
  it('says why, and is taken in again by a person, but not against its vendor', async () => {
    await open();
    world.google.put(null, contact('Paul', 'Double'));
    world.google.put(null, contact('Paul', 'Double'));
    world.crm.put(null, crmContact('Paul', 'Double'));
    await goLive();
    const out = (await records({ state: 'excluded' })).records;
    expect(out.length).toBeGreaterThan(0);
    expect(out[0]?.exclusion).toMatchObject({ code: 'ambiguous', canInclude: true });
    const { side } = out[0]!.exclusion!;
    expect(await api.includeRecord(org, id, side, out[0]![side]!.id)).toEqual({ records: 1 });
    await shared.database.query(
      `update sync_records set excluded = '{"code":"vendor","en":"archived","fr":"archivé"}' where organisation_id = $1`,
      [org],
    );
    expect((await refused(api.includeRecord(org, id, side, out[0]![side]!.id))).status).toBe(409);
  });
});

describe('all that was left out', () => {
  it('is told by reason, listed by it, and taken in again at once', async () => {
    await open();
    people(5);
    await goLive();
    world.google.edit('google-1', { phones: '01 23 45 67 89' });
    world.google.edit('google-2', { phones: '01 23 45 67 90' });
    world.google.put(null, contact('Zoé', 'Nouvelle'));
    world.google.put(null, contact('Éva', 'Nouvelle'));
    await world.settle();
    const run = (await passes()).find(({ kind }) => kind === 'live')!;
    await api.undo(org, id, run.id);
    await world.turns();
    await api.resume(org, id, 'look');
    await world.settle();
    expect(await summary()).toMatchObject({
      counts: { inSync: 3, differing: 2, excluded: 2, waiting: 0 },
      leftOut: [{ code: 'undone', records: 2 }],
    });
    expect((await records({ reason: 'undone' })).records).toHaveLength(2);
    expect((await records({ reason: 'kept' })).records).toEqual([]);
    const differing = (await records({ state: 'differing' })).records;
    expect(differing.map((one) => one.differing)).toEqual([['phones'], ['phones']]);
    expect(ROUTES.includeSyncRecords.body.safeParse({ reason: 'vendor' }).success).toBe(false);
    expect(await api.includeAll(org, id, 'ambiguous')).toEqual({ records: 0 });
    expect(await api.includeAll(org, id, null)).toEqual({ records: 4 });
    await world.settle();
    expect(await summary()).toMatchObject({
      counts: { inSync: 7, differing: 0, excluded: 0, waiting: 0 },
      leftOut: [],
    });
    expect(await api.includeAll(org, 'no-such-sync', null)).toBeNull();
  });
});

describe('the accounts that an apply makes', () => {
  it('are told by the preview, named by the history with where they are, and by the undo', async () => {
    await open();
    world.accounts.add('Garage Benali');
    for (const [index, company] of ['garage benali', 'Neuve', 'NEUVE', 'Autre'].entries()) {
      world.google.put(null, contact('Anne', `Client ${String.fromCharCode(97 + index)}`, { company }));
    }
    await api.startPreview(org, id);
    await world.turns();
    expect((await preview()).forecast?.companions).toEqual({
      left: null,
      right: { titles: { en: 'Companies', fr: 'Sociétés' }, create: 2, names: ['Autre', 'Neuve'] },
    });
    await api.apply(org, id);
    await world.turns();
    const run = (await passes()).find(({ kind }) => kind === 'apply')!;
    expect(run.companions).toMatchObject([
      {
        side: 'right',
        made: 2,
        removed: 0,
        stay: 0,
        records: [
          {
            name: 'Autre',
            state: 'made',
            url: expect.stringMatching(/companies\/company-\d$/),
            reason: null,
          },
          { name: 'Neuve', state: 'made' },
        ],
      },
    ]);
    const outlook = ROUTES.previewSyncUndo.answer.parse(await api.previewUndo(org, id, run.id));
    expect(outlook.companions).toMatchObject([{ side: 'right', count: 2 }]);
    const kept = [...world.accounts.held.values()].find(({ name }) => name === 'Neuve');
    world.accounts.used.add(kept?.id ?? '');
    const started = await api.undo(org, id, run.id);
    await world.turns();
    const expected = [{ made: 2, removed: 1, stay: 1, records: [{ state: 'removed' }, { state: 'stays' }] }];
    for (const pass of [run.id, started?.pass]) {
      expect((await passes()).find((one) => one.id === pass)?.companions).toMatchObject(expected);
    }
    expect((await passes()).find((one) => one.id === run.id)?.undoable).toBe(false);
  });
});

describe('two records that no key could tell', () => {
  it('are linked by hand, and meet as for the first time', async () => {
    await open();
    world.google.put(null, contact('Paul', 'Double', { phones: '01 23 45 67 89' }));
    world.google.put(null, contact('Paul', 'Double'));
    world.crm.put(null, crmContact('Paul', 'Double', { Account_Name: 'Garage Benali' }));
    await goLive();
    const [right] = (await records({ unlinked: 'right' })).records;
    const lefts = (await records({ unlinked: 'left', search: 'paul' })).records;
    expect(lefts).toHaveLength(2);
    const withPhone = lefts.find((one) => one.left?.id === 'google-1');
    const pair = { left: withPhone!.left!.id, right: right!.right!.id };
    const made = ROUTES.linkSyncRecords.answer.parse(await api.linkByHand(org, id, pair));
    await world.settle();
    const link = await api.link(org, id, made.link);
    expect(link).toMatchObject({ state: 'in-sync' });
    expect(link?.fields.map((field) => field.values.left)).toEqual(
      link?.fields.map((field) => field.values.right),
    );
    expect(world.crm.live()[0]?.values).toMatchObject({
      Phone: '01 23 45 67 89',
      Account_Name: 'Garage Benali',
    });
    await expect(api.linkByHand(org, id, pair)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await api.linkByHand(org, id, { ...pair, left: 'nobody' })).toBeNull();
    expect(await api.linkByHand(randomUUID(), id, pair)).toBeNull();
  });
});

describe('a pair', () => {
  it('tells of each field both values, who wrote it last, when, and what was there before', async () => {
    await open();
    const left = world.google.put(null, contact('Sophie', 'Martin', { phones: '01 23 45 67 89' }));
    await goLive();
    const [pair] = (await records()).records;
    world.google.edit(left, { phones: '06 11 22 33 44' });
    await world.settle();
    world.crm.edit(pair!.right!.id, { Phone: '06 99 99 99 99' });
    await world.settle();
    const link = ROUTES.getSyncLink.answer.parse(await api.link(org, id, pair!.link!));
    const phone = link.fields.find((field) => field.left === 'phones');
    expect(phone).toMatchObject({
      right: 'Phone',
      values: { left: '06 99 99 99 99', right: '06 99 99 99 99' },
      last: { from: 'right', before: '06 11 22 33 44', after: '06 99 99 99 99' },
    });
    expect(phone?.history.map(({ from, after }) => [from, after])).toEqual([
      ['right', '06 99 99 99 99'],
      ['left', '06 11 22 33 44'],
      ['left', '01 23 45 67 89'],
    ]);
    expect(link.records.left).toMatchObject({ version: expect.any(String), deleted: false });
    expect(await api.link(org, id, '999999')).toBeNull();
    expect(await api.link(randomUUID(), id, pair!.link!)).toBeNull();
  });

  it('in conflict is decided field by field, or all for one side', async () => {
    await open();
    people(4);
    await goLive();
    for (const { id: record } of world.crm.live()) world.crm.edit(record, { Email: null });
    await world.settle();
    const asked = (await records({ state: 'conflict' })).records;
    expect(asked).toHaveLength(4);
    expect(asked[0]?.conflicts).toEqual([
      { field: 'emails', left: 'anne.clienta@clients.example', right: null, winner: null, choice: null },
    ]);
    expect(await api.decide(org, id, asked[0]!.link!, { emails: 'left' })).toEqual({ records: 1 });
    const [decided] = (await records({ search: 'client a' })).records;
    expect(decided?.conflicts[0]?.choice ?? 'left').toBe('left');
    await world.turns();
    expect((await summary()).counts).toMatchObject({ conflicts: 3, inSync: 1 });
    expect(await api.decideAll(org, id, 'right')).toEqual({ records: 3 });
    await world.settle();
    expect((await summary()).counts).toMatchObject({ conflicts: 0, inSync: 4 });
    expect(
      world.google
        .live()
        .map((held) => held.values.emails ?? null)
        .sort(),
    ).toEqual(['anne.clienta@clients.example', null, null, null]);
    expect(await api.decide(org, id, '999999', { emails: 'left' })).toBeNull();
  });
});

describe('the brake', () => {
  it('pauses with a sentence and a count, opens one alert, and goes on as a person says', async () => {
    await open();
    people(12);
    await goLive();
    for (const { id: record } of world.google.live().slice(0, 8)) world.google.remove(record);
    await world.settle();
    expect(await summary()).toMatchObject({ phase: 'paused', pause: { code: 'brake', count: 8 } });
    const alerts = ROUTES.listAlerts.answer.parse(await world.alerts.list(org)).alerts;
    expect(alerts).toMatchObject([
      { kind: 'brake', integration: { id, kind: 'sync' }, sentence: { fr: expect.stringContaining('8') } },
    ]);
    const after = await api.resume(org, id, 'keep');
    expect(after).toMatchObject({ phase: 'live', pause: null });
    await world.settle();
    expect(world.crm.live()).toHaveLength(12);
    const later = await world.alerts.list(org);
    expect(later).toMatchObject({ alerts: [], recovered: [{ kind: 'brake' }] });
  });
});

describe('stopping', () => {
  it('pauses a live sync until it is resumed, and says who did', async () => {
    await open();
    people(2);
    await goLive();
    expect(await api.stop(org, id)).toMatchObject({ phase: 'paused', pause: { code: 'admin' } });
    world.google.edit(world.google.live()[0]!.id, { phones: '01 00 00 00 00' });
    await world.settle();
    expect(world.crm.live().every((held) => held.values.Phone == null)).toBe(true);
    await api.resume(org, id, 'look');
    await world.settle();
    expect(world.crm.live().some((held) => held.values.Phone != null)).toBe(true);
  });
});

describe('an undo', () => {
  it('is previewed, takes back what nobody changed since, and pauses', async () => {
    await open();
    people(3);
    await goLive();
    const run = (await passes()).find((pass) => pass.kind === 'apply')!;
    world.crm.edit(world.crm.live()[0]!.id, { Phone: '01 02 03 04 05' });
    await world.settle();
    const outlook = ROUTES.previewSyncUndo.answer.parse(await api.previewUndo(org, id, run.id));
    expect(outlook.operations).toMatchObject({ right: { remove: expect.any(Number) } });
    expect(world.crm.live()).toHaveLength(3);
    const started = await api.undo(org, id, run.id);
    await world.turns();
    const undone = (await passes()).find((pass) => pass.id === started?.pass);
    expect(undone).toMatchObject({ kind: 'undo', state: 'done', ofPass: run.id });
    expect(world.crm.live()).toHaveLength(3 - outlook.operations.right.remove);
    expect(await summary()).toMatchObject({ phase: 'paused', pause: { code: 'undo' } });
    expect(await api.previewUndo(org, id, randomUUID())).toBeNull();
  });
});

describe('settings', () => {
  it('are refused with a sentence for each thing that does not fit, in both languages, and nothing is saved', async () => {
    await open();
    const row = { direction: 'both', master: 'left', blank: 'leave' } as const;
    const bad: [string, RegExp, Partial<typeof RULES>][] = [
      [
        'rules.fields.0.left',
        /no field “nothing”/,
        { fields: [{ ...row, left: 'nothing', right: 'Email' }] },
      ],
      ['rules.fields.0.right', /no field “nope”/, { fields: [{ ...row, left: 'emails', right: 'nope' }] }],
      [
        'rules.fields.0.direction',
        /“Changed on” of Google contacts is computed/,
        { fields: [{ ...row, left: 'updated', right: 'Description' }, ...RULES.fields] },
      ],
      [
        'rules.fields.4.right',
        /“Account” of CRM contacts already has a row/,
        { fields: [...RULES.fields, { ...row, left: 'note', right: 'Account_Name' }] },
      ],
      [
        'rules.fields.4.left',
        /“E-mail” of Google contacts already has a row/,
        { fields: [...RULES.fields, { ...row, left: 'emails', right: 'Department' }] },
      ],
      [
        'rules.fields.4.right',
        /“Note” and “Revenue” hold values of different kinds/,
        { fields: [...RULES.fields, { ...row, left: 'note', right: 'Annual_Revenue' }] },
      ],
      [
        'rules.matchBy.1',
        /“Note” of Google contacts is not in the mapping/,
        { matchBy: [['emails'], ['note']] },
      ],
      ['rules.create.right', /needs “Full name”/, { fields: RULES.fields.slice(1), matchBy: [['emails']] }],
    ];
    for (const [field, sentence, change] of bad) {
      const { status, fields, french } = await refused(api.set(org, id, { rules: { ...RULES, ...change } }));
      const found = fields.find((one) => one.field === field);
      expect([field, status, found?.detail]).toEqual([field, 422, expect.stringMatching(sentence)]);
      expect(french.find((one) => one.field === field)?.detail).not.toBe(found?.detail);
    }
    for (const options of [
      { left: { group: 'gone' }, right: {} },
      { left: {}, right: { createAccounts: 'yes' } },
      { left: {}, right: { invented: true } },
    ]) {
      expect((await refused(api.set(org, id, { options }))).fields).toHaveLength(1);
    }
    expect((await summary()).settings).toEqual((await summary()).defaults);
  });

  it('ask for a new preview when the mapping changes, and only then', async () => {
    await open();
    people(2);
    await goLive();
    const calm = await api.set(org, id, { everySeconds: 600, brake: { records: 3, percent: 5 } });
    expect(calm).toMatchObject({ phase: 'live', settings: { everySeconds: 600, brake: { records: 3 } } });
    const note = {
      left: 'note',
      right: 'Description',
      direction: 'to-right',
      master: 'right',
      blank: 'clear',
    } as const;
    const saved = await api.set(org, id, { rules: { ...RULES, fields: [...RULES.fields, note] } });
    expect(saved).toMatchObject({ phase: 'new', settings: { everySeconds: 600 } });
    // A one-way field is won by the side that it comes from; its kind follows from its fields.
    expect(saved?.settings.rules.fields.at(-1)).toEqual({ ...note, master: 'left', kind: 'long-text' });
    world.google.edit(world.google.live()[0]!.id, { note: 'Rappeler lundi' });
    await goLive();
    expect(world.crm.live().map((held) => held.values.Description ?? null)).toContain('Rappeler lundi');
  });

  it('can be made where a side has none for what the other tells, once, in the organisation’s language', async () => {
    await open();
    const wish = () => api.makeFields(org, id, 'right', ['updated']);
    const made = ROUTES.makeSyncFields.answer.parse(await wish());
    expect(made.fields).toEqual([{ holding: 'updated', id: 'Google_modifié_le' }]);
    expect(await wish()).toEqual(made);
    const { right } = ROUTES.listSyncFields.answer.parse(await api.fields(org, id));
    expect(right.fields?.map((field) => field.id).filter((field) => field.startsWith('Google'))).toHaveLength(
      1,
    );
    expect(await refused(api.makeFields(org, id, 'right', ['updated', 'emails']))).toMatchObject({
      status: 422,
      fields: [{ field: 'holding.1', detail: expect.stringContaining('“E-mail”') }],
    });
    expect(await refused(api.makeFields(org, id, 'left', ['Email']))).toMatchObject({ status: 422 });
  });

  it('tell which side is not connected, and are then not changed blindly', async () => {
    await open();
    world.disconnected.add('crm');
    const fields = ROUTES.listSyncFields.answer.parse(await api.fields(org, id));
    expect(fields.left.fields?.length).toBe(7);
    expect(fields.right).toMatchObject({ fields: null, problem: { kind: 'reconnect', actor: 'admin' } });
    await expect(api.set(org, id, { rules: RULES })).rejects.toMatchObject({ kind: 'reconnect' });
    expect(await api.set(org, id, { everySeconds: 60 })).toMatchObject({ settings: { everySeconds: 60 } });
    world.disconnected.clear();
    const again = await api.fields(org, id, JSON.stringify({ left: { group: 'clients' }, right: {} }));
    expect(again?.right.fields?.length).toBe(7);
    expect(again?.left.options[0]).toMatchObject({
      kind: 'choice',
      choices: [{ id: 'all' }, { id: 'clients' }],
    });
  });
});
