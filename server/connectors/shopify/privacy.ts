import { z } from 'zod';
import type { PrivacyRequest } from '../../core/privacy.ts';
import type { DeliveryBody, DeliveryHeaders } from '../../core/webhooks.ts';
import { ORDERS } from './addresses.ts';

const KINDS: Readonly<Record<string, PrivacyRequest['kind']>> = {
  'customers/data_request': 'tell',
  'customers/redact': 'forget',
  'shop/redact': 'forget-account',
};

const id = z.union([z.number().int(), z.string()]).transform(String);
const ids = z
  .array(id)
  .nullish()
  .transform((all) => all ?? []);
const text = z.string().nullish();

const bodySchema = z.object({
  shop_domain: z.string().min(1),
  customer: z.object({ id: id.nullish(), email: text, phone: text }).nullish(),
  orders_requested: ids,
  orders_to_redact: ids,
  data_request: z.object({ id }).nullish(),
});

/**
 * What every application must be told of, at one address for all shops.
 * https://shopify.dev/docs/apps/build/compliance/privacy-law-compliance
 */
export function privacy(body: DeliveryBody, headers: DeliveryHeaders): PrivacyRequest | null {
  const topic = headers['x-shopify-topic'] ?? '';
  const kind = KINDS[topic];
  const asked = bodySchema.safeParse(body).data;
  if (kind === undefined || asked === undefined) return null;
  // Of a customer, or of the whole shop: the body says it, and the header must not say otherwise.
  if ((kind === 'forget-account') === Boolean(asked.customer)) return null;
  const { customer, shop_domain: account, data_request: request } = asked;
  const orders = kind === 'tell' ? asked.orders_requested : asked.orders_to_redact;
  // The signature covers the body alone: a header numbers what the body does not.
  const number = request?.id ?? headers['x-shopify-event-id'] ?? headers['x-shopify-webhook-id'] ?? '';
  return {
    kind,
    key: `${topic} ${number}`,
    account,
    person: customer
      ? { id: customer.id ?? null, email: customer.email || null, phone: customer.phone || null }
      : null,
    records: orders.map((one) => ({ object: ORDERS, id: one })),
  };
}
