import { isLocalAddress } from '../core/oauth-clients.ts';
import type { HeldSubscription, VendorDesk } from '../core/simulator.ts';
import { headerTopic, openShop } from './notify.ts';
import { momentText, nextNumber, shopTables, type WebhookRow } from './rows.ts';
import { shops } from './shop.ts';
import { APP_SECRET } from './sign.ts';

const GID = 'gid://shopify/WebhookSubscription/';

export const webhookView = (row: WebhookRow) => ({
  id: `${GID}${row.id}`,
  topic: row.topic,
  uri: row.uri,
  format: 'JSON',
  includeFields: row.includeFields,
  createdAt: row.createdAt,
  updatedAt: row.createdAt,
});

const userError = (field: readonly string[] | null, message: string) => ({ field, message });

export interface WebhookWish {
  readonly topic: string;
  readonly webhookSubscription: {
    readonly uri?: string | null;
    readonly includeFields?: readonly string[] | null;
  };
}

/** https://shopify.dev/docs/api/admin-graphql/2026-10/mutations/webhookSubscriptionCreate */
export function createWebhook(desk: VendorDesk, { topic, webhookSubscription: wish }: WebhookWish) {
  const { webhooks } = shopTables(desk);
  const uri = wish.uri ?? '';
  const field = ['webhookSubscription', 'uri'];
  const refuse = (message: string) => ({
    webhookSubscription: null,
    userErrors: [userError(field, message)],
  });
  if (!URL.canParse(uri)) return refuse('Address is invalid');
  // The real one wants https; the sandbox delivers to this machine only.
  if (!isLocalAddress(uri))
    return refuse('Address is not allowed: the sandbox delivers to this machine only');
  if (webhooks.all().some((one) => one.topic === topic && one.uri === uri))
    return refuse('Address for this topic has already been taken');
  const row: WebhookRow = {
    id: nextNumber(desk, 'webhook'),
    topic,
    uri,
    includeFields: wish.includeFields ?? [],
    createdAt: momentText(desk.clock()),
    failures: 0,
  };
  webhooks.put(String(row.id), row);
  wrote(desk, row, 'create');
  return { webhookSubscription: webhookView(row), userErrors: [] };
}

export function deleteWebhook(desk: VendorDesk, id: string) {
  const { webhooks } = shopTables(desk);
  const row = id.startsWith(GID) ? webhooks.get(id.slice(GID.length)) : undefined;
  if (row === undefined)
    return {
      deletedWebhookSubscriptionId: null,
      userErrors: [userError(['id'], 'Webhook subscription does not exist')],
    };
  webhooks.delete(String(row.id));
  wrote(desk, row, 'delete');
  return { deletedWebhookSubscriptionId: id, userErrors: [] };
}

function wrote(desk: VendorDesk, row: WebhookRow, action: 'create' | 'delete'): void {
  const operation = action === 'create' ? 'webhookSubscriptionCreate' : 'webhookSubscriptionDelete';
  desk.wrote({
    operation,
    object: 'webhook',
    id: String(row.id),
    action,
    marker: null,
    record: webhookView(row),
  });
}

export const heldWebhooks = (desk: VendorDesk): readonly HeldSubscription[] =>
  shops.flatMap((shop) =>
    shopTables(openShop(desk, shop))
      .webhooks.all()
      .map(({ id, uri, topic }) => ({
        id: `${shop.key} ${id}`,
        vendor: desk.vendor,
        url: uri,
        scheme: 'shopify-hmac',
        carrier: 'X-Shopify-Hmac-SHA256',
        secret: APP_SECRET,
        topics: [headerTopic(topic)],
        contentType: 'application/json',
      })),
  );
