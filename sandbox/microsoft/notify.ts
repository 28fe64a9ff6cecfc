import type { HeldSubscription, VendorDesk } from '../core/simulator.ts';
import { account, TENANT } from '../microsoft-accounts/account.ts';
import { type SubscriptionRow, subscriptionsAt } from './subscription-rows.ts';

const moment = (at: number): string => new Date(at).toISOString();

export type ChangeType = 'created' | 'updated' | 'deleted';

/** An item that changed, as a notification names it. */
export interface ChangedItem {
  /** `Contacts`, `Events`. */
  readonly collection: string;
  /** `#Microsoft.Graph.Contact`. */
  readonly type: string;
  readonly etag: string;
  id(immutable: boolean): string;
}

/** Tells of a change to whoever subscribed, all of an address in one delivery, as Graph may. */
export function notifySubscriptions(desk: VendorDesk, changeType: ChangeType, item: ChangedItem): void {
  const heard = liveSubscriptions(desk).filter(
    (one) => !one.silent && one.changeType.split(',').includes(changeType),
  );
  for (const [url, subscriptions] of Map.groupBy(heard, ({ notificationUrl }) => notificationUrl))
    send(
      desk,
      url,
      `${item.collection.toLowerCase()}.${changeType}`,
      subscriptions.map((one) => notification(one, changeType, item)),
    );
}

/** The same to whoever subscribed to one thing by its address, of what is named by another. */
export function notifyResource(
  desk: VendorDesk,
  changeType: ChangeType,
  subscribed: string,
  named: { readonly resource: string; readonly type: string; readonly id: string },
): void {
  for (const one of liveSubscriptions(desk))
    if (
      !one.silent &&
      one.resource === subscribed.toLowerCase() &&
      one.changeType.split(',').includes(changeType)
    )
      send(desk, one.notificationUrl, `messages.${changeType}`, [told(one, changeType, named)]);
}

function notification(held: SubscriptionRow, changeType: ChangeType, item: ChangedItem): object {
  const id = item.id(held.immutableIds);
  const resource = `Users/${account().id}/${item.collection}/${id}`;
  return told(held, changeType, { resource, type: item.type, id, etag: item.etag });
}

/** https://learn.microsoft.com/graph/api/resources/changenotification */
function told(
  held: SubscriptionRow,
  changeType: ChangeType,
  {
    resource,
    type,
    id,
    etag,
  }: { readonly resource: string; readonly type: string; readonly id: string; readonly etag?: string },
): object {
  return {
    subscriptionId: held.id,
    subscriptionExpirationDateTime: moment(held.expiresAt),
    changeType,
    resource,
    resourceData: {
      '@odata.type': type,
      '@odata.id': resource,
      ...(etag === undefined ? {} : { '@odata.etag': etag }),
      id,
    },
    ...(held.clientState === null ? {} : { clientState: held.clientState }),
    tenantId: TENANT,
  };
}

/** What Graph says of a subscription itself: https://learn.microsoft.com/graph/change-notifications-lifecycle-events */
function notifyLifecycle(desk: VendorDesk, held: SubscriptionRow, lifecycleEvent: string): void {
  if (held.lifecycleNotificationUrl === null) return;
  send(desk, held.lifecycleNotificationUrl, `lifecycle.${lifecycleEvent}`, [
    {
      lifecycleEvent,
      subscriptionId: held.id,
      subscriptionExpirationDateTime: moment(held.expiresAt),
      ...(held.clientState === null ? {} : { clientState: held.clientState }),
      tenantId: TENANT,
    },
  ]);
}

const send = (desk: VendorDesk, url: string, topic: string, value: readonly object[]): void =>
  desk.deliver({
    url,
    sign: { scheme: 'body-token', secret: '' },
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify({ value }),
    topic,
  });

export function liveSubscriptions(desk: VendorDesk): SubscriptionRow[] {
  const subscriptions = subscriptionsAt(desk);
  const now = desk.clock().getTime();
  for (const one of subscriptions.all()) if (one.expiresAt <= now) subscriptions.delete(one.id);
  return subscriptions.all();
}

export const heldSubscriptions = (desk: VendorDesk): HeldSubscription[] =>
  liveSubscriptions(desk).map(({ id, notificationUrl, clientState, changeType }) => ({
    id,
    vendor: desk.vendor,
    url: notificationUrl,
    scheme: 'body-token',
    carrier: 'clientState',
    secret: clientState ?? '',
    topics: changeType.split(','),
    contentType: 'application/json',
  }));

/**
 * What Graph itself does to subscriptions: `{"act": "lifecycle", "event": "missed"}`, `{"act": "silence"}` (they stand, and tell
 * nothing), `{"act": "drop-subscriptions"}`. Undefined for any other act.
 */
export function actOnSubscriptions(
  desk: VendorDesk,
  wish: Readonly<Record<string, unknown>>,
): object | undefined {
  const each = (work: (one: SubscriptionRow) => void): number => {
    const all = liveSubscriptions(desk);
    for (const one of all) work(one);
    return all.length;
  };
  switch (wish.act) {
    case 'lifecycle':
      return { told: each((one) => notifyLifecycle(desk, one, String(wish.event))) };
    case 'silence':
      return { silent: each((one) => void subscriptionsAt(desk).put(one.id, { ...one, silent: true })) };
    case 'drop-subscriptions':
      return {
        dropped: each((one) => {
          subscriptionsAt(desk).delete(one.id);
          notifyLifecycle(desk, one, 'subscriptionRemoved');
        }),
      };
    default:
      return undefined;
  }
}
