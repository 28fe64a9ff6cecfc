import { createHash } from 'node:crypto';
import type { VendorDesk } from '../core/simulator.ts';
import { orderView } from './order-view.ts';
import { gmtText, type OrderRow, type WebhookRow, wooTables } from './rows.ts';
import { shop } from './shop.ts';

const AGENT = { 'User-Agent': `WooCommerce/${shop.version} Hookshot (WordPress/6.9.4)` };
/** One failure more switches a webhook off. */
const FAILURES_BORNE = 6;

export type OrderEvent = 'created' | 'updated' | 'deleted' | 'restored';

/** Tells those who listen what became of an order. What is thrown away is told of by its number alone. */
export function announceOrder(desk: VendorDesk, row: OrderRow, event: OrderEvent): void {
  send(desk, `order.${event}`, event === 'deleted' ? { id: row.id } : orderView(row));
}

/**
 * Tells those who listen what became of a product or a variation, which tell under one topic. What is thrown away is told
 * of by its number alone.
 */
export function announceProduct(
  desk: VendorDesk,
  id: number,
  event: Exclude<OrderEvent, 'restored'>,
  record: object,
): void {
  send(desk, `product.${event}`, event === 'deleted' ? { id } : record);
}

export function send(desk: VendorDesk, topic: string, record: object): void {
  const second = gmtText(desk.clock());
  const [resource = '', event = ''] = topic.split('.');
  for (const webhook of wooTables(desk).webhooks.all()) {
    if (webhook.topic !== topic || webhook.status !== 'active') continue;
    const id = String(webhook.id);
    desk.deliver({
      url: webhook.delivery_url,
      sign: { scheme: 'wc-signature', secret: webhook.secret },
      contentType: 'application/json',
      body: JSON.stringify(record),
      topic,
      once: true,
      subscription: id,
      headers: {
        ...AGENT,
        'X-WC-Webhook-Source': `${shop.address}/`,
        'X-WC-Webhook-Topic': topic,
        'X-WC-Webhook-Resource': resource,
        'X-WC-Webhook-Event': event,
        'X-WC-Webhook-ID': id,
        // The same for everything that a webhook tells within one second.
        'X-WC-Webhook-Delivery-ID': createHash('md5').update(`${id} ${second}`).digest('hex'),
      },
    });
  }
}

/** Made, a webhook tries its address with a form that it does not sign. */
export function ping(desk: VendorDesk, { id, delivery_url: url }: WebhookRow): void {
  desk.deliver({
    url,
    sign: { scheme: 'none', secret: '' },
    contentType: 'application/x-www-form-urlencoded',
    body: `webhook_id=${id}`,
    topic: 'ping',
    once: true,
    headers: AGENT,
  });
}

/** A failed delivery is never made again; the seventh in a row switches the webhook off. */
export function noteDelivery(desk: VendorDesk, subscription: string, { ok }: { readonly ok: boolean }): void {
  const { webhooks } = wooTables(desk);
  const webhook = webhooks.get(subscription);
  if (!webhook || (ok && webhook.failures === 0)) return;
  const failures = ok ? 0 : webhook.failures + 1;
  const isOff = failures > FAILURES_BORNE;
  webhooks.put(subscription, { ...webhook, failures, ...(isOff ? { status: 'disabled' } : {}) });
}
