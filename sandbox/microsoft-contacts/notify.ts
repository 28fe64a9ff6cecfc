import type { HeldSubscription, VendorDesk } from '../core/simulator.ts';
import { account, TENANT } from '../microsoft-accounts/account.ts';
import { type ContactRow, contactsTables, type SubscriptionRow, USUAL_FOLDER } from './rows.ts';
import { etagOf, shownId } from './shown-contact.ts';

const moment = (at: number): string => new Date(at).toISOString();

/** Tells of a change to whoever subscribed, all of an address in one delivery, as Graph may. */
export function notifySubscriptions(
  desk: VendorDesk,
  changeType: 'created' | 'updated' | 'deleted',
  row: ContactRow,
): void {
  if (row.folder !== USUAL_FOLDER) return;
  const heard = liveSubscriptions(desk).filter(
    (one) => !one.silent && one.changeType.split(',').includes(changeType),
  );
  for (const [url, subscriptions] of Map.groupBy(heard, ({ notificationUrl }) => notificationUrl))
    send(
      desk,
      url,
      `contacts.${changeType}`,
      subscriptions.map((one) => notification(one, changeType, row)),
    );
}

/** https://learn.microsoft.com/graph/api/resources/changenotification */
function notification(held: SubscriptionRow, changeType: string, row: ContactRow): object {
  const id = shownId(row, held.immutableIds);
  const resource = `Users/${account().id}/Contacts/${id}`;
  return {
    subscriptionId: held.id,
    subscriptionExpirationDateTime: moment(held.expiresAt),
    changeType,
    resource,
    resourceData: {
      '@odata.type': '#Microsoft.Graph.Contact',
      '@odata.id': resource,
      '@odata.etag': etagOf(row),
      id,
    },
    ...(held.clientState === null ? {} : { clientState: held.clientState }),
    tenantId: TENANT,
  };
}

/** What Graph says of a subscription itself: https://learn.microsoft.com/graph/change-notifications-lifecycle-events */
export function notifyLifecycle(desk: VendorDesk, held: SubscriptionRow, lifecycleEvent: string): void {
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
  const { subscriptions } = contactsTables(desk);
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
