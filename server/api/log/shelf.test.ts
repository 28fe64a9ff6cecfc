import { contact, openSyncWorld, type SyncWorld } from '../../../test/browser/memory-api/sync-world.ts';
import { ok, testFlow } from '../../../test/engine/rig.ts';
import { openShared, type SharedDatabase } from '../../../test/sync/rig.ts';
import { saveIntegration } from '../../store/integrations.ts';
import { ROUTES } from '../contract.ts';
import type { ShelfServices } from './shelf-services.ts';
import { storedShelfServices } from './stored-shelf-services.ts';

/** One shelf over runs and records, over a real database and sync engine. */

let shared: SharedDatabase;
let world: SyncWorld;
let shelf: ShelfServices;
let replayed: (string | undefined)[];
const flow = testFlow(async () => ok);

beforeAll(async () => {
  shared = await openShared();
  world = await openSyncWorld(shared);
  const { database, key, flow: sync } = world.rig;
  shelf = storedShelfServices({
    database,
    flows: new Map([[flow.id, flow]]),
    offeredSyncs: new Map([[sync.id, sync]]),
    syncs: world.services,
    async replay(_organisation, wanted) {
      replayed.push(wanted);
      return 2;
    },
  });
  for (const letter of 'abcd') world.google.put(null, contact('Anne', `Client ${letter}`));
  world.crm.refuses = (values) => (JSON.stringify(values).includes('Client c') ? 'Email' : null);
  await world.services.startPreview(key.organisationId, key.integration);
  await world.turns();
  await world.services.apply(key.organisationId, key.integration);
  await world.turns();
  await saveIntegration(database, {
    organisationId: key.organisationId,
    id: flow.id,
    flow: flow.id,
    enabled: true,
    settings: {},
  });
  for (const [kind, count] of [
    ['rejected', 2],
    ['gone', 1],
  ] as const) {
    await database.query(
      `with event as (
         insert into inbox (organisation_id, connector, event_key, topic, content_type, body)
         select $1::uuid, 'x', gen_random_uuid()::text, 'x', 'application/json', '{}' from generate_series(1, $2::int) returning id)
       insert into runs (id, organisation_id, integration, record_object, record_id, event_id, state, error)
       select gen_random_uuid(), $1, $4, 'x', id, id, 'shelved',
         jsonb_build_object('kind', $3::text, 'sentence', jsonb_build_object('en', 'No ' || row_number() over () || '.', 'fr', 'Non.')) from event`,
      [key.organisationId, count, kind, flow.id],
    );
  }
});
afterAll(async () => {
  await world?.close();
  await shared?.close();
});
beforeEach(() => {
  replayed = [];
});

const org = () => world.rig.key.organisationId;
const counts = async () =>
  (await shelf.get(org())).integrations.map(({ of, count, causes }) => [
    of,
    count,
    causes.map((one) => one.count),
  ]);

it('holds what automations and syncs set aside, by flow and cause, and says why', async () => {
  const answer = ROUTES.getShelf.answer.parse(await shelf.get(org()));
  expect(answer.total).toBe(4);
  expect(await counts()).toEqual([
    ['runs', 3, [2, 1]],
    ['records', 1, [1]],
  ]);
  expect(answer.integrations[0]?.causes.map(({ reasons }) => reasons)).toEqual([2, 1]);
  expect(answer.integrations[1]).toMatchObject({
    titles: world.rig.sync.titles,
    causes: [{ failure: { kind: 'rejected', field: 'Email' }, reasons: 1, since: null }],
  });
});

it('knows no other organisation’s, and no flow that there is not', async () => {
  expect(await shelf.get('00000000-0000-4000-8000-000000000000')).toEqual({ total: 0, integrations: [] });
  expect(await shelf.retry(org(), 'no-such-flow')).toBeNull();
  expect(replayed).toEqual([]);
});

it('of one automation is retried without touching the syncs', async () => {
  expect(await shelf.retry(org(), flow.id)).toEqual({ runs: 2, records: 0 });
  expect(replayed).toEqual([flow.id]);
  expect(await counts()).toContainEqual(['records', 1, [1]]);
});

it('of everything is retried everywhere: what is accepted now leaves it', async () => {
  world.crm.refuses = () => null;
  expect(await shelf.retry(org(), undefined)).toEqual({ runs: 2, records: 1 });
  expect(replayed).toEqual([undefined]);
  await world.settle();
  expect((await shelf.get(org())).integrations.map(({ of }) => of)).toEqual(['runs']);
  expect(world.crm.live()).toHaveLength(4);
});
