import { isLocalAddress } from '../core/oauth-clients.ts';
import type { HeldSubscription, VendorDesk } from '../core/simulator.ts';
import { API_VERSION } from './api-version.ts';
import { readOperations } from './listing.ts';
import type { Operation } from './operation.ts';
import { required, textIn, textsIn, type Values, valuesIn } from './parameters.ts';
import { badParameter, missing, StripeRefusal } from './refusal.ts';
import { type EndpointRow, secondsNow, stripeTables } from './rows.ts';

const AT_MOST = 16;

/** https://docs.stripe.com/api/webhook_endpoints. The secret is in the answer to the creation only. */
export const webhookEndpointOperations: readonly Operation[] = [
  ...readOperations<EndpointRow>({
    path: '/v1/webhook_endpoints',
    noun: 'webhook endpoint',
    table: (desk) => stripeTables(desk).endpoints,
    filters: {},
    shown: withoutSecret,
  }),
  {
    method: 'POST',
    path: '/v1/webhook_endpoints',
    parameters: {
      enabled_events: 'texts',
      url: 'text',
      api_version: 'text',
      connect: 'unsimulated',
      description: 'text',
      metadata: 'metadata',
    },
    expandable: [],
    run({ desk, values, idempotencyKey }) {
      const { endpoints } = stripeTables(desk);
      if (endpoints.size >= AT_MOST)
        throw new StripeRefusal(400, {
          type: 'invalid_request_error',
          message: `A test account has at most ${AT_MOST} webhook endpoints.`,
        });
      const endpoint = endpointOf(desk, values);
      endpoints.put(endpoint.id, endpoint);
      wrote(desk, 'POST /v1/webhook_endpoints', 'create', endpoint, idempotencyKey);
      return endpoint;
    },
  },
  {
    method: 'DELETE',
    path: '/v1/webhook_endpoints/{id}',
    parameters: {},
    run({ desk, id }) {
      const { endpoints } = stripeTables(desk);
      const endpoint = endpoints.get(id);
      if (!endpoint) throw missing('webhook endpoint', id);
      endpoints.delete(id);
      wrote(desk, 'DELETE /v1/webhook_endpoints/{id}', 'delete', endpoint, null);
      return { id, object: 'webhook_endpoint', deleted: true };
    },
  },
];

/** What `GET /_sandbox/webhooks` shows of Stripe. */
export function heldEndpoints(desk: VendorDesk): HeldSubscription[] {
  return stripeTables(desk)
    .endpoints.all()
    .map(({ id, url, secret, enabled_events: topics }) => ({
      id,
      vendor: desk.vendor,
      url,
      scheme: 'stripe-signature',
      carrier: 'Stripe-Signature',
      secret,
      topics,
      contentType: 'application/json; charset=utf-8',
    }));
}

/** Somebody deletes an endpoint in the dashboard, or switches it off. Throws a sentence for one that is not there. */
export function endEndpoint(desk: VendorDesk, id: string, how: 'deleted' | 'disabled'): object {
  const { endpoints } = stripeTables(desk);
  const endpoint = standing(desk, id);
  if (how === 'deleted') endpoints.delete(id);
  else endpoints.put(id, { ...endpoint, status: 'disabled' });
  return { id, is: how };
}

/** Somebody chooses in the dashboard what else an endpoint is sent. Throws a sentence for one that is not there. */
export function changeEndpoint(desk: VendorDesk, id: string, events: readonly string[]): object {
  stripeTables(desk).endpoints.put(id, { ...standing(desk, id), enabled_events: [...events] });
  return { id, is: 'changed' };
}

function standing(desk: VendorDesk, id: string): EndpointRow {
  const endpoint = stripeTables(desk).endpoints.get(id);
  if (!endpoint) throw new Error(`No such webhook endpoint: '${id}'.`);
  return endpoint;
}

function endpointOf(desk: VendorDesk, values: Values): EndpointRow {
  const url = required(textIn(values, 'url'), 'url');
  if (!isLocalAddress(url))
    throw badParameter('url', 'url_invalid', 'Invalid URL: the sandbox sends events to this machine only.');
  const events = textsIn(values, 'enabled_events') ?? [];
  required(events[0], 'enabled_events');
  events.forEach((type, index) => {
    if (type !== '*' && !/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(type))
      throw badParameter(`enabled_events[${index}]`, 'parameter_invalid', `Invalid event type: ${type}`);
  });
  const version = textIn(values, 'api_version') ?? null;
  if (version !== null && version !== API_VERSION)
    throw badParameter(
      'api_version',
      'parameter_invalid',
      `This sandbox renders events in version ${API_VERSION} only.`,
    );
  const metadata = Object.entries(valuesIn(values, 'metadata') ?? {});
  return {
    id: desk.id('we_', 24),
    object: 'webhook_endpoint',
    api_version: version,
    application: null,
    created: secondsNow(desk),
    description: textIn(values, 'description') ?? null,
    enabled_events: [...events],
    livemode: false,
    metadata: Object.fromEntries(metadata.map(([name, value]) => [name, String(value)])),
    secret: desk.id('whsec_', 32),
    status: 'enabled',
    url,
  };
}

function withoutSecret({ secret: _, ...shown }: EndpointRow): object {
  return shown;
}

function wrote(
  desk: VendorDesk,
  operation: string,
  action: 'create' | 'delete',
  endpoint: EndpointRow,
  marker: string | null,
): void {
  const record = withoutSecret(endpoint);
  desk.wrote({ operation, object: 'webhook_endpoint', id: endpoint.id, action, marker, record });
}
