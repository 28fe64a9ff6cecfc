import { setTimeout as sleep } from 'node:timers/promises';
import type { Connector, ConnectorHttp } from '../../server/core/connector.ts';
import type { Automation } from '../../server/core/flow.ts';
import { ensureCursor } from '../../server/store/cursors.ts';
import { saveIntegration } from '../../server/store/integrations.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow } from '../engine/rig.ts';
import { integrationRow } from '../integration-row.ts';

/** What a run began for its own integration was stored and never begun where the integration is not its flow's first. */

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const vendor = { id: 'vendor', client: () => ({}) } as unknown as Connector;

it.each(['polled', 'a-second-one'])('a run of the integration %s begins another one of it', async (id) => {
  const began: (string | null)[] = [];
  const flow: Automation = {
    ...testFlow(
      async ({ event, beginRuns }) => {
        began.push(event.recordId);
        if (event.recordId === 'sheet') await beginRuns([{ key: 'row-7', recordId: 'row-7', body: {} }]);
        return ok;
      },
      { id: 'polled' },
    ),
    trigger: {
      kind: 'poll',
      connector: 'vendor',
      everySeconds: () => 3_600,
      poll: async () => ({ events: [{ key: 'look', recordId: 'sheet', body: {} }], cursor: 'looked' }),
      record: (event) => (event.recordId === null ? null : { object: 'vendor.thing', id: event.recordId }),
    },
  };
  const about = { organisationId: ORGANISATION.id, id, flow: 'polled' };
  await saveIntegration(rig.database, { ...about, enabled: true, settings: {} });
  await ensureCursor(rig.database, ORGANISATION.id, id);
  await rig.engine([flow], {
    world: {
      connectors: new Map([['vendor', vendor]]),
      open: async () => ({ account: { id: 'account' } }) as unknown as ConnectorHttp,
      integrations: async () => [integrationRow(about)],
    },
  });
  while (began.length < 2) await sleep(20);
  await rig.settled();
  expect(began).toEqual(['sheet', 'row-7']);
});
