import type { Subscription, SubscriptionFault } from '../core/webhooks.ts';

interface Reading<Held> {
  readonly idOf: (standing: Held) => string;
  /** What the vendor calls it; null: nothing, or it is gone. */
  readonly nameOf: (standing: Held) => string | null | undefined;
  /** What is wrong with one that stands; null: nothing. */
  readonly wrong: (standing: Held) => 'off' | 'changed' | null;
}

/** What became of Liaison's subscriptions, by all that stand at the vendor now. */
export const subscriptionFaults = <Held>(
  held: readonly Held[],
  subscriptions: readonly Subscription[],
  { idOf, nameOf, wrong }: Reading<Held>,
): SubscriptionFault[] =>
  subscriptions.flatMap(({ vendorId }): SubscriptionFault[] => {
    const standing = held.find((one) => idOf(one) === vendorId);
    const name = (standing && nameOf(standing)) || `webhook ${vendorId}`;
    const is = standing === undefined ? 'gone' : wrong(standing);
    return is === null ? [] : [{ is, name }];
  });
