import {
  contact,
  crmContact,
  openSyncWorld,
  type SyncWorld,
} from '../../../test/browser/memory-api/sync-world.ts';
import { openShared, type SharedDatabase } from '../../../test/sync/rig.ts';
import { ROUTES, type SyncDetail } from '../contract.ts';
import { versionOf } from '../flows/settings-version.ts';
import { Problem, problemDocument } from '../problem.ts';
import { syncDetail } from '../schemas/sync.ts';

/** Settings that two people save: the second one hears of the first. */

let shared: SharedDatabase;
let world: SyncWorld;
let org: string;
let id: string;

beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());
beforeEach(async () => {
  world = await openSyncWorld(shared);
  org = world.rig.key.organisationId;
  id = world.rig.sync.id;
});
afterEach(() => world.close());

const detail = async () => syncDetail.parse(await world.services.get(org, id));
const wishOf = ({ settings }: SyncDetail) => ({
  ...settings.rules,
  fields: settings.rules.fields.map(({ kind: _kind, ...row }) => row),
});
async function refusal(work: Promise<unknown>) {
  const thrown: unknown = await work.then(
    () => null,
    (error) => error,
  );
  expect(thrown).toBeInstanceOf(Problem);
  return problemDocument(thrown as Problem, 'fr');
}

it('a version says whether settings are the same, in whatever order their keys stand', () => {
  const one = { left: { a: 1, b: [1, { c: null }] }, right: undefined };
  expect(versionOf(one)).toBe(versionOf({ left: { b: [1, { c: null }], a: 1 } }));
  expect(versionOf(one)).not.toBe(versionOf({ left: { a: 1, b: [{ c: null }, 1] } }));
  expect(versionOf({ a: '' })).not.toBe(versionOf({ a: null }));
});

it('settings of a sync that were saved meanwhile are answered instead of saved over', async () => {
  const seen = await detail();
  await world.services.set(org, id, { everySeconds: 900, basedOn: seen.version });
  const problem = await refusal(
    world.services.set(org, id, { brake: { records: 1, percent: 1 }, basedOn: seen.version }),
  );
  expect(problem).toMatchObject({
    type: 'urn:liaison:problem:changed-meanwhile',
    status: 409,
    title: 'Modifié entre-temps',
    current: { settings: { everySeconds: 900, brake: seen.settings.brake } },
  });
  const now = await detail();
  expect(now.settings).toEqual({ ...seen.settings, everySeconds: 900 });
  expect(problem.current?.version).toBe(now.version);
  await world.services.set(org, id, { brake: { records: 1, percent: 1 }, basedOn: now.version });
  expect((await detail()).settings).toMatchObject({ everySeconds: 900, brake: { records: 1 } });
});

it('of two mappings that are saved in the same moment one is refused, and the other one whole', async () => {
  const seen = await detail();
  const rules = wishOf(seen);
  const without = (left: string) => ({ ...rules, fields: rules.fields.filter((row) => row.left !== left) });
  const both = await Promise.allSettled(
    ['phones', 'company'].map((left) =>
      world.services.set(org, id, {
        rules: { ...without(left), matchBy: [['emails']] },
        basedOn: seen.version,
      }),
    ),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect((await detail()).settings.rules.fields).toHaveLength(seen.settings.rules.fields.length - 1);
});

it('a caller that names no version is not held up', async () => {
  await world.services.set(org, id, { everySeconds: 900 });
  await world.services.set(org, id, { everySeconds: 3_600 });
  expect((await detail()).settings.everySeconds).toBe(3_600);
});

it('where alerts go is not saved over either', async () => {
  const { version } = await world.alerts.settings(org);
  await world.alerts.save(org, [], version);
  const problem = await refusal(world.alerts.save(org, [], 'another'));
  expect(problem).toMatchObject({ status: 409, current: { version } });
});

describe('what a sync was doing when it was stopped', () => {
  const passes = async () => ROUTES.listSyncPasses.answer.parse(await world.services.passes(org, id)).passes;

  beforeEach(async () => {
    for (const family of ['Un', 'Deux', 'Trois']) world.google.put(null, contact('Anne', family));
    await world.services.startPreview(org, id);
    await world.turns();
  });

  it('is told as stopped, and as cancelled once a new preview takes its place', async () => {
    expect((await detail()).begun).toBe(false);
    await world.services.apply(org, id);
    expect((await passes())[0]).toMatchObject({ kind: 'apply', state: 'running' });
    await world.services.stop(org, id);
    expect((await passes())[0]).toMatchObject({ kind: 'apply', state: 'paused' });
    await world.services.startPreview(org, id);
    expect((await passes()).map(({ state }) => state)).toEqual(['running', 'cancelled', 'done']);
  });

  it('tells of one that ran and was stopped by other settings, and not of one that never ran', async () => {
    await world.services.apply(org, id);
    await world.turns();
    const rules = wishOf(await detail());
    await world.services.set(org, id, { rules: { ...rules, create: { left: false, right: true } } });
    expect(await detail()).toMatchObject({ phase: 'new', begun: true, counts: { inSync: 3 } });
  });
});

it('a preview under way tells one number of what it has read', async () => {
  for (let index = 0; index < 5; index += 1) world.google.put(null, contact('Anne', `Client ${index}`));
  await world.services.startPreview(org, id);
  expect((await detail()).pass?.progress).toMatchObject({ done: 0, stage: 'reading' });
  await world.turns();
  await world.services.startPreview(org, id);
  // What the earlier preview read is not read again yet.
  expect((await detail()).pass?.progress).toMatchObject({ done: 0, stage: 'reading' });
});

describe('the list of what a preview would do', () => {
  const list = async (query: object = {}) =>
    ROUTES.listSyncPreviewRecords.answer.parse(
      await world.services.previewRecords(org, id, ROUTES.listSyncPreviewRecords.query.parse(query)),
    );

  it('is empty before there is any', async () => {
    expect(await list()).toEqual({ total: 0, kinds: [], records: [], next: null });
  });

  it('names every record of it, page by page, by kind and by name', async () => {
    const letter = (index: number) => String.fromCharCode(97 + index);
    for (let index = 0; index < 60; index += 1) {
      const name = `Client ${letter(Math.floor(index / 26))}${letter(index % 26)}`;
      world.google.put(null, contact('Anne', name));
    }
    world.google.put(null, contact('Paul', 'Double'));
    world.google.put(null, contact('Paul', 'Double'));
    world.crm.put(null, crmContact('Paul', 'Double'));
    world.crm.put(null, crmContact('Anne', 'Client ab', { Phone: '01 23 45 67 89' }));
    world.crm.put(null, { Full_Name: { given: 'Nur', family: 'Kaya' }, Email: 'nur@clients.example' });
    await world.services.startPreview(org, id);
    await world.turns();
    const first = await list();
    const { forecast } = ROUTES.getSyncPreview.answer.parse(await world.services.preview(org, id));
    const made = (forecast?.counts.left.create ?? 0) + (forecast?.counts.right.create ?? 0);
    expect(first.kinds).toEqual(
      expect.arrayContaining([
        { kind: 'create', records: made },
        { kind: 'matched', records: forecast?.counts.matched },
        { kind: 'change', records: 1 },
        { kind: 'exclude', records: forecast?.counts.excluded },
      ]),
    );
    const all = [...first.records];
    for (let next = first.next; next !== null; ) {
      const page = await list({ cursor: next });
      all.push(...page.records);
      next = page.next;
    }
    expect(all).toHaveLength(first.total);
    const created = await list({ kind: 'create', limit: 200 });
    expect(new Set(created.records.map(({ label }) => label)).size).toBe(made);
    expect((await list({ search: 'kaya' })).records).toMatchObject([{ kind: 'create', label: 'Nur Kaya' }]);
    expect((await list({ search: '%' })).records).toEqual([]);
    await expect(list({ cursor: 'x.y' })).rejects.toBeInstanceOf(Problem);
    // A later preview takes the place of the earlier one.
    await world.services.startPreview(org, id);
    await world.turns();
    expect((await list()).kinds).toEqual(first.kinds);
  });
});
