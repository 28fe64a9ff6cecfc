import type { Table, VendorDesk } from '../core/simulator.ts';

export interface SubscriptionRow {
  readonly id: string;
  readonly clientId: string;
  readonly resource: string;
  readonly changeType: string;
  readonly notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly immutableIds: boolean;
  readonly expiresAt: number;
  /** It stands, and nothing comes of it any more. */
  readonly silent: boolean;
}

export const subscriptionsAt = (desk: VendorDesk): Table<SubscriptionRow> =>
  desk.table('subscriptions', { kept: true });
