import { randomUUID } from 'node:crypto';
import { deliverStripe, type Webhook } from './liaison-process.ts';

export interface Payer {
  readonly email: string;
  readonly name: string;
}

/** A succeeded payment as Stripe announces it. The sandbox's Stripe does not know it: the event is believed. */
export function paymentSucceeded(
  id: string,
  payer: Payer,
  amount = 4_900,
): Record<string, unknown> & { id: string } {
  const created = Math.floor(Date.now() / 1_000);
  return {
    id: `evt_${randomUUID()}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created,
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: 'payment_intent.succeeded',
    data: {
      object: {
        id,
        object: 'payment_intent',
        amount,
        amount_received: amount,
        currency: 'eur',
        created,
        customer: null,
        description: 'Maintenance mensuelle',
        latest_charge: { id: `ch_${id}`, object: 'charge', billing_details: { ...payer } },
        livemode: false,
        receipt_email: payer.email,
        status: 'succeeded',
      },
    },
  };
}

/** Sends until it hears a 2xx, as a vendor does; the signature is of the moment of each attempt. */
export const sendStripe = (webhook: Webhook, event: object): Promise<void> =>
  untilTaken(() => deliverStripe(webhook, event));

/** A workflow webhook of the CRM, as its rule sends it. */
export const sendWorkflow = (webhook: Webhook, body: object): Promise<void> =>
  untilTaken(() =>
    fetch(webhook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [webhook.carrier]: webhook.secret },
      body: JSON.stringify(body),
    }),
  );

const PAUSE_MS = 50;
/** Gives up, so that a test that failed does not send for ever. */
const PATIENCE_MS = 120_000;

async function untilTaken(send: () => Promise<Response>): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
    const answer = await send().catch(() => null);
    if (answer?.ok === true) return;
    // What the door refuses is refused for ever: a test that sends it is wrong.
    if (answer !== null && answer.status < 500) throw new Error(`refused: ${await answer.text()}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`nobody took it within ${PATIENCE_MS / 1_000} s`);
}
