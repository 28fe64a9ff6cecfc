import type Stripe from 'stripe';
import { vendorCall } from '../../core/vendor-call.ts';
import { failure } from '../../kit/failures.ts';
import { ifGone } from '../../kit/if-gone.ts';

const PAGE = 100;
/** https://docs.stripe.com/api/events/list#list_events-types */
const MOST_TYPES = 20;
/** Bounds one look: 2,000 events. */
const MOST_PAGES = 20;

export interface ListedEvents {
  /** Newest first. */
  readonly events: readonly Stripe.Event[];
  /** False when there were more than one look reads: then the oldest are missing. */
  readonly whole: boolean;
  /** Epoch milliseconds by Stripe's clock. */
  readonly at: number;
}

interface Span {
  readonly from: number;
  readonly to: number | null;
}

const inQuestions = (types: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(types.length / MOST_TYPES) }, (_, nth) =>
    types.slice(nth * MOST_TYPES, (nth + 1) * MOST_TYPES),
  );

const newest = (events: readonly Stripe.Event[]): Stripe.Event[] =>
  events.toSorted((one, other) => other.created - one.created);

/** Reading what happened. https://docs.stripe.com/api/events/list */
export function eventCalls(stripe: Stripe) {
  return {
    /** What time Stripe has, in epoch milliseconds. */
    time: async (): Promise<number> => clockOf(await vendorCall(() => stripe.events.list({ limit: 1 }))),

    /** The newest events of these types, newest first; no more than a hundred. */
    async latestEvents(types: readonly string[]): Promise<readonly Stripe.Event[]> {
      const found: Stripe.Event[] = [];
      for (const some of inQuestions(types))
        found.push(...(await vendorCall(() => stripe.events.list({ types: some, limit: PAGE }))).data);
      return newest(found).slice(0, PAGE);
    },

    /** Null when Stripe does not know it (any more): it keeps them for 30 days. */
    event: (id: string): Promise<Stripe.Event | null> =>
      ifGone(() => vendorCall(() => stripe.events.retrieve(id)), null),

    /**
     * Events of these types in a span of time (epoch milliseconds; `to` excluded, null: no end). Stripe keeps them for 30
     * days. Of more than twenty types it is asked twice.
     */
    async eventsOf(types: readonly string[], span: Span): Promise<ListedEvents> {
      const [first = [], ...others] = inQuestions(types);
      let listed = await listOf(first, span);
      for (const some of others) {
        const more = await listOf(some, span);
        const events = newest([...listed.events, ...more.events]);
        // By the earlier of the two clocks: nothing that came between them is passed over.
        listed = { events, whole: listed.whole && more.whole, at: listed.at };
      }
      return listed;
    },
  };

  async function listOf(types: readonly string[], { from, to }: Span): Promise<ListedEvents> {
    const created = {
      gte: Math.floor(from / 1_000),
      ...(to === null ? {} : { lt: Math.ceil(to / 1_000) }),
    };
    const events: Stripe.Event[] = [];
    let at: number | null = null;
    for (let page = 1; ; page += 1) {
      const after = events.at(-1)?.id;
      const answer = await vendorCall(() =>
        stripe.events.list({
          created,
          types: [...types],
          limit: PAGE,
          ...(after === undefined ? {} : { starting_after: after }),
        }),
      );
      at ??= clockOf(answer);
      events.push(...answer.data);
      const ended = !answer.has_more || answer.data.length === 0;
      if (ended || page === MOST_PAGES) return { events, whole: ended, at };
    }
  }
}

/** The moment an answer was given: ages are told by the clock that stamps the events. */
export function clockOf({ lastResponse }: Stripe.Response<unknown>): number {
  // Over `fetch` they are what `fetch` gives, whatever the library's types say: this reads both.
  const at = Date.parse(new Headers(lastResponse.headers).get('date') ?? '');
  if (!Number.isNaN(at)) return at;
  throw failure('retry-later', 'Stripe', 'An answer came without a date.');
}
