import type { StripeClient } from '../../server/connectors/stripe/client.ts';
import { stripe } from '../../server/connectors/stripe/connector.ts';
import { type OpenSandbox, openSandbox } from '../conformance/sandbox-connection.ts';

/**
 * A flow that is turned off and on again, or an address that comes back, within the day for which Stripe answers
 * a repeated creation with the endpoint that it made first, deleted or not.
 */

const WISH = { url: 'http://127.0.0.1:3000/hooks/stripe/key-1', topics: ['invoice.paid'] };

let sandbox: OpenSandbox;
let client: StripeClient;
beforeAll(async () => {
  sandbox = await openSandbox('stripe', { only: ['stripe'] });
  ({ client } = await sandbox.connect(stripe));
});
afterAll(() => sandbox.close());

const standing = async () => {
  const { webhook_endpoints: endpoints = [] } = await sandbox.state('stripe');
  return endpoints.map(({ id, secret }) => ({ id, secret }));
};

it('an endpoint that is made again after it was deleted is there, each time', async () => {
  const known = new Set<string>();
  for (let turn = 1; turn <= 3; turn += 1) {
    const made = await client.createEndpoint(WISH);
    expect(await standing()).toEqual([made]);
    expect(known).not.toContain(made.id);
    known.add(made.id);
    // As after an answer that was lost: the same one, secret included.
    expect(await client.createEndpoint(WISH)).toEqual(made);
    expect(await standing()).toEqual([made]);
    await client.deleteEndpoint(made.id);
    expect(await standing()).toEqual([]);
  }
});
