import { startPreview } from '../../server/engine/sync/control.ts';
import { saveIntegration } from '../../server/store/integrations.ts';
import { passesOf } from '../../server/store/sync-passes.ts';
import { memoryVendor } from './memory-object.ts';
import { FIELDS, openShared, openSyncRig, type SharedDatabase, type SyncRig } from './rig.ts';

let shared: SharedDatabase;
let rig: SyncRig;
const left = memoryVendor('left', { fields: FIELDS });
const right = memoryVendor('right', { fields: FIELDS });
beforeAll(async () => {
  shared = await openShared();
  const audience = { id: 'audience', titles: { en: 'Audience', fr: 'Audience' }, kind: 'choice' } as const;
  rig = await openSyncRig(shared, {
    left,
    right,
    about: { left: { object: left.object, options: [{ ...audience, fallback: null }] } },
  });
});
afterAll(async () => {
  await rig.close();
  await shared.close();
});

describe('a sync of which something must be chosen first', () => {
  it('asks nobody, says what to choose, and waits for a person', async () => {
    left.put(null, { name: 'Odile', email: 'odile@clients.example' });
    const pass = await startPreview(rig.control, rig.key);
    await rig.turns();
    const row = await rig.row();
    expect([row.phase, row.attempt, row.error?.kind]).toEqual(['new', 0, 'rejected']);
    expect(row.error?.sentence.en).toContain('“Audience”');
    expect(row.error?.sentence.fr).toContain('«\u00a0Audience\u00a0»');
    const [kept] = await passesOf(rig.database, rig.key, 5);
    expect([kept?.id, kept?.state]).toEqual([pass, 'failed']);
    expect([left.calls, right.calls]).toEqual([{}, {}]);
  });

  it('goes on once it is chosen', async () => {
    const { organisationId, integration: id } = rig.key;
    const settings = { options: { left: { audience: 'a1' }, right: {} } };
    await saveIntegration(rig.database, { organisationId, id, flow: id, enabled: true, settings });
    await startPreview(rig.control, rig.key);
    await rig.turns();
    const row = await rig.row();
    expect([row.phase, row.error]).toEqual(['previewed', null]);
  });
});
