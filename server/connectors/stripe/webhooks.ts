import { z } from 'zod';
import type { SubscriptionFault, WebhookDeclaration } from '../../core/connector.ts';
import { failure } from '../../kit/failures.ts';
import type { StripeClient } from './client.ts';

const eventSchema = z.object({
  object: z.literal('event'),
  id: z.string().regex(/^evt_[\w-]{1,250}$/),
  type: z.string().regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/),
  data: z.object({ object: z.object({ id: z.string().min(1).nullish() }) }),
});

/** https://docs.stripe.com/webhooks#verify-manually */
export const webhooks: WebhookDeclaration<StripeClient> = {
  schemes: [
    {
      kind: 'hmac-sha256',
      header: 'stripe-signature',
      encoding: 'hex',
      read: readSignature,
      prefix: (timestamp) => `${timestamp ?? ''}.`,
      toleranceSeconds: 300,
    },
  ],
  contentTypes: ['application/json'],
  read(body) {
    const event = eventSchema.safeParse(body).data;
    if (event === undefined) return null;
    return [{ key: event.id, topic: event.type, recordId: event.data.object.id ?? null }];
  },
  async subscribe(client, { url, topics }) {
    const { id, secret } = await client.createEndpoint({ url, topics });
    if (secret === null) {
      throw failure('unknown', 'Stripe', 'The answer to the creation of a webhook endpoint has no secret.');
    }
    return [{ kind: 'hmac-sha256', vendorId: id, secret }];
  },
  async inspect(client, wish, subscriptions) {
    const faults: SubscriptionFault[] = [];
    for (const { vendorId } of subscriptions) {
      const is = await client.inspectEndpoint(vendorId, wish);
      if (is !== null) faults.push({ is, name: `webhook endpoint ${vendorId}` });
    }
    return faults;
  },
  unsubscribe: (client, { vendorId }) => client.deleteEndpoint(vendorId),
};

/**
 * `t=1677834000,v1=…,v1=…,v0=…`: several `v1` while a secret is being rolled; `v0` is for Stripe's own tests
 * and proves nothing.
 */
function readSignature(header: string) {
  const parts = header.split(',').map((part) => part.trim().split('=', 2) as [string, string | undefined]);
  const timestamp = parts.find(([name]) => name === 't')?.[1];
  const signatures = parts.flatMap(([name, value]) =>
    name === 'v1' && /^[0-9a-f]{64}$/.test(value ?? '') ? [value ?? ''] : [],
  );
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp) || signatures.length === 0) return null;
  return { signatures, timestamp };
}
