import { isLocalAddress } from '../core/oauth-clients.ts';
import type { HeldSubscription, VendorDesk } from '../core/simulator.ts';
import type { BodyFields } from '../kit/body-fields.ts';
import type { Members } from '../kit/json-body.ts';
import type { Reply } from '../kit/refusal.ts';
import { answered, type Call, invalidUrl, type Operation, refusal } from './api.ts';
import { newKey, signingOf } from './notify.ts';
import { newId, salesIqTables, type WebhookRow } from './rows.ts';
import { webhookView } from './views.ts';

/** https://www.zoho.com/salesiq/help/webhook-events-conversation.html and workflows-module-visitor.html */
const EVENTS = new Set([
  'conversation.created',
  'conversation.attender.updated',
  'conversation.missed',
  'conversation.operator.replied',
  'conversation.visitor.replied',
  'conversation.completed',
  'conversation.rated',
  'conversation.transfer.initiated',
  'conversation.transfer.accepted',
  'conversation.transfer.rejected',
  'visitor.updated',
]);
const TAKEN: BodyFields = {
  type: { is: 'text' },
  url: { is: 'text' },
  events: { is: 'list' },
  app_ids: { is: 'list' },
  secured: { is: 'boolean' },
  version: { is: 'text' },
  expiry_time_for_executions_data: { is: 'text' },
};
const MOST_KEYS = 2;
const TRIED_WITHIN_MS = 5_000;
const PATH = '/v2/{portal}/webhooks';

/** https://www.zoho.com/salesiq/help/developer-section/create-webhook-v2.html and the pages beside it. */
export const webhookOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: PATH,
    scope: 'SalesIQ.webhooks.READ',
    run(call) {
      const own = salesIqTables(call.desk)
        .webhooks.all()
        .filter(({ portal }) => portal === call.portal);
      return answered(call, 'webhooks', own.map(webhookView));
    },
  },
  {
    method: 'POST',
    path: PATH,
    scope: 'SalesIQ.webhooks.CREATE',
    takes: {
      ...TAKEN,
      type: { is: 'text', required: true },
      url: { is: 'text', required: true },
      events: { is: 'list' },
    },
    run: create,
  },
  {
    method: 'GET',
    path: `${PATH}/{webhook}`,
    scope: 'SalesIQ.webhooks.READ',
    run: (call) => answered(call, 'webhook', webhookView(held(call))),
  },
  {
    method: 'PUT',
    path: `${PATH}/{webhook}`,
    scope: 'SalesIQ.webhooks.UPDATE',
    takes: { ...TAKEN, status: { is: 'text' } },
    run: update,
  },
  {
    method: 'DELETE',
    path: `${PATH}/{webhook}`,
    scope: 'SalesIQ.webhooks.DELETE',
    run(call) {
      const row = held(call);
      salesIqTables(call.desk).webhooks.delete(row.id);
      wrote(call.desk, row, 'delete');
      return answered(call, 'webhook', {});
    },
  },
  {
    method: 'POST',
    path: `${PATH}/{webhook}/keys`,
    scope: 'SalesIQ.webhooks.CREATE',
    run(call) {
      const row = held(call);
      if (row.keys.length >= MOST_KEYS) throw refusal(1019, 'Maximum number of public keys reached');
      const changed = { ...row, keys: [...row.keys, newKey(call.desk)] };
      salesIqTables(call.desk).webhooks.put(row.id, changed);
      return answered(call, 'webhook', webhookView(changed));
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/{webhook}/keys/{key}`,
    scope: 'SalesIQ.webhooks.DELETE',
    run(call) {
      const row = held(call);
      const keys = row.keys.filter(({ id }) => id !== call.path.key);
      salesIqTables(call.desk).webhooks.put(row.id, { ...row, keys });
      return answered(call, 'webhook', {});
    },
  },
];

function held({ desk, portal, path }: Call): WebhookRow {
  const row = salesIqTables(desk).webhooks.get(path.webhook ?? '');
  if (row?.portal !== portal) throw invalidUrl();
  return row;
}

async function create(call: Call): Promise<Reply> {
  const { desk, portal, body } = call;
  const now = desk.clock().getTime();
  const row: WebhookRow = {
    ...{ id: newId(desk), portal, url: '', type: 'data', isEnabled: true, secured: false, events: [] },
    ...{ version: 1, failures: 0, createdTime: now, modifiedTime: now, keys: [] },
    ...(await written(body)),
  };
  if (row.events.length === 0) throw refusal(1016, 'Mandatory key is missing', { json_key: 'events' });
  salesIqTables(desk).webhooks.put(row.id, row);
  wrote(desk, row, 'create');
  return answered(call, 'webhook', webhookView(row));
}

async function update(call: Call): Promise<Reply> {
  const { desk, body } = call;
  const row = held(call);
  const status = body.status === undefined ? {} : { isEnabled: body.status === 'enabled' };
  const changed = { ...row, ...(await written(body)), ...status, modifiedTime: desk.clock().getTime() };
  salesIqTables(desk).webhooks.put(row.id, changed);
  wrote(desk, changed, 'update');
  return answered(call, 'webhook', webhookView(changed));
}

async function written({ type, url, events, secured }: Members): Promise<Partial<WebhookRow>> {
  const isType = type === undefined || type === 'data' || type === 'administration';
  if (!isType) throw refusal(1016, 'Invalid value', { json_key: 'type' });
  if (Array.isArray(events) && !events.every((one) => EVENTS.has(String(one))))
    throw refusal(1016, 'Invalid value', { json_key: 'events' });
  if (typeof url === 'string') await tryAddress(url);
  return {
    ...(type === undefined ? {} : { type: String(type) }),
    ...(typeof url === 'string' ? { url } : {}),
    ...(Array.isArray(events) ? { events: events.map(String) } : {}),
    ...(typeof secured === 'boolean' ? { secured } : {}),
  };
}

/** A HEAD that is not answered 200 refuses the address. */
async function tryAddress(url: string): Promise<void> {
  const no = () => refusal(1016, 'Unable to reach the URL', { json_key: 'url' });
  // The sandbox delivers to this machine only.
  if (!isLocalAddress(url)) throw no();
  const signal = AbortSignal.timeout(TRIED_WITHIN_MS);
  const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal }).catch(() => null);
  if (answer?.status !== 200) throw no();
}

function wrote(desk: VendorDesk, row: WebhookRow, action: 'create' | 'update' | 'delete'): void {
  const record = webhookView(row);
  desk.wrote({ operation: 'webhooks', object: 'webhook', id: row.id, action, marker: null, record });
}

export const heldWebhooks = (desk: VendorDesk): readonly HeldSubscription[] =>
  salesIqTables(desk)
    .webhooks.all()
    .filter(({ isEnabled }) => isEnabled)
    .map((row) => ({
      ...{ id: row.id, vendor: desk.vendor, url: row.url, carrier: 'x-siqsignature' },
      ...signingOf(row),
      ...{ topics: [...row.events], contentType: 'application/json' },
    }));
