import { isLocalAddress } from '../core/oauth-clients.ts';
import type { HeldSubscription, VendorDesk } from '../core/simulator.ts';
import { isMembers, type Members } from '../kit/json-body.ts';
import { ping } from './notify.ts';
import type { Operation } from './operation.ts';
import { localText } from './order-view.ts';
import { paged } from './query.ts';
import { WooRefusal } from './refusal.ts';
import { gmtText, nextNumber, type WebhookRow, wooTables } from './rows.ts';

const MOST = 100;
const TOPIC = /^(coupon|customer|order|product)\.(created|updated|deleted|restored)$/;
const STATES = ['active', 'paused', 'disabled'] as const;

/** https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks */
export const webhookOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/webhooks',
    run: ({ desk, query }) =>
      paged(wooTables(desk).webhooks.all().toReversed(), query, '/webhooks', webhookView),
  },
  {
    method: 'POST',
    path: '/webhooks',
    run: ({ desk, body }) => ({ status: 201, body: webhookView(make(desk, body)) }),
  },
  {
    method: 'POST',
    path: '/webhooks/batch',
    run({ desk, body }) {
      const asked = (name: string): unknown[] => (Array.isArray(body[name]) ? (body[name] as unknown[]) : []);
      const parts = [asked('create'), asked('update'), asked('delete')];
      if (parts.flat().length > MOST)
        throw new WooRefusal(
          413,
          'woocommerce_rest_request_entity_too_large',
          `Unable to accept more than ${MOST} items for this request.`,
        );
      const [created = [], updated = [], deleted = []] = parts;
      return {
        body: {
          create: created.map((one) => each(0, () => make(desk, isMembers(one) ? one : {}))),
          update: updated.map((one) => {
            const fields = isMembers(one) ? one : {};
            return each(Number(fields.id), () => change(desk, held(desk, String(fields.id)), fields));
          }),
          delete: deleted.map((id) => each(Number(id), () => remove(desk, held(desk, String(id))))),
        },
      };
    },
  },
  {
    method: 'GET',
    path: '/webhooks/{id}',
    run: ({ desk, path }) => ({ body: webhookView(held(desk, path.id)) }),
  },
  {
    method: 'PUT',
    path: '/webhooks/{id}',
    run: ({ desk, path, body }) => ({ body: webhookView(change(desk, held(desk, path.id), body)) }),
  },
  {
    method: 'DELETE',
    path: '/webhooks/{id}',
    run({ desk, path, query }) {
      if (query.get('force') !== 'true')
        throw new WooRefusal(
          501,
          'woocommerce_rest_trash_not_supported',
          'Webhooks do not support trashing.',
        );
      return { body: webhookView(remove(desk, held(desk, path.id))) };
    },
  },
];

/** A batch succeeds as a whole; what was refused of it stands where its record would. */
function each(id: number, work: () => WebhookRow): object {
  try {
    return webhookView(work());
  } catch (error) {
    if (!(error instanceof WooRefusal)) throw error;
    return { id, error: error.body };
  }
}

function held(desk: VendorDesk, id = ''): WebhookRow {
  const row = wooTables(desk).webhooks.get(id);
  if (!row) throw new WooRefusal(404, 'woocommerce_rest_shop_webhook_invalid_id', 'Invalid ID.');
  return row;
}

function make(desk: VendorDesk, body: Members): WebhookRow {
  const now = gmtText(desk.clock());
  const topic = String(body.topic ?? '');
  if (!TOPIC.test(topic))
    throw new WooRefusal(
      400,
      'woocommerce_rest_shop_webhook_invalid_topic',
      'Webhook topic is required and must be valid.',
    );
  const row: WebhookRow = {
    ...fieldsOf(body, { name: `Webhook created on ${now}`, status: 'active', secret: desk.id('', 32) }),
    id: nextNumber(desk, 'webhook'),
    topic,
    delivery_url: addressOf(body.delivery_url),
    date_created_gmt: now,
    date_modified_gmt: now,
    failures: 0,
  };
  wooTables(desk).webhooks.put(String(row.id), row);
  wrote(desk, row, 'create');
  ping(desk, row);
  return row;
}

function change(desk: VendorDesk, row: WebhookRow, body: Members): WebhookRow {
  const fields = fieldsOf(body, row);
  const kept: WebhookRow = {
    ...row,
    ...fields,
    ...('delivery_url' in body ? { delivery_url: addressOf(body.delivery_url) } : {}),
    // Switched on again, it begins anew.
    failures: fields.status === 'active' && row.status !== 'active' ? 0 : row.failures,
    date_modified_gmt: gmtText(desk.clock()),
  };
  wooTables(desk).webhooks.put(String(row.id), kept);
  wrote(desk, kept, 'update');
  return kept;
}

export function remove(desk: VendorDesk, row: WebhookRow): WebhookRow {
  wooTables(desk).webhooks.delete(String(row.id));
  wrote(desk, row, 'delete');
  return row;
}

const fieldsOf = (body: Members, usual: Pick<WebhookRow, 'name' | 'status' | 'secret'>) => ({
  name: typeof body.name === 'string' ? body.name : usual.name,
  status: STATES.find((status) => status === body.status) ?? usual.status,
  secret: typeof body.secret === 'string' && body.secret !== '' ? body.secret : usual.secret,
});

function addressOf(value: unknown): string {
  const url = String(value ?? '');
  if (URL.canParse(url) && isLocalAddress(url)) return url;
  throw new WooRefusal(
    400,
    'woocommerce_rest_shop_webhook_invalid_delivery_url',
    'Webhook delivery URL must be a valid URL starting with http:// or https://. The sandbox delivers to this machine only.',
  );
}

function wrote(desk: VendorDesk, row: WebhookRow, action: 'create' | 'update' | 'delete'): void {
  const record = webhookView(row);
  desk.wrote({ operation: 'webhooks', object: 'webhook', id: String(row.id), action, marker: null, record });
}

/** Without its secret, which no answer tells. */
function webhookView({ secret: _secret, failures: _failures, ...row }: WebhookRow) {
  const [resource = '', event = ''] = row.topic.split('.');
  return {
    ...row,
    resource,
    event,
    hooks: [`woocommerce_${event}_${resource}`],
    date_created: localText(row.date_created_gmt),
    date_modified: localText(row.date_modified_gmt),
  };
}

export const heldWebhooks = (desk: VendorDesk): readonly HeldSubscription[] =>
  wooTables(desk)
    .webhooks.all()
    .filter(({ status }) => status === 'active')
    .map(({ id, delivery_url, secret, topic }) => ({
      id: String(id),
      vendor: desk.vendor,
      url: delivery_url,
      scheme: 'wc-signature',
      carrier: 'X-WC-Webhook-Signature',
      secret,
      topics: [topic],
      contentType: 'application/json',
    }));
