import type { FlowEvent } from '../../../core/flow.ts';
import type { TrialEvent } from '../../../core/trial.ts';
import type { ToldTrouble, TroubleKind, TroublesOffer } from '../../../core/trouble.ts';
import type { StripeClient } from '../client.ts';
import { carriedBy } from '../event-object.ts';
import { sweepEvents } from '../event-sweep.ts';
import { type NamedObject, namedEvent, TOLD_AS, type ToldEvent } from '../named-object.ts';
import { idOf, type Loose, objectOf, textOf, timeOf } from '../object-reader.ts';
import { readTrouble } from './read-trouble.ts';
import { MENDED_TOPICS, mended, recordOf, TROUBLE_TOPICS, WRONG_TOPICS } from './topics.ts';

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
    const told = id.startsWith('evt_') ? await client.event(id) : await namedEvent(client, id, toldAs);
    if (told === null || !TROUBLE_TOPICS.some((topic) => topic === told.type)) return null;
    const body = JSON.parse(JSON.stringify(told)) as Record<string, unknown>;
    return { topic: told.type, recordId: idOf(told.data.object), body } satisfies TrialEvent;
  },
};

const tellsItself = (told: ToldEvent): boolean =>
  recordOf({ topic: told.type, body: { data: told.data } } as unknown as FlowEvent) !== null;

const KINDS: readonly (readonly [string, TroubleKind])[] = [
  ['charge.dispute', 'disputed'],
  ['refund', 'refund'],
  ['', 'failed'],
];

function inShort(told: ToldEvent): ToldTrouble[] {
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

/** As it stands: a payment that somebody names may have gone well. */
function toldAs(found: NamedObject): string {
  switch (found.object) {
    case 'payment_intent':
      return found.status === 'succeeded' ? TOLD_AS.payment_intent : 'payment_intent.payment_failed';
    case 'charge':
      return found.status === 'succeeded' ? TOLD_AS.charge : 'charge.failed';
    case 'invoice':
      return found.status === 'paid' ? TOLD_AS.invoice : 'invoice.payment_failed';
    default:
      return TOLD_AS[found.object];
  }
}
