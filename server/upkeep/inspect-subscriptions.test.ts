import { z } from 'zod';
import { testFlow } from '../../test/engine/rig.ts';
import { connectInSandbox } from '../connect/sandbox.ts';
import { behave, startRig } from '../connect/testing/rig.ts';
import type { SubscriptionFault, WebhookDeclaration } from '../core/connector.ts';
import type { ConnectionRow } from '../store/connections.ts';
import { saveIntegration } from '../store/integrations.ts';
import { subscriptionInspector } from './inspect-subscriptions.ts';
import { keepSubscriptions, type UpkeepParts } from './keep-subscriptions.ts';

let rig: Awaited<ReturnType<typeof startRig>>;
let connection: ConnectionRow;
let parts: UpkeepParts;
let faults: readonly SubscriptionFault[];
/** What happens while the vendor is asked. */
let meanwhile: () => Promise<void>;

const settings = z.object({ stage: z.string() });
const own = testFlow(async () => ({ state: 'done', summary: { en: '', fr: '' } }));
const flow = {
  ...own,
  settings,
  trigger: {
    ...own.trigger,
    connector: 'crm',
    listensTo: (read: unknown) => [settings.parse(read).stage],
  },
} as typeof own;

const webhooks: WebhookDeclaration<unknown> = {
  schemes: [{ kind: 'secret-header', header: 'x-secret' }],
  contentTypes: ['application/json'],
  read: () => null,
  subscribe: async () => [{ kind: 'secret-header', vendorId: 'rule-1' }],
  inspect: async () => {
    await meanwhile();
    return faults;
  },
};

beforeEach(async () => {
  rig = await startRig();
  behave(rig.vendor);
  rig.connectors.set('crm', { ...rig.crm, webhooks });
  connection = await connectInSandbox(rig.deps, { organisationId: null, connector: rig.crm });
  parts = {
    connect: rig.deps,
    flows: new Map([[flow.id, flow]]),
    syncs: new Map(),
    processId: () => '00000000-0000-4000-8000-000000000001',
  };
  faults = [{ name: 'Liaison: deal won', is: 'changed' }];
  meanwhile = async () => {};
  await choose('won');
  await keepSubscriptions(parts);
});
afterEach(() => rig.close());

const choose = (stage: string) =>
  saveIntegration(rig.deps.database, {
    organisationId: connection.organisationId,
    id: flow.id,
    flow: flow.id,
    enabled: true,
    settings: { stage },
  });
const look = () => subscriptionInspector(parts, 0, Date.now)();
const alerts = () => rig.deps.database.query('select cause from alerts');

it('what somebody changed at the vendor is told of', async () => {
  await look();
  expect(await alerts()).toEqual([{ cause: 'rule crm' }]);
});

it('what another choice of settings is about to change there is nobody’s doing', async () => {
  await choose('signed');
  await look();
  expect(await alerts()).toEqual([]);
  await keepSubscriptions(parts);
  await look();
  expect(await alerts()).toHaveLength(1);
});

it.each([
  ['chosen', () => choose('signed')],
  [
    'chosen and set up',
    async () => {
      await choose('signed');
      await keepSubscriptions(parts);
    },
  ],
])('nor is what was %s while the vendor was asked', async (_, change) => {
  meanwhile = change;
  await look();
  expect(await alerts()).toEqual([]);
});
