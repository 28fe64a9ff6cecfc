import type Stripe from 'stripe';
import { stripe } from '../../connectors/stripe/connector.ts';
import { sweepEvents } from '../../connectors/stripe/event-sweep.ts';
import type { FoundEvent, SweepResult, SweepSource } from '../../core/flow.ts';
import type { Settings } from './flow.ts';
import { topicsFor } from './heard-topics.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const takesStanding = ({ subscriptions, standing }: Settings): boolean =>
  subscriptions === 'profiles' && standing === 'all';

/** Subscriptions that stand when recurring invoices come to be wished are told of as if just before. */
export const standingReachMs = (settings: Settings): number => (takesStanding(settings) ? HOUR_MS : 0);

/** A cursor of a look, with whether the subscriptions that stand were told of. */
type Cursor = Readonly<Record<string, unknown>>;

/**
 * What no webhook announced; and, once they are wished to become recurring invoices, the subscriptions that stand.
 */
export async function lookForLost(source: SweepSource<Settings>): Promise<SweepResult> {
  const { client, settings, ...since } = source;
  const found = await sweepEvents(client(stripe), topicsFor(settings), since);
  if (!takesStanding(settings)) return found;
  const cursor: Cursor = { ...(found.cursor as Cursor), standing: true };
  const isTold = (since.cursor as Cursor | null)?.standing === true;
  if (isTold || found.more === true) return { ...found, cursor: isTold ? cursor : found.cursor };
  const standing = await client(stripe).standingSubscriptions();
  const at = String(cursor.from);
  const ageMs = source.onForMs + MINUTE_MS;
  const told = standing.map((subscription) => asFound(subscription, at, ageMs));
  return { ...found, events: [...told, ...found.events], cursor };
}

const TOPIC = 'customer.subscription.updated';

function asFound(subscription: Stripe.Subscription, at: string, ageMs: number): FoundEvent {
  const key = `${subscription.id} standing ${at}`;
  const body = { object: 'event', id: key, type: TOPIC, data: { object: subscription } };
  return { key, topic: TOPIC, recordId: subscription.id, body: JSON.parse(JSON.stringify(body)), ageMs };
}
