import type { FlowEvent } from '../../../core/flow.ts';
import type { TrialEvent } from '../../../core/trial.ts';
import type { ToldTrouble, TroubleKind, TroublesOffer } from '../../../core/trouble.ts';
import type { StripeClient } from '../client.ts';
import { carriedBy } from '../event-object.ts';
import { sweepEvents } from '../event-sweep.ts';
import { type NamedObject, namedObject } from '../named-object.ts';
import { idOf, type Loose, objectOf, textOf, timeOf } from '../object-reader.ts';
import { readTrouble } from './read-trouble.ts';
import { MENDED_TOPICS, mended, recordOf, TROUBLE_TOPICS, WRONG_TOPICS } from './topics.ts';

/** An event, as Stripe lists it. */
interface Told {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  readonly data: { readonly object: object };
}

export const troubles: TroublesOffer<StripeClient> = {
  object: 'stripe.payments',
  topics: TROUBLE_TOPICS,
  recognisedBy: 'event',
  record: recordOf,
  changed: (client, since) => sweepEvents(client, TROUBLE_TOPICS, since),
  read: readTrouble,
  mended,

  async latest(client) {
    return (await client.latestEvents(WRONG_TOPICS)).filter(tellsItself).flatMap(inShort);
  },

  async standing(client, withinMs) {
    const from = (await client.time()) - withinMs;
    const failures = ['payment_intent.payment_failed', 'charge.failed'];
    const { events, whole } = await client.eventsOf([...failures, ...MENDED_TOPICS], { from, to: null });
    const paid = new Set<string>(
      events.filter(({ type }) => !failures.includes(type)).map(({ data }) => idOf(data.object) ?? ''),
    );
    const open = new Map<string, ToldTrouble>();
    // Newest first: the last failure of a payment stands for all of them.
    for (const event of events.filter((one) => failures.includes(one.type)).filter(tellsItself))
      for (const told of inShort(event))
        if (!paid.has(told.payment) && !open.has(told.payment)) open.set(told.payment, told);
    return { troubles: [...open.values()], more: !whole };
  },

  async event(client, id) {
    const told = id.startsWith('evt_') ? await client.event(id) : await named(client, id);
    if (told === null || !TROUBLE_TOPICS.some((topic) => topic === told.type)) return null;
    const body = JSON.parse(JSON.stringify(told)) as Record<string, unknown>;
    return { topic: told.type, recordId: idOf(told.data.object), body } satisfies TrialEvent;
  },
};

const tellsItself = (told: Told): boolean =>
  recordOf({ topic: told.type, body: { data: told.data } } as unknown as FlowEvent) !== null;

const KINDS: readonly (readonly [string, TroubleKind])[] = [
  ['charge.dispute', 'disputed'],
  ['refund', 'refund'],
  ['', 'failed'],
];

function inShort(told: Told): ToldTrouble[] {
  const object: Loose = carriedBy({ body: { data: told.data } });
  const details =
    objectOf(object.billing_details) ?? objectOf(objectOf(object.last_payment_error)?.payment_method);
  const amount = object.amount_due ?? object.amount;
  const payment = idOf(object.payment_intent) ?? idOf(object.charge) ?? idOf(object);
  if (typeof amount !== 'number' || payment === null) return [];
  const names = [
    details?.name,
    object.customer_name,
    object.receipt_email,
    object.customer_email,
    object.customer,
  ];
  return [
    {
      id: told.id,
      kind: KINDS.find(([begins]) => told.type.startsWith(begins))?.[1] ?? 'failed',
      payment,
      amountMinor: amount,
      currency: String(object.currency ?? '').toUpperCase(),
      at: timeOf(told.created) ?? '',
      who: names.map(textOf).find((name) => name !== null) ?? payment,
    },
  ];
}

/** What Stripe would tell of an object that somebody names instead of an event. */
async function named(client: StripeClient, id: string): Promise<Told | null> {
  const found = await namedObject(client, id);
  if (found === null) return null;
  return { id: found.id ?? id, type: toldAs(found), created: found.created, data: { object: found } };
}

function toldAs(found: NamedObject): string {
  switch (found.object) {
    case 'payment_intent':
      return `payment_intent.${found.status === 'succeeded' ? 'succeeded' : 'payment_failed'}`;
    case 'charge':
      return 'charge.failed';
    case 'invoice':
      return found.status === 'paid' ? 'invoice.paid' : 'invoice.payment_failed';
    case 'refund':
      return 'refund.created';
    case 'dispute':
      return 'charge.dispute.created';
    case 'payout':
      return 'payout.paid';
  }
}
