import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import type { Signer } from '../core/sign.ts';
import type { VendorDesk } from '../core/simulator.ts';
import {
  app,
  type ConversationRow,
  portals,
  salesIqTables,
  type WebhookKey,
  type WebhookRow,
} from './rows.ts';
import { conversationEntity } from './views.ts';

/** SHA256 with RSA over the body, in base64: https://help.zoho.com/portal/en/kb/salesiq-2-0/for-administrators/webhooks/articles/webhooksinsalesiq */
export const salesIqSignature: Signer = ({ secret }, body) => ({
  'x-siqsignature': sign('sha256', Buffer.from(body, 'utf8'), createPrivateKey(secret)).toString('base64'),
});

export function newKey(desk: VendorDesk): WebhookKey {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return {
    id: desk.digits('15666', 9),
    key: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    createdTime: desk.clock().getTime(),
  };
}

export const signingOf = ({
  secured,
  keys,
}: WebhookRow): { readonly scheme: string; readonly secret: string } =>
  secured && keys[0] !== undefined
    ? { scheme: 'siq-signature', secret: keys[0].privateKey }
    : { scheme: 'none', secret: '' };

/** Tells the webhooks of the conversation's portal that listen to it. */
export function tell(desk: VendorDesk, event: string, row: ConversationRow): void {
  const entity = conversationEntity(desk, row);
  for (const webhook of salesIqTables(desk).webhooks.all())
    if (webhook.isEnabled && webhook.portal === row.portal && webhook.events.includes(event))
      send(desk, webhook, event, row.id, entity);
}

/** What is not taken is kept there, and sent again only where somebody asks for it. */
export function send(
  desk: VendorDesk,
  webhook: WebhookRow,
  event: string,
  id: string,
  entity: object,
  more: object = {},
): void {
  const org = portals.find(({ screenname }) => screenname === webhook.portal)?.id;
  desk.deliver({
    url: webhook.url,
    sign: signingOf(webhook),
    contentType: 'application/json',
    body: JSON.stringify({
      ...{ entity_type: 'conversation', org_id: org, event, entity_id: id, attempt: 1, version: '1' },
      ...{ app_id: app.id, entity, event_time: String(desk.clock().getTime()), ...more },
    }),
    topic: event,
    subscription: webhook.id,
    once: true,
  });
}

export function delivered(desk: VendorDesk, subscription: string, { ok }: { readonly ok: boolean }): void {
  const { webhooks } = salesIqTables(desk);
  const row = webhooks.get(subscription);
  if (row && !ok) webhooks.put(row.id, { ...row, failures: row.failures + 1 });
}
