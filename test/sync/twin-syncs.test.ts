import { randomUUID } from 'node:crypto';
import { saveIntegration } from '../../server/store/integrations.ts';
import { saveSync, syncOf } from '../../server/store/syncs.ts';
import { openSyncWorld, type SyncWorld } from '../browser/memory-api/sync-world.ts';
import { openShared, type SharedDatabase } from './rig.ts';

/** Syncs of one flow between the same accounts that are told to begin at the same moment. */

const ROUNDS = 25;
const TWINS = ['twin', 'third'];

let shared: SharedDatabase;
let world: SyncWorld;
let organisationId: string;
let ids: string[];

beforeAll(async () => {
  shared = await openShared();
  world = await openSyncWorld(shared);
  organisationId = world.rig.key.organisationId;
  const flow = world.rig.sync.id;
  for (const id of TWINS)
    await saveIntegration(shared.database, { organisationId, id, flow, enabled: true, settings: {} });
  ids = [flow, ...TWINS];
});
afterAll(async () => {
  await world.close();
  await shared.close();
});

async function previewed(): Promise<void> {
  for (const integration of ids) {
    const key = { organisationId, integration };
    await shared.database.query(
      'insert into syncs (organisation_id, integration) values ($1, $2) on conflict do nothing',
      [organisationId, integration],
    );
    await saveSync(shared.database, key, { phase: 'previewed', passId: null });
  }
}
const phases = async (): Promise<string[]> =>
  Promise.all(ids.map(async (id) => (await syncOf(shared.database, organisationId, id))?.phase ?? ''));

it('one of them begins, the others are told which one it was', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await previewed();
    const ended = await Promise.allSettled(ids.map((id) => world.services.apply(organisationId, id)));
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const one of ended)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({
          kind: 'conflict',
          details: { sentence: { en: expect.stringContaining('keeps these same records equal already') } },
        });
    expect((await phases()).sort()).toEqual(['applying', 'previewed', 'previewed']);
  }
});

it('one that is told twice at once begins once', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await previewed();
    const [id = ''] = ids;
    const ended = await Promise.allSettled([1, 2, 3].map(() => world.services.apply(organisationId, id)));
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }
  const passes = await shared.database.query(
    `select from sync_passes where organisation_id = $1 and integration = $2 and kind = 'apply'`,
    [organisationId, ids[0]],
  );
  expect(passes.length).toBeLessThanOrEqual(2 * ROUNDS);
});

it('of another organisation it hears nothing', async () => {
  const other = randomUUID();
  expect(await world.services.apply(other, ids[0] ?? '')).toBeNull();
});
