import type { VendorDesk } from '../core/simulator.ts';
import { API_VERSION } from './api-version.ts';
import { readOperations } from './listing.ts';
import { textIn, textsIn } from './parameters.ts';
import { badParameter } from './refusal.ts';
import { type EndpointRow, type EventRow, secondsNow, stripeTables } from './rows.ts';

const KEPT_SECONDS = 30 * 24 * 60 * 60;

export interface Happening {
  readonly type: string;
  /** The object as it now is. */
  readonly object: object;
  /** Of an update: the members that changed, as they were. */
  readonly previous?: object;
  /** The API request that caused it; absent when a person or Stripe itself did. */
  readonly cause?: { readonly requestId: string; readonly idempotencyKey: string | null };
}

/** Stores an event and sends it, signed, to each endpoint that listens to its type. Answers its id. */
export function emit(desk: VendorDesk, { type, object, previous, cause }: Happening): string {
  const { events, endpoints } = stripeTables(desk);
  const listening = endpoints.all().filter((endpoint) => listensTo(endpoint, type));
  const event: EventRow = {
    id: desk.id('evt_', 24),
    object: 'event',
    api_version: API_VERSION,
    created: secondsNow(desk),
    data: { object, ...(previous ? { previous_attributes: previous } : {}) },
    livemode: false,
    pending_webhooks: listening.length,
    request: { id: cause?.requestId ?? null, idempotency_key: cause?.idempotencyKey ?? null },
    type,
  };
  events.put(event.id, event);
  for (const endpoint of listening) {
    desk.deliver({
      url: endpoint.url,
      sign: { scheme: 'stripe-signature', secret: endpoint.secret },
      contentType: 'application/json; charset=utf-8',
      headers: {
        'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        Accept: '*/*; q=0.5, application/xml',
      },
      body: JSON.stringify({ ...event, api_version: endpoint.api_version ?? API_VERSION }, null, 2),
      topic: type,
    });
  }
  return event.id;
}

/** `GET /v1/events`: those of the last 30 days. https://docs.stripe.com/api/events/list */
export const eventOperations = readOperations<EventRow>({
  path: '/v1/events',
  noun: 'event',
  table: (desk) => stripeTables(desk).events,
  filters: { type: 'text', types: 'texts', delivery_success: 'unsimulated' },
  lives: (event, desk) => event.created > secondsNow(desk) - KEPT_SECONDS,
  keeps(event, values) {
    const type = textIn(values, 'type');
    const types = textsIn(values, 'types');
    if (types !== undefined && types.length > MOST_TYPES) throw tooManyTypes();
    return (!type || fits(event.type, type)) && (!types || types.includes(event.type));
  },
});

/** “A list of up to 20 strings.” https://docs.stripe.com/api/events/list#list_events-types */
const MOST_TYPES = 20;
const tooManyTypes = () =>
  badParameter('types', 'parameter_invalid', `You can list at most ${MOST_TYPES} types of events.`);

function listensTo(endpoint: EndpointRow, type: string): boolean {
  const { enabled_events: wanted, status } = endpoint;
  return status === 'enabled' && (wanted.includes('*') || wanted.includes(type));
}

/** `invoice.*` fits every event of invoices. */
function fits(type: string, wanted: string): boolean {
  return wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
