import { createHmac, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endAll } from './aftermath.ts';
import {
  allSettled,
  json,
  type Liaison,
  ledger,
  type Place,
  startLiaison,
  type Webhook,
  webhookOf,
} from './liaison-process.ts';
import { newServedPlace } from './served-place.ts';

/**
 * What Stripe really sent, recorded by others, stands beside the project and not in it. Where it is absent
 * this suite says so, and the events of `main-job.test.ts` stand for it.
 */
const FOLDER = join(import.meta.dirname, '..', '..', '..', 'shared', 'payloads', 'stripe');
const FILES = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];

interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly object: Readonly<Record<string, unknown>> & { readonly id: string } };
}

type Recorded = StripeEvent['data']['object'];

/** Some recordings hold the headers too, and the event under `body`; some are answers, told here as events. */
function eventsIn(file: string): StripeEvent[] {
  const recorded = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as StripeEvent & {
    body?: StripeEvent;
    object?: string;
    data: { object: Recorded } | Recorded[];
  };
  if (Array.isArray(recorded.data)) return recorded.data.map(told);
  if (recorded.object === 'invoice') return [told(recorded as unknown as Recorded)];
  return [recorded.body ?? recorded];
}

/** An object as the event that its state was announced by. */
function told(object: Recorded): StripeEvent {
  const state = object.status === 'requires_confirmation' ? 'created' : object.status;
  const event = {
    object: 'event',
    id: `evt_${randomUUID()}`,
    type: `${object.object}.${state}`,
    created: object.created,
  };
  return { ...event, data: { object } };
}

/** The recordings share ids; each delivery here is an event of its own. */
const asNewEvent = (event: StripeEvent): StripeEvent => ({ ...event, id: `evt_${randomUUID()}` });

/** As another object of the same kind: every mention of its id and of its payment's is another. */
function asNewObject(event: StripeEvent, mark: string): StripeEvent {
  const renamed = JSON.stringify(event).replace(/"((?:pi|ch|in)_)(\w+)"/g, `"$1${mark}$2"`);
  return asNewEvent(JSON.parse(renamed) as StripeEvent);
}

function deliver(webhook: Webhook, text: string): Promise<Response> {
  const seconds = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', webhook.secret).update(`${seconds}.${text}`).digest('hex');
  return fetch(webhook.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': `t=${seconds},v1=${signature},v0=${'0'.repeat(64)}`,
    },
    body: text,
  });
}

interface Run {
  readonly state: string;
  readonly error: { readonly kind: string } | null;
}

const suite = FILES.length === 0 ? describe.skip : describe;
// A suite that is skipped must have something to skip.
const RECORDINGS = FILES.length === 0 ? ['(the recordings are not here)'] : FILES;

suite('what Stripe really sends', () => {
  let place: Place;
  let liaison: Liaison;
  let webhook: Webhook;

  beforeAll(async () => {
    place = await newServedPlace();
    liaison = await startLiaison(place);
    webhook = await webhookOf(liaison.sandboxUrl, 'stripe');
  });
  afterAll(() => endAll(place, [liaison]), 30_000);

  const payments = async () =>
    (await ledger(liaison.sandboxUrl)).filter(
      ({ vendor, object, action }) =>
        vendor === 'zoho-books' && object === 'customerpayment' && action === 'create',
    );

  async function settledRuns(): Promise<Run[]> {
    await allSettled(liaison.url);
    return (await json<{ runs: Run[] }>(`${liaison.url}/api/v1/runs?flow=stripe-payment-to-books`)).runs;
  }

  it.each(RECORDINGS)('is taken, and its run ends in words that somebody can act on: %s', async (file) => {
    // Indented as it was recorded and without a space: the signature is over what is sent.
    for (const indent of [2, 0]) {
      for (const event of eventsIn(file)) {
        const answer = await deliver(webhook, JSON.stringify(asNewEvent(event), null, indent));
        expect([file, answer.status]).toEqual([file, 200]);
      }
    }
    const runs = await settledRuns();
    expect(runs.filter(({ state }) => !['done', 'skipped', 'superseded'].includes(state))).toEqual([]);
    expect(runs.filter(({ error }) => error?.kind === 'unknown')).toEqual([]);
  });

  it('books each payment once, however often and in whatever form it was announced', async () => {
    const references = (await payments()).map(({ marker }) => marker);
    expect(new Set(references).size).toBe(references.length);
    const paid = FILES.flatMap(eventsIn).filter(({ type }) => type === 'payment_intent.succeeded');
    for (const { data } of paid)
      expect(references.filter((reference) => reference === data.object.id)).toHaveLength(1);
  });

  it('is booked once per payment, with its amount, when many such payments arrive at once', async () => {
    const before = (await payments()).length;
    const intents = FILES.flatMap(eventsIn).filter(({ type }) => type === 'payment_intent.succeeded');
    const events = intents.flatMap((event) =>
      Array.from({ length: 10 }, (_, index) => asNewObject(event, `new${index}x`)),
    );
    const answers = await Promise.all(
      // Each as two events, the first of them twice.
      events.flatMap((event) =>
        [event, event, asNewEvent(event)].map((one) => deliver(webhook, JSON.stringify(one))),
      ),
    );
    expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
    await allSettled(liaison.url);
    const made = await payments();
    expect(made).toHaveLength(before + events.length);
    for (const { data } of events) {
      const booked = made.filter(({ marker }) => marker === data.object.id);
      expect(booked.map(({ record }) => Number(record.amount) * 100)).toEqual([data.object.amount_received]);
    }
  });
});
