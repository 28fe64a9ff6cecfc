import { z } from 'zod';
import { testFlow } from '../../test/engine/rig.ts';
import { insertConnection } from '../../test/postgres/insert-connection.ts';
import { disconnect } from '../connect/disconnect.ts';
import { connectInSandbox } from '../connect/sandbox.ts';
import { behave, startRig } from '../connect/testing/rig.ts';
import type { SubscriptionFault, WebhookDeclaration } from '../core/connector.ts';
import { triggerRole } from '../core/flow.ts';
import type { ConnectionRow } from '../store/connections.ts';
import { saveIntegration } from '../store/integrations.ts';
import { subscriptionInspector } from './inspect-subscriptions.ts';
import { keepSubscriptions, type UpkeepParts } from './keep-subscriptions.ts';

let rig: Awaited<ReturnType<typeof startRig>>;
let connection: ConnectionRow;
let parts: UpkeepParts;
let faults: readonly SubscriptionFault[];
/** Part of the address at which all stands as it should. */
let rightAt: string | null;
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
  inspect: async (_, { url }) => {
    await meanwhile();
    return rightAt !== null && url.endsWith(rightAt) ? [] : faults;
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
  rightAt = null;
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
  expect(await alerts()).toEqual([{ cause: `rule ${connection.id}` }]);
});

describe('two accounts of one application', () => {
  let second: ConnectionRow;
  const open = () =>
    rig.deps.database.query<{ cause: string; sentence: { fr: string } }>(
      "select cause, sentence from alerts where closed_at is null order by sentence->>'fr'",
    );
  const causes = async () => (await open()).map(({ cause }) => cause);
  /** As if what was told of had been told long ago. */
  const later = () => rig.deps.database.query("update alerts set last_at = now() - interval '2 hours'");

  beforeEach(async () => {
    second = await insertConnection(rig.deps.database, {
      organisationId: connection.organisationId,
      connector: 'crm',
      account: { id: 'org-2', name: 'Atelier Nord' },
    });
    const { organisationId } = connection;
    await saveIntegration(rig.deps.database, {
      organisationId,
      id: 'second',
      flow: flow.id,
      enabled: true,
      settings: { stage: 'won' },
    });
    await rig.deps.database.query(
      `insert into integration_roles (organisation_id, integration, role, connector, account_id, connection_id)
       values ($1, 'second', $2, 'crm', 'org-2', $3)`,
      [organisationId, triggerRole(flow), second.id],
    );
    await keepSubscriptions(parts);
  });

  it('have an alert each, which names the account; what is right at one says nothing of the other', async () => {
    await look();
    expect(await causes()).toEqual([`rule ${connection.id}`, `rule ${second.id}`]);
    const [first, other] = await open();
    expect(first?.sentence.fr).toContain('CRM Acme (Atelier Lumen)');
    expect(other?.sentence.fr).toContain('CRM Acme (Atelier Nord)');
    await later();
    rightAt = connection.hookKey;
    await look();
    expect(await causes()).toEqual([`rule ${second.id}`]);
  });

  it('and none once they are disconnected', async () => {
    await look();
    await disconnect(rig.deps, second);
    await look();
    expect(await causes()).toEqual([`rule ${connection.id}`]);
  });
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
