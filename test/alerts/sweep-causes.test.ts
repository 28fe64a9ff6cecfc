import { watchCauses } from '../../server/alerts/watch-causes.ts';
import { alertsOf } from '../../server/store/alerts.ts';
import { startCursor } from '../../server/store/cursors.ts';
import { saveIntegration } from '../../server/store/integrations.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow } from '../engine/rig.ts';

const FLOW = 'test-flow';
let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.database.query('delete from alerts');
  await turn(true);
  await startCursor(rig.database, ORGANISATION.id, FLOW);
});

const turn = (enabled: boolean) =>
  saveIntegration(rig.database, {
    organisationId: ORGANISATION.id,
    id: FLOW,
    flow: FLOW,
    enabled,
    settings: {},
  });
const set = (columns: string) => rig.database.query(`update cursors set ${columns}`);
const watch = () =>
  watchCauses({
    database: rig.database,
    flows: new Map([[FLOW, testFlow(async () => ok)]]),
    syncs: new Map(),
    connectors: new Map([['vendor', { titles: { en: 'Vendor', fr: 'Fournisseur' } } as never]]),
  });
const open = async () =>
  (await alertsOf(rig.database, ORGANISATION.id, 7)).filter(({ closedAt }) => closedAt === null);

it('webhooks that do not arrive are one alert with a true count, over when they arrive', async () => {
  await set('gap = 1');
  await watch();
  expect(await open()).toMatchObject([{ cause: `sweep ${FLOW}`, occurrences: 1 }]);
  expect((await open())[0]?.sentence).toEqual({
    en: 'test: webhooks of Vendor do not arrive. One event was found by looking, and is handled like any other. Check that Vendor can reach Liaison’s address (PUBLIC_URL).',
    fr: 'test\u00a0: des webhooks de Fournisseur n’arrivent pas. Un événement a été retrouvé en cherchant, et est traité comme les autres. Vérifiez que Fournisseur peut joindre l’adresse de Liaison (PUBLIC_URL).',
  });
  await set('gap = 12');
  await watch();
  expect(await open()).toMatchObject([{ occurrences: 12 }]);
  expect((await open())[0]?.sentence.fr).toContain(
    '12 événements ont été retrouvés en cherchant, et sont traités',
  );
  await set('gap = 0');
  await watch();
  expect(await open()).toEqual([]);
  expect(await alertsOf(rig.database, ORGANISATION.id, 7)).toHaveLength(1);
});

it('a flow that is off has no webhooks to miss', async () => {
  await set('gap = 3');
  await watch();
  await turn(false);
  await watch();
  expect(await open()).toEqual([]);
});

it('looks that fail for ten minutes are told of with the reason, and not before; what is told of at once has its own alert', async () => {
  const failing = (kind: string, minutes: number) =>
    set(
      `failing_since = now() - interval '${minutes} minutes', error = '${JSON.stringify({ kind, sentence: { en: 'No access.', fr: 'Pas d’accès.' } })}'`,
    );
  await failing('unknown', 9);
  await watch();
  expect(await open()).toEqual([]);
  for (const kind of ['reconnect', 'rejected', 'gone']) {
    await failing(kind, 60);
    await watch();
    expect((await open()).filter(({ cause }) => cause.startsWith('blind'))).toEqual([]);
  }
  await failing('unknown', 11);
  await watch();
  expect(await open()).toMatchObject([
    {
      cause: `blind ${FLOW}`,
      sentence: {
        en: 'test: Liaison cannot look any more for what is new in Vendor. No access.',
        fr: 'test\u00a0: Liaison ne peut plus chercher ce qu’il y a de nouveau dans Fournisseur. Pas d’accès.',
      },
    },
  ]);
  await set('failing_since = null, error = null');
  await watch();
  expect(await open()).toEqual([]);
});
