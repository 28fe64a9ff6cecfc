import type { Automation } from '../../server/core/flow.ts';
import { forgetSweeps, turnOn } from '../../server/engine/turn-on.ts';
import { ensureCursors, hurryCursors } from '../../server/store/cursors.ts';
import { saveIntegration } from '../../server/store/integrations.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow } from './rig.ts';

const swept = testFlow(async () => ok, { id: 'swept' });
const polled = {
  ...testFlow(async () => ok, { id: 'polled' }),
  trigger: { kind: 'poll', connector: 'vendor' },
} as unknown as Automation;
const flows = new Map([swept, polled].map((flow) => [flow.id, flow]));

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
  for (const flow of flows.keys())
    await saveIntegration(rig.database, {
      organisationId: ORGANISATION.id,
      id: flow,
      flow,
      enabled: true,
      settings: {},
    });
  await ensureCursors(rig.database, [...flows.keys()]);
  await rig.database.query(
    `update cursors set cursor = '{"from": 7}', started_at = now() - interval '1 day', next_at = now() + interval '1 hour'`,
  );
});
afterEach(() => rig.close());

const cursors = async () =>
  Object.fromEntries(
    (
      await rig.database.query<{ flow: string; place: unknown; fresh: boolean; due: boolean }>(
        `select integration as flow, cursor as place, started_at > now() - interval '1 hour' as fresh, next_at <= now() as due from cursors`,
      )
    ).map(({ flow, ...rest }) => [flow, rest]),
  );
const KEPT = { place: { from: 7 }, fresh: false, due: false };
const ANEW = { place: null, fresh: true, due: true };

it('a start of the server leaves sources where they were', async () => {
  await ensureCursors(rig.database, [...flows.keys()]);
  expect(await cursors()).toEqual({ swept: KEPT, polled: KEPT });
});

it('a sweep that is turned on begins now, a polled source goes on where it was read to', async () => {
  for (const flow of flows.values())
    await turnOn(rig.database, { organisationId: ORGANISATION.id, id: flow.id }, flow);
  expect(await cursors()).toEqual({ swept: ANEW, polled: { ...KEPT, due: true } });
});

it('disconnecting an account forgets where its sweeps were, and nothing of other accounts', async () => {
  const account = { id: 'account' };
  await forgetSweeps(rig.database, flows, { organisationId: ORGANISATION.id, connector: 'another', account });
  expect(await cursors()).toEqual({ swept: KEPT, polled: KEPT });
  await forgetSweeps(rig.database, flows, { organisationId: ORGANISATION.id, connector: 'vendor', account });
  expect(await cursors()).toEqual({ swept: ANEW, polled: KEPT });
});

it('what waited for a connection is looked at as soon as there is one', async () => {
  await rig.database.query(
    `update cursors set error = '{"kind": "reconnect", "sentence": {"en": "", "fr": ""}}' where integration = 'swept'`,
  );
  await hurryCursors(rig.database, ORGANISATION.id);
  expect(await cursors()).toEqual({ swept: { ...KEPT, due: true }, polled: KEPT });
});
