import { simulators } from '../../../../sandbox/index.ts';
import { asLiaisonError } from '../../../../server/core/errors.ts';
import {
  type Connected,
  hostsOf,
  type OpenSandbox,
  openSandbox,
} from '../../../../test/conformance/sandbox-connection.ts';
import { toFillIn } from '../../../../test/to-fill-in.ts';
import type { NewThingClient } from './client.ts';
import { newThing } from './connector.ts';

it('New Thing’s connector is filled in: nothing in its folder waits for somebody', () => {
  expect(toFillIn(import.meta.dirname)).toEqual([]);
});

describe('New Thing’s connector, against the simulator', () => {
  let sandbox: OpenSandbox;
  let connected: Connected<NewThingClient>;

  beforeAll(async () => {
    // To fill in: the simulator, laid by `npm run new -- simulator new-thing`.
    expect(simulators.map(({ vendor }) => vendor)).toContain('new-thing');
    sandbox = await openSandbox('new-thing', { only: ['new-thing'], limitFactor: 100 });
    connected = await sandbox.connect({ ...newThing, budgets: [] });
  });
  afterAll(() => sandbox?.close());

  it('says whose account it is', () => {
    expect(connected.account).toEqual({ id: 'atelier-lumen', name: 'Atelier Lumen' });
  });

  it('fails with reconnect when the key is no good', async () => {
    const error = await sandbox.connect(newThing, 'wrong').catch(asLiaisonError);
    expect(error).toMatchObject({ kind: 'reconnect' });
  });

  // To fill in: what this vendor does in its own way; what all do is held by test/conformance.
  it('reads every item, of every page', async () => {
    expect(await connected.client.items()).toHaveLength(3);
  });

  it('speaks to declared hosts only', () => {
    expect(hostsOf(connected.exchanges)).toEqual(Object.keys(newThing.hosts));
  });
});
