import { isLocalAddress } from '../core/oauth-clients.ts';
import type { HeldSubscription, VendorDesk } from '../core/simulator.ts';
import type { BodyFields } from '../kit/body-fields.ts';
import type { Members } from '../kit/json-body.ts';
import { invalid, listed, notFound, type Operation, refusal } from './api.ts';
import { deskTables, moment, newId, portal, type WebhookRow } from './rows.ts';
import { tokenSecret } from './sign.ts';
import { checkSubscriptions } from './subscriptions.ts';

const TAKEN: BodyFields = {
  name: { is: 'text', most: 100 },
  url: { is: 'text', most: 100 },
  description: { is: 'text', most: 3_000 },
  ignoreSourceId: { is: 'text', most: 100 },
  isEnabled: { is: 'boolean' },
  includeEventsFrom: { is: 'list' },
  subscriptions: { is: 'object' },
};

const TRIED_WITHIN_MS = 5_000;

/** https://desk.zoho.com/support/WebhookDocument.do */
export const webhookOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/webhooks',
    scopes: ['Desk.settings.READ', 'Desk.events.READ'],
    run: (call) => listed(call, deskTables(call.desk).webhooks.all().map(view), { most: 100, usual: 20 }),
  },
  {
    method: 'GET',
    path: '/webhooks/{webhook}',
    scopes: ['Desk.settings.READ', 'Desk.events.READ'],
    run: ({ desk, path }) => ({ body: view(held(desk, path.webhook)) }),
  },
  {
    method: 'POST',
    path: '/webhooks',
    scopes: ['Desk.settings.CREATE', 'Desk.events.CREATE'],
    takes: { ...TAKEN, url: { is: 'text', most: 100, required: true } },
    async run({ desk, body, agentId }) {
      const { webhooks } = deskTables(desk);
      if (webhooks.size >= portal.webhooks.all) throw limitReached();
      const now = desk.clock().getTime();
      const row: WebhookRow = {
        ...{ name: 'Webhook', url: '', isEnabled: true, description: null, ignoreSourceId: null },
        subscriptions: {},
        ...(await written(desk, body, null)),
        ...{ id: newId(desk), createdBy: agentId, createdTime: now, modifiedTime: now },
      };
      if (Object.keys(row.subscriptions).length === 0) throw invalid(['subscriptions', 'missing']);
      webhooks.put(row.id, row);
      wrote(desk, row, 'create');
      return { body: view(row) };
    },
  },
  {
    method: 'PATCH',
    path: '/webhooks/{webhook}',
    scopes: ['Desk.settings.UPDATE', 'Desk.events.UPDATE'],
    takes: TAKEN,
    async run({ desk, path, body }) {
      const row = held(desk, path.webhook);
      const changed = {
        ...row,
        ...(await written(desk, body, row)),
        modifiedTime: desk.clock().getTime(),
      };
      deskTables(desk).webhooks.put(row.id, changed);
      wrote(desk, changed, 'update');
      return { body: view(changed) };
    },
  },
  {
    method: 'DELETE',
    path: '/webhooks/{webhook}',
    scopes: ['Desk.settings.DELETE', 'Desk.events.DELETE'],
    run({ desk, path }) {
      const row = held(desk, path.webhook);
      deskTables(desk).webhooks.delete(row.id);
      wrote(desk, row, 'delete');
      return { status: 200 };
    },
  },
];

function held(desk: VendorDesk, id = ''): WebhookRow {
  const row = deskTables(desk).webhooks.get(id);
  if (!row) throw notFound();
  return row;
}

const limitReached = () =>
  refusal(403, 'LICENSE_ACCESS_LIMITED', 'The webhooks of this edition are all in use.');

async function written(
  desk: VendorDesk,
  body: Members,
  before: WebhookRow | null,
): Promise<Partial<WebhookRow>> {
  const { includeEventsFrom: _any, ...rest } = body;
  const fields = rest as Partial<WebhookRow>;
  if ('subscriptions' in body) checkSubscriptions(body.subscriptions);
  const isOn = fields.isEnabled ?? before?.isEnabled ?? true;
  const others = deskTables(desk)
    .webhooks.all()
    .filter(({ id, isEnabled }) => isEnabled && id !== before?.id);
  if (isOn && others.length >= portal.webhooks.enabled) throw limitReached();
  if (fields.url !== undefined) await tryAddress(fields.url);
  return fields;
}

/** Before it is kept, an address is asked with GET, and where that fails with POST: 200 is wanted. */
async function tryAddress(url: string): Promise<void> {
  // The sandbox delivers to this machine only.
  if (!isLocalAddress(url)) throw invalid(['url', 'invalid']);
  for (const method of ['GET', 'POST']) {
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(TRIED_WITHIN_MS),
    }).catch(() => null);
    if (answer?.status === 200) return;
  }
  throw invalid(['url', 'invalid']);
}

const view = ({ createdTime, modifiedTime, ...row }: WebhookRow) => ({
  ...row,
  includeEventsFrom: null,
  type: 'CUSTOMER_WEBHOOK',
  createdTime: moment(createdTime),
  modifiedTime: moment(modifiedTime),
});

function wrote(desk: VendorDesk, row: WebhookRow, action: 'create' | 'update' | 'delete'): void {
  const record = view(row);
  desk.wrote({ operation: 'webhooks', object: 'webhook', id: row.id, action, marker: null, record });
}

export const heldWebhooks = (desk: VendorDesk): readonly HeldSubscription[] =>
  deskTables(desk)
    .webhooks.all()
    .filter(({ isEnabled }) => isEnabled)
    .map((row) => ({
      id: row.id,
      vendor: desk.vendor,
      url: row.url,
      scheme: 'zdesk-jwt',
      carrier: 'X-ZDesk-JWT',
      secret: tokenSecret(desk, row),
      topics: Object.keys(row.subscriptions),
      contentType: 'application/json',
    }));
