import type Stripe from 'stripe';
import { z } from 'zod';
import type { LiaisonError } from '../../core/errors.ts';
import { type FoundEvent, type SweepResult, type SweepSource, turnedOnAt } from '../../core/flow.ts';
import { failure } from '../../kit/failures.ts';
import type { StripeClient } from './client.ts';

/** An event may become visible this long after the second that it is stamped with. */
const OVERLAP_MS = 60_000;
const SHORTEST_SPAN_MS = 1_000;

const cursorSchema = z.object({
  /** Epoch milliseconds by Stripe's clock. */
  from: z.number(),
  /** Set while there is too much to be read in one look: so much time is read at once. */
  spanMs: z.number().positive().optional(),
});
type Cursor = z.infer<typeof cursorSchema>;

/**
 * Events of these types since the cursor, as Stripe delivers them, each under its own number. The first look
 * only asks what time it is. The last minute is read again each time; what is older than 30 days Stripe no
 * longer lists. https://docs.stripe.com/api/events
 */
export async function sweepEvents(
  client: StripeClient,
  types: readonly string[],
  { cursor, onForMs, graceMs }: Pick<SweepSource<unknown>, 'cursor' | 'onForMs' | 'graceMs'>,
): Promise<SweepResult> {
  if (cursor === null) {
    const from = turnedOnAt(await client.time(), onForMs);
    return { events: [], cursor: { from } satisfies Cursor };
  }
  const read = cursorSchema.safeParse(cursor);
  if (!read.success) throw lost();
  const { from, spanMs } = read.data;
  const to = spanMs === undefined ? null : from + spanMs;
  const { events, whole, at } = await client.eventsOf(types, { from, to });
  const wanted = spanMs ?? at - from;
  if (!whole && wanted > SHORTEST_SPAN_MS) {
    const half = Math.max(SHORTEST_SPAN_MS, wanted / 2);
    return { events: [], cursor: { from, spanMs: half } satisfies Cursor, more: true };
  }
  const found = events
    .filter((event) => at - event.created * 1_000 >= graceMs)
    .map((event) => asFound(event, at))
    .reverse();
  if (to !== null && spanMs !== undefined && to < at - OVERLAP_MS) {
    return { events: found, cursor: { from: to, spanMs } satisfies Cursor, more: true };
  }
  return { events: found, cursor: { from: Math.max(from, at - OVERLAP_MS) } satisfies Cursor };
}

function asFound(event: Stripe.Event, at: number): FoundEvent {
  const { id } = event.data.object as { id?: string };
  return {
    key: event.id,
    topic: event.type,
    recordId: id ?? null,
    body: { ...event },
    ageMs: Math.max(0, at - event.created * 1_000),
  };
}

const lost = (): LiaisonError => failure('cursor-lost', 'Stripe');
