import { Temporal } from 'temporal-polyfill';
import type { FilterField, Group } from '../../server/core/filter/filter.ts';
import type { Leaving, SyncFilter } from '../../server/core/sync/side-filter.ts';
import { resume, startPreview } from '../../server/engine/sync/control.ts';
import { latestPreview } from '../../server/store/sync-passes.ts';
import { type MemoryVendor, memoryVendor } from './memory-object.ts';
import {
  FIELDS,
  openShared,
  openSyncRig,
  type RigOptions,
  type SharedDatabase,
  type SyncRig,
} from './rig.ts';

const words = (text: string) => ({ en: text, fr: text });
const ALL = [
  ...FIELDS,
  { id: 'city', titles: words('City'), kind: 'text' as const },
  { id: 'group', titles: words('Group'), kind: 'labels' as const },
  { id: 'since', titles: words('Since'), kind: 'date' as const },
];
const CONDITIONS: readonly FilterField[] = [
  { name: 'city', kind: 'text', titles: words('City') },
  { name: 'name', kind: 'text', titles: words('Name') },
  { name: 'note', kind: 'text', titles: words('Note') },
  { name: 'group', kind: 'label', titles: words('Group') },
  { name: 'since', kind: 'date', titles: words('Since') },
];
const of = (filter: Group) => ({ filter, fields: CONDITIONS });
const where = (field: string, value: unknown): Group => ({ all: [{ field, is: 'equals', value }] });
const lyon = of(where('city', 'Lyon'));
const clients = of({ all: [{ field: 'group', is: 'contains', value: 'Clients' }] });
const filterOf = (sides: Partial<SyncFilter>): SyncFilter => ({
  left: null,
  right: null,
  leaving: 'unlinked',
  ...sides,
});

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await openShared();
}, 60_000);
afterAll(() => shared.close());

interface World {
  readonly rig: SyncRig;
  readonly left: MemoryVendor;
  readonly right: MemoryVendor;
}

const open: SyncRig[] = [];
afterEach(async () => {
  for (const rig of open.splice(0)) await rig.close();
});

async function world(options: Omit<RigOptions, 'left' | 'right'> = {}): Promise<World> {
  const vendor = (name: string) => memoryVendor(name, { fields: ALL, shows: { marker: true } });
  const [left, right] = [vendor('left'), vendor('right')];
  const rig = await openSyncRig(shared, { left, right, ...options });
  open.push(rig);
  return { rig, left, right };
}

const person = (one: number, more: Record<string, unknown> = {}) => ({
  name: `N${one}`,
  email: `p${one}@clients.example`,
  ...more,
});
const emails = (vendor: MemoryVendor): unknown[] =>
  vendor
    .live()
    .map(({ values }) => values.email)
    .sort();
const noteOf = (vendor: MemoryVendor, id: string): unknown => vendor.records.get(id)?.values.note;

async function exclusions({ rig }: World): Promise<Record<string, string>> {
  const rows = await rig.database.query<{ side: string; label: string; code: string }>(
    `select side, label, excluded->>'code' as code from sync_records
     where organisation_id = $1 and excluded is not null and not deleted`,
    [rig.key.organisationId],
  );
  return Object.fromEntries(rows.map(({ side, label, code }) => [`${side} ${label}`, code]));
}

/** A pair that fits on the left: its ids on both sides. */
async function linkedPair(
  leaving: Leaving,
  more: Partial<SyncFilter> = {},
): Promise<World & { l: string; r: string }> {
  const all = await world();
  const { rig, left, right } = all;
  const l = left.put(null, person(1, { city: 'Lyon', note: 'first' }));
  await rig.filter(filterOf({ left: lyon, leaving, ...more }));
  await rig.previewAndApply();
  const r = right.live()[0]?.id ?? '';
  return { ...all, l, r };
}

describe('filters of a sync', () => {
  it('lets only what fits take part, on each side', async () => {
    const all = await world();
    const { rig, left, right } = all;
    left.put(null, person(1, { city: 'Lyon' }));
    left.put(null, person(2, { city: 'Paris' }));
    right.put(null, person(3, { group: ['Clients'] }));
    right.put(null, person(4, { group: ['Suppliers'] }));
    // Of one person each side has a record, and one of the two does not fit.
    left.put(null, person(5, { city: 'Lyon' }));
    right.put(null, person(5, { group: [] }));
    left.put(null, person(6, { city: 'Paris' }));
    right.put(null, person(6, { group: ['Clients'] }));
    left.put(null, person(7, { city: 'Lyon', note: 'seven' }));
    const both = right.put(null, person(7, { group: ['Clients'] }));
    await rig.filter(filterOf({ left: lyon, right: clients }));
    await rig.previewAndApply();
    const at = (one: number) => `p${one}@clients.example`;
    expect(emails(left)).toEqual([1, 2, 3, 5, 6, 7].map(at));
    expect(emails(right)).toEqual([1, 3, 4, 5, 6, 7].map(at));
    expect(noteOf(right, both)).toBe('seven');
    expect(await exclusions(all)).toMatchObject({
      'left N2': 'filter',
      'right N4': 'filter',
      'right N5': 'filter',
      'left N6': 'filter',
    });
    left.forget();
    right.forget();
    await rig.settle();
    expect([...left.written, ...right.written]).toEqual([]);
  });

  it('what it made takes part though nobody labelled it, until it fitted by itself and stops', async () => {
    const { rig, left, right, l, r } = await linkedPair('unlinked', { right: clients });
    left.edit(l, { note: 'second' });
    await rig.settle();
    expect(noteOf(right, r)).toBe('second');
    right.edit(r, { group: ['Clients'] });
    await rig.settle();
    right.edit(r, { group: [] });
    await rig.settle();
    left.edit(l, { note: 'third' });
    await rig.settle();
    expect(noteOf(right, r)).toBe('second');
  });

  it('another filter judges what was made under the former one as everybody', async () => {
    const { rig, left, right, l, r } = await linkedPair('unlinked', { right: clients });
    const set = async (right: ReturnType<typeof of> | null, note: string) => {
      await rig.filter(filterOf({ left: lyon, right }));
      await rig.previewAndApply();
      left.edit(l, { note });
      await rig.settle();
      return noteOf(all.right, r);
    };
    const all = { right };
    expect(await set(clients, 'second')).toBe('second');
    const important = of({ all: [{ field: 'group', is: 'contains', value: 'VIP' }] });
    expect(await set(important, 'third')).toBe('second');
    expect(await set(null, 'fourth')).toBe('fourth');
    expect([left.live().length, right.live().length]).toEqual([1, 1]);
  });

  it('kept: it stays linked, nothing is carried over, and what changed meanwhile is when it fits again', async () => {
    const { rig, left, right, l, r } = await linkedPair('kept');
    left.edit(l, { city: 'Paris', note: 'second' });
    right.edit(r, { name: 'Changed there' });
    await rig.settle();
    expect([noteOf(right, r), left.records.get(l)?.values.name]).toEqual(['first', 'N1']);
    left.edit(l, { city: 'Lyon' });
    await rig.settle();
    expect([noteOf(right, r), left.records.get(l)?.values.name]).toEqual(['second', 'Changed there']);
    expect([left.live().length, right.live().length]).toEqual([1, 1]);
  });

  it('unlinked: both stay and go their own ways, and are one again when it fits, by whatever address', async () => {
    const all = await linkedPair('unlinked');
    const { rig, left, right, l, r } = all;
    left.edit(l, { city: 'Paris', note: 'second', email: 'moved@clients.example' });
    await rig.settle();
    right.edit(r, { name: 'Changed there' });
    await rig.settle();
    expect([left.live().length, right.live().length, noteOf(right, r)]).toEqual([1, 1, 'first']);
    expect(await exclusions(all)).toEqual({ 'left N1': 'filter', 'right Changed there': 'parted' });
    left.edit(l, { city: 'Lyon' });
    await rig.settle();
    expect([left.live().length, right.live().length]).toEqual([1, 1]);
    expect(left.records.get(l)?.values.name).toBe('Changed there');
    expect(await exclusions(all)).toEqual({});
    expect((await rig.counts()).inSync).toBe(1);
  });

  it('removed: the other record goes, the one that stopped fitting stays, and is made there again when it fits', async () => {
    const { rig, left, right, l } = await linkedPair('removed');
    left.edit(l, { city: 'Paris' });
    await rig.settle();
    expect([left.live().length, right.live().length]).toEqual([1, 0]);
    left.edit(l, { city: 'Lyon', note: 'second' });
    await rig.settle();
    await rig.settle();
    expect([left.live().length, right.live().map(({ values }) => values.note)]).toEqual([1, ['second']]);
  });

  it('waits for the other where both stopped fitting', async () => {
    const { rig, left, right, l, r } = await linkedPair('unlinked', { right: of(where('note', 'first')) });
    left.edit(l, { city: 'Paris' });
    right.edit(r, { note: 'other' });
    await rig.settle();
    left.edit(l, { city: 'Lyon', name: 'Changed' });
    await rig.settle();
    expect([right.live().length, right.records.get(r)?.values.name]).toEqual([1, 'N1']);
    right.edit(r, { note: 'first' });
    await rig.settle();
    expect([left.live().length, right.live().length]).toEqual([1, 1]);
    expect((await rig.counts()).inSync).toBe(1);
  });

  it.each(['kept', 'unlinked'] as const)(
    '%s: deleted while it does not fit, it takes nothing along',
    async (leaving) => {
      const { rig, left, right, l, r } = await linkedPair(leaving);
      left.edit(l, { city: 'Paris' });
      await rig.settle();
      left.remove(l);
      await rig.settle();
      right.edit(r, { name: 'Changed there' });
      await rig.settle();
      expect([left.live().length, right.live().length]).toEqual([0, 1]);
    },
  );

  it.each(['kept', 'unlinked', 'removed'] as const)(
    '%s: deleted on the other side while it does not fit, it stays, and is made there again when it fits',
    async (leaving) => {
      const { rig, left, right, l, r } = await linkedPair(leaving);
      left.edit(l, { city: 'Paris' });
      await rig.settle();
      right.remove(r);
      await rig.settle();
      expect([left.live().length, right.live().length]).toEqual([1, 0]);
      left.edit(l, { city: 'Lyon' });
      await rig.settle();
      await rig.settle();
      expect([left.live().length, right.live().length]).toEqual([1, 1]);
    },
  );

  it('set on a sync that runs, it is about old rows too; cleared, they are pairs again', async () => {
    const { rig, left, right } = await world();
    const ids = [1, 2, 3].map((one) => left.put(null, person(one, { city: one === 1 ? 'Lyon' : 'Paris' })));
    await rig.previewAndApply();
    await rig.filter(filterOf({ left: lyon }));
    await rig.previewAndApply();
    for (const id of ids) left.edit(id, { note: 'later' });
    await rig.settle();
    expect(right.live().filter(({ values }) => values.note === 'later')).toHaveLength(1);
    await rig.filter(null);
    await rig.previewAndApply();
    expect(right.live().filter(({ values }) => values.note === 'later')).toHaveLength(3);
    expect([left.live().length, right.live().length, (await rig.counts()).inSync]).toEqual([3, 3, 3]);
  });

  it('a preview counts who does not fit, and which pairs leave, with the reason, and writes nothing', async () => {
    const { rig, left, right } = await world();
    for (const one of [1, 2, 3]) left.put(null, person(one, { city: one === 1 ? 'Lyon' : 'Paris' }));
    await rig.previewAndApply();
    left.put(null, person(4, { city: 'Paris' }));
    for (const [leaving, counts] of [
      ['kept', { unlinked: 0, right: { remove: 0 } }],
      ['unlinked', { unlinked: 2, right: { remove: 0 } }],
      ['removed', { unlinked: 0, right: { remove: 2 } }],
    ] as const) {
      await rig.filter(filterOf({ left: lyon, leaving }));
      right.forget();
      await startPreview(rig.control, rig.key);
      await rig.turns();
      const pass = await latestPreview(rig.database, rig.key);
      expect(pass?.plan).toMatchObject({ unfitting: { left: 3, right: 0, leaving: 2 }, counts });
      const samples = (pass?.samples ?? []) as unknown as { reason: { en: string } | null }[];
      const reasons = samples.map(({ reason }) => reason?.en);
      expect(reasons).toHaveLength(leaving === 'kept' ? 0 : 2);
      for (const reason of reasons) expect(reason).toContain('City was “Paris”, and not “Lyon”');
      expect(right.written).toEqual([]);
    }
  });

  it('makes nothing where it would not fit by what the mapping carries: contradicting filters move nothing', async () => {
    const all = await world();
    const { rig, left, right } = all;
    left.put(null, person(1, { note: 'A' }));
    right.put(null, person(2, { note: 'B' }));
    await rig.filter(filterOf({ left: of(where('note', 'A')), right: of(where('note', 'B')) }));
    await rig.previewAndApply();
    await rig.settle();
    expect([left.live().length, right.live().length]).toEqual([1, 1]);
    expect(await exclusions(all)).toEqual({ 'left N1': 'unfit', 'right N2': 'unfit' });
    await rig.filter(filterOf({ left: of(where('note', 'A')), right: of(where('note', 'A')) }));
    await rig.previewAndApply();
    expect([left.live().length, right.live().length]).toEqual([1, 2]);
  });

  it('many that stop fitting at once are braked: nothing is unlinked or removed before a person looked', async () => {
    for (const [leaving, answer, rest] of [
      ['removed', 'keep', 6],
      ['removed', 'delete', 0],
      ['unlinked', 'keep', 6],
    ] as const) {
      const { rig, left, right } = await world({ settings: { brake: { records: 2, percent: 10 } } });
      const ids = Array.from({ length: 6 }, (_, one) => left.put(null, person(one, { city: 'Lyon' })));
      await rig.filter(filterOf({ left: lyon, leaving }));
      await rig.previewAndApply();
      for (const id of ids) left.edit(id, { city: 'Paris' });
      await rig.settle();
      const { phase, pause } = await rig.row();
      expect([phase, pause?.code, pause?.count]).toEqual(['paused', 'brake', 6]);
      expect(pause?.fr).toContain('6 fiches liées ne correspondent plus au filtre');
      expect(right.live()).toHaveLength(6);
      await resume(rig.control, rig.key, answer);
      await rig.settle();
      expect([left.live().length, right.live().length]).toEqual([6, rest]);
      for (const id of ids) left.edit(id, { city: 'Lyon', note: 'back' });
      await rig.settle();
      await rig.settle();
      expect(right.live().map(({ values }) => values.note)).toEqual(Array(6).fill('back'));
    }
  });

  it('a record that its answer lost takes part when it is found, though it does not fit by itself', async () => {
    const { rig, left, right } = await world();
    const l = left.put(null, person(1, { city: 'Lyon' }));
    await rig.filter(filterOf({ left: lyon, right: clients }));
    right.troubles.push('lose-answer');
    await rig.previewAndApply();
    for (let more = 0; more < 4; more += 1) await rig.settle();
    left.edit(l, { note: 'second' });
    await rig.settle();
    expect(right.live().map(({ values }) => values.note)).toEqual(['second']);
  });

  it('counts from today by the organisation’s day: once a new one begins, everybody is looked at again', async () => {
    const today = { all: [{ field: 'since', is: 'at-most' as const, value: 'today' }] };
    for (const [filter, swept] of [
      [of(today), 1],
      [lyon, 0],
    ] as const) {
      const { rig, left, right } = await world();
      const l = left.put(null, person(1, { city: 'Lyon', since: '2999-01-01' }));
      await rig.filter(filterOf({ left: filter }));
      await rig.previewAndApply();
      expect(right.live()).toHaveLength(filter === lyon ? 1 : 0);
      // The day that it waited for has come: nobody changed the record.
      Object.assign(left.records.get(l)?.values ?? {}, { since: '2020-01-01' });
      await rig.settle();
      const before = (await rig.row()).left.sweep;
      const zone = 'Europe/Paris';
      const midnight = Temporal.Now.zonedDateTimeISO(zone).startOfDay().epochMilliseconds;
      await rig.database.query(
        `update syncs set left_state = jsonb_set(left_state, '{sweptAt}', $2::jsonb) where organisation_id = $1`,
        [rig.key.organisationId, String(midnight - 1_000)],
      );
      await rig.settle();
      expect((await rig.row()).left.sweep - before).toBe(swept);
      expect(right.live()).toHaveLength(1);
    }
  });

  it('of two that are made one at their vendor, the one that did not fit takes nothing along, and the other goes on', async () => {
    const { rig, left, right, l, r } = await linkedPair('unlinked');
    const twin = left.put(null, person(2, { city: 'Lyon' }));
    await rig.settle();
    left.edit(l, { city: 'Paris' });
    await rig.settle();
    // The one that stays takes the other's address.
    left.remove(l);
    left.edit(twin, { email: 'p1@clients.example', note: 'merged' });
    await rig.settle();
    left.edit(twin, { note: 'later' });
    await rig.settle();
    expect(left.live()).toHaveLength(1);
    expect(
      right
        .live()
        .map(({ id, values }) => [id === r, values.note])
        .sort(),
    ).toEqual([
      [false, 'later'],
      [true, 'first'],
    ]);
    const addresses = right.live().map(({ values }) => values.email);
    expect(addresses).toEqual(['p1@clients.example', 'p1@clients.example']);
  });

  it('an unlinked pair that each side changed is one again under its masters, and what lost is in the journal', async () => {
    const { rig, left, right, l, r } = await linkedPair('unlinked');
    left.edit(l, { city: 'Paris' });
    await rig.settle();
    left.edit(l, { note: 'of the left' });
    right.edit(r, { note: 'of the right' });
    await rig.settle();
    left.edit(l, { city: 'Lyon' });
    await rig.settle();
    expect([noteOf(left, l), noteOf(right, r)]).toEqual(['of the right', 'of the right']);
    const journal = await rig.database.query<{ note: string }>(
      `select before_values->>'note' as note from sync_writes where organisation_id = $1 and side = 'left'`,
      [rig.key.organisationId],
    );
    expect(journal.map(({ note }) => note)).toContain('of the left');
  });

  it('is told since when, and by which conditions', async () => {
    const { rig, left, l } = await linkedPair('unlinked', { right: of(where('note', 'first')) });
    const began = Date.now();
    left.edit(l, { city: 'Paris' });
    left.put(null, person(2, { city: 'Lyon', note: 'other' }));
    await rig.settle();
    const rows = await rig.database.query<{ code: string; at: string; fr: string }>(
      `select excluded->>'code' as code, excluded->>'at' as at, excluded->>'fr' as fr from sync_records
       where organisation_id = $1 and excluded is not null order by 1`,
      [rig.key.organisationId],
    );
    expect(rows.map(({ code }) => code)).toEqual(['filter', 'parted', 'unfit']);
    for (const { at } of rows) expect(Math.abs(Date.parse(at) - began)).toBeLessThan(60_000);
    expect(rows[0]?.fr).toContain('«\u00a0Paris\u00a0», et non «\u00a0Lyon\u00a0»');
    expect(rows[2]?.fr).toContain('«\u00a0other\u00a0», et non «\u00a0first\u00a0»');
    await rig.settle();
    const [again] = await rig.database.query<{ at: string }>(
      `select excluded->>'at' as at from sync_records where organisation_id = $1 and excluded->>'code' = 'filter'`,
      [rig.key.organisationId],
    );
    expect(again?.at).toBe(rows[0]?.at);
  });

  it('what we wrote may be what makes it leave', async () => {
    const { rig, left, right, l, r } = await linkedPair('unlinked', { left: of(where('note', 'first')) });
    right.edit(r, { note: 'other' });
    await rig.settle();
    await rig.settle();
    expect(noteOf(left, l)).toBe('other');
    right.edit(r, { name: 'Changed there' });
    await rig.settle();
    expect(left.records.get(l)?.values.name).toBe('N1');
  });

  it('a condition on a field that is no more stops the sync and concludes nothing', async () => {
    const { rig, left, right } = await world();
    left.put(null, person(1));
    await rig.filter(
      filterOf({
        left: {
          filter: where('gone', 'x'),
          fields: [{ name: 'gone', kind: 'text', titles: { en: 'Size', fr: 'Taille' } }],
        },
      }),
    );
    await rig.previewAndApply().catch(() => {});
    expect((await rig.row()).error?.sentence.fr).toContain('«\u00a0Taille\u00a0»');
    expect(right.live()).toHaveLength(0);
  });
});
