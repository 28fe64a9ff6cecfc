import type { Request, Response, Router } from 'express';
import { Webhook } from 'standardwebhooks';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { addressOf, receiverTables } from './rows.ts';

/** More than so many are of no use to whoever looks. */
const KEPT = 500;

/**
 * An application that knows nothing of Liaison but the Standard Webhooks specification: what is signed with another
 * secret, or not at all, is refused, and it is the official library that says so.
 * https://github.com/standard-webhooks/standard-webhooks
 */
export function receive(router: Router, desk: VendorDesk): void {
  router.post('/:host{/*path}', (request, response) => take(request, response, desk));
  router.get('/:host{/*path}', (request, response) => give(request, response, desk));
}

function take(request: Request, response: Response, desk: VendorDesk): void {
  const address = decodeURIComponent(request.path.slice(1)).replace(/\/$/, '');
  const { secret, answer } = addressOf(desk, address);
  const { text, json } = bodyOf(request);
  const doubt = secret === null ? null : doubtOf(secret, text, request);
  const { status, body, location } = doubt === null ? answer : REFUSED;
  const { addresses, arrivals } = receiverTables(desk);
  if (addresses.get(address) === undefined) addresses.put(address, addressOf(desk, address));
  const id = desk.id('in_', 12);
  arrivals.put(id, {
    id,
    address,
    at: desk.clock().getTime(),
    webhookId: request.get('webhook-id') ?? null,
    type: typeof json === 'object' && json !== null && 'type' in json ? String(json.type) : null,
    body: text,
    verified: secret === null ? null : doubt === null,
    doubt,
    status,
  });
  for (const { id: old } of arrivals.all().slice(0, -KEPT)) arrivals.delete(old);
  if (location !== null) response.setHeader('location', location);
  response.status(status).type('text/plain').send(body);
}

function give(request: Request, response: Response, desk: VendorDesk): void {
  const address = decodeURIComponent(request.path.slice(1));
  const { status, contentType, text, location } = receiverTables(desk).served.get(address) ?? NOT_THERE;
  if (location !== null) response.setHeader('location', location);
  response.status(status).type(contentType).send(text);
}

const NOT_THERE = { status: 404, contentType: 'text/plain', text: 'Not found', location: null };
const REFUSED = { status: 401, body: 'The signature is not good.', location: null };

function doubtOf(secret: string, text: string, request: Request): string | null {
  try {
    new Webhook(secret).verify(text, {
      'webhook-id': request.get('webhook-id') ?? '',
      'webhook-timestamp': request.get('webhook-timestamp') ?? '',
      'webhook-signature': request.get('webhook-signature') ?? '',
    });
    return null;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
