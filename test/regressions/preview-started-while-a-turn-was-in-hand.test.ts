import type { FieldMapping } from '../../server/core/sync/mapping.ts';
import type { Changes } from '../../server/core/sync-object.ts';
import { apply, settingsChanged, startPreview, stop } from '../../server/engine/sync/control.ts';
import { saveIntegration } from '../../server/store/integrations.ts';
import { passOf } from '../../server/store/sync-passes.ts';
import { type MemoryVendor, memoryVendor } from '../sync/memory-object.ts';
import { FIELDS, openShared, openSyncRig, RULES, type SharedDatabase, type SyncRig } from '../sync/rig.ts';
import { person } from '../sync/setting.ts';

let shared: SharedDatabase;
const rigs: SyncRig[] = [];
beforeAll(async () => {
  shared = await openShared();
});
afterAll(async () => {
  await Promise.all(rigs.map((rig) => rig.close()));
  await shared.close();
});

const withoutNote = RULES.fields.filter(({ left }) => left !== 'note');
const noteTo = (direction: FieldMapping['direction']): FieldMapping[] =>
  RULES.fields.map((field) => (field.left === 'note' ? { ...field, direction } : field));

/** A vendor that tells only the fields it is asked for, and what happens while an answer of its is on the way. */
function reserved(name: string) {
  const vendor = memoryVendor(name, { fields: FIELDS });
  const meanwhile: { happens: (() => Promise<void>) | null } = { happens: null };
  const changes: MemoryVendor['object']['changes'] = async (client, ask): Promise<Changes> => {
    const page = await vendor.object.changes(client, ask);
    const { happens } = meanwhile;
    meanwhile.happens = null;
    await happens?.();
    const told = page.records.map((record) => ({
      ...record,
      values: Object.fromEntries(Object.entries(record.values).filter(([id]) => ask.fields.includes(id))),
    }));
    return { ...page, records: told };
  };
  return { vendor: { ...vendor, object: { ...vendor.object, changes } }, meanwhile };
}

/** Two people in sync under these fields, and what the settings become. */
async function running(fields: readonly FieldMapping[]) {
  const left = reserved('left');
  const right = reserved('right');
  const rig = await openSyncRig(shared, { left: left.vendor, right: right.vendor, rules: { fields } });
  rigs.push(rig);
  for (const n of [1, 2]) left.vendor.put(`left-${n}`, person(n));
  await rig.previewAndApply();
  await rig.settle();
  const set = async (to: readonly FieldMapping[]) => {
    await rig.database.transaction(async (sql) => {
      await saveIntegration(sql, {
        organisationId: rig.key.organisationId,
        id: rig.key.integration,
        flow: rig.key.integration,
        enabled: true,
        settings: { rules: { ...RULES, fields: to } },
      });
      await settingsChanged(sql, rig.key);
    });
  };
  const previewed = (id: string) => passOf(rig.database, rig.key, id);
  return { left, right, rig, set, previewed, notes: () => notesOf(right.vendor) };
}

const notesOf = (vendor: MemoryVendor) => vendor.live().map(({ values }) => values.note ?? null);

describe('a preview that is started while a turn is in hand', () => {
  it('reads both sides anew after that turn, with the fields that were chosen meanwhile', async () => {
    const { left, rig, set, previewed, notes } = await running(withoutNote);
    left.vendor.edit('left-1', { note: 'à porter' });
    let id = '';
    left.meanwhile.happens = async () => {
      await set(RULES.fields);
      id = await startPreview(rig.control, rig.key);
    };
    await rig.settle();
    expect(left.meanwhile.happens).toBeNull();
    expect((await previewed(id))?.plan).toMatchObject({ counts: { right: { update: 1 } } });
    await apply(rig.control, rig.key);
    await rig.turns();
    expect(notes()).toEqual(['à porter', null]);
  });

  it('plans again what that turn has carried over by the rules of before', async () => {
    const { left, right, rig, set, previewed, notes } = await running(noteTo('to-left'));
    left.vendor.edit('left-1', { note: 'ne va pas à droite', phone: '+33123456789' });
    let id = '';
    right.meanwhile.happens = async () => {
      await set(noteTo('to-right'));
      id = await startPreview(rig.control, rig.key);
    };
    await rig.settle();
    expect((await previewed(id))?.state).toBe('done');
    expect(notes()).toEqual([null, null]);
    await apply(rig.control, rig.key);
    await rig.turns();
    expect(notes()).toEqual(['ne va pas à droite', null]);
  });

  it('is the one that is done, where another preview was in hand', async () => {
    const { left, rig, set, previewed, notes } = await running(withoutNote);
    await stop(rig.control, rig.key);
    left.vendor.edit('left-2', { note: 'à porter' });
    let second = '';
    left.meanwhile.happens = async () => {
      await set(RULES.fields);
      second = await startPreview(rig.control, rig.key);
    };
    const first = await startPreview(rig.control, rig.key);
    await rig.turns();
    expect((await previewed(first))?.state).toBe('cancelled');
    expect(await previewed(second)).toMatchObject({
      state: 'done',
      plan: { counts: { right: { update: 1 } } },
    });
    await apply(rig.control, rig.key);
    await rig.turns();
    expect(notes()).toEqual([null, 'à porter']);
  });

  it('neither waits for what that turn met with nor shows it', async () => {
    const { left, rig, set, previewed } = await running(withoutNote);
    let id = '';
    left.meanwhile.happens = async () => {
      await set(RULES.fields);
      id = await startPreview(rig.control, rig.key);
      throw new Error('the vendor is away');
    };
    await rig.settle();
    expect((await previewed(id))?.state).toBe('done');
    expect(await rig.row()).toMatchObject({ phase: 'previewed', error: null, attempt: 0 });
  });

  it('is not paused for what that turn found gone', async () => {
    const { left, rig, set, previewed } = await running(withoutNote);
    await set(withoutNote);
    await saveIntegration(rig.database, {
      organisationId: rig.key.organisationId,
      id: rig.key.integration,
      flow: rig.key.integration,
      enabled: true,
      settings: { rules: { ...RULES, fields: withoutNote }, brake: { records: 0, percent: 0 } },
    });
    await startPreview(rig.control, rig.key);
    await rig.turns();
    await apply(rig.control, rig.key);
    await rig.turns();
    left.vendor.remove('left-1');
    let id = '';
    left.meanwhile.happens = async () => {
      await set(RULES.fields);
      id = await startPreview(rig.control, rig.key);
    };
    await rig.settle();
    expect((await previewed(id))?.state).toBe('done');
    expect((await rig.row()).phase).toBe('previewed');
  });
});

describe('a sync whose settings were changed just now', () => {
  it('goes by them at its next turn, whatever this process remembers of flows', async () => {
    const { left, rig, set, notes } = await running(withoutNote);
    const remembered = await rig.world.integrations(rig.key.organisationId);
    Object.assign(rig.world, { integrations: async () => remembered });
    await set(RULES.fields);
    left.vendor.edit('left-1', { note: 'à porter' });
    await startPreview(rig.control, rig.key);
    await rig.turns();
    await apply(rig.control, rig.key);
    await rig.turns();
    expect(notes()).toEqual(['à porter', null]);
  });
});
