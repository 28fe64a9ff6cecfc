import { z } from 'zod';
import { readAnswer } from '../../../core/read-answer.ts';
import { failure } from '../../../kit/failures.ts';
import { ifGone } from '../../../kit/if-gone.ts';
import type { Graph } from './graph.ts';

/** Minutes that a subscription to Outlook's items may last; some are left for clocks. https://learn.microsoft.com/graph/api/resources/subscription */
const MOST_MINUTES = 10_080 - 15;
const MOST_PAGES = 20;
const ALL_CHANGES = 'created,updated,deleted';

const subscriptionSchema = z.looseObject({
  id: z.string().min(1),
  resource: z.string().catch(''),
  notificationUrl: z.string().catch(''),
  expirationDateTime: z.string(),
});
export type GraphSubscription = z.output<typeof subscriptionSchema>;
const pageSchema = z.object({
  value: z.array(subscriptionSchema),
  '@odata.nextLink': z.string().optional(),
});

interface Wish {
  /** `me/contacts`. */
  readonly resource: string;
  readonly url: string;
  readonly secret: string;
  /** Which changes; absent: all of them. */
  readonly changes?: string | undefined;
  /** For how long it is asked for; absent: as long as Outlook's items allow. */
  readonly minutes?: number | undefined;
}

/** A subscription that stands, and until when, in epoch milliseconds. */
export interface StandingSubscription {
  readonly id: string;
  readonly expiresAt: number;
  /** It is of another connection: it is not ours to end. */
  readonly isOfAnother: boolean;
}

const plain = (resource: string): string => resource.replace(/^\/+/, '').toLowerCase();
const pathOf = (id: string): string => `/subscriptions/${encodeURIComponent(id)}`;

export type SubscriptionCalls = ReturnType<typeof subscriptionCalls>;

/** What Graph tells by webhook, for the signed-in person: https://learn.microsoft.com/graph/change-notifications-overview */
export function subscriptionCalls(graph: Graph, vendor: string) {
  /** All of Liaison's for this person, whichever connection made them; and Graph's own time. */
  async function subscriptions(): Promise<{ held: readonly GraphSubscription[]; at: number }> {
    const held: GraphSubscription[] = [];
    let link: string | undefined;
    let at: number | null = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = await (link === undefined ? graph.call({ path: '/subscriptions' }) : graph.follow(link));
      const read = readAnswer(pageSchema, answer.body, vendor);
      held.push(...read.value);
      at ??= answer.at;
      link = read['@odata.nextLink'];
      if (link === undefined) break;
    }
    // By Graph's clock, because ours may be wrong.
    if (at === null) throw failure('unknown', vendor, 'The answer does not say when it was made.');
    return { held, at };
  }

  return {
    subscriptions,

    /**
     * Makes Graph tell an address of what changes, for a week or less: what stands there already is renewed, which also
     * answers its asking for a new authorisation. Where another connection of the same person has one, it is that one,
     * of which nothing comes here: Graph takes a second one for the same changes of none.
     */
    async ensureSubscription({
      resource,
      url,
      secret,
      changes = ALL_CHANGES,
      minutes = MOST_MINUTES,
    }: Wish): Promise<StandingSubscription> {
      const { held, at } = await subscriptions();
      const expirationDateTime = new Date(at + minutes * 60_000).toISOString();
      const same = held.filter((one) => plain(one.resource) === plain(resource));
      const own = same.find(({ notificationUrl }) => notificationUrl === url);
      // What this connection had at a former address of Liaison's.
      const former = same.filter((one) => one !== own && isSamePath(one.notificationUrl, url));
      const another = same.find((one) => one !== own && !former.includes(one));
      if (own === undefined && another !== undefined)
        return { id: another.id, expiresAt: Date.parse(another.expirationDateTime), isOfAnother: true };
      for (const { id } of former)
        await ifGone(() => graph.call({ method: 'DELETE', path: pathOf(id) }), undefined);
      const renewed =
        own === undefined
          ? undefined
          : await ifGone(
              () => graph.call({ method: 'PATCH', path: pathOf(own.id), json: { expirationDateTime } }),
              undefined,
            );
      const { body } =
        renewed ??
        (await graph.call({
          method: 'POST',
          path: '/subscriptions',
          json: {
            changeType: changes,
            notificationUrl: url,
            lifecycleNotificationUrl: url,
            resource,
            expirationDateTime,
            clientState: secret,
          },
        }));
      const made = readAnswer(subscriptionSchema, body, vendor, true);
      return { id: made.id, expiresAt: Date.parse(made.expirationDateTime), isOfAnother: false };
    },

    /** One that has ended already is no failure. */
    async endSubscription(id: string): Promise<void> {
      await ifGone(() => graph.call({ method: 'DELETE', path: pathOf(id) }), undefined);
    },
  };
}

function isSamePath(one: string, other: string): boolean {
  const [held, wished] = [URL.parse(one), URL.parse(other)];
  return held !== null && held.pathname === wished?.pathname;
}
