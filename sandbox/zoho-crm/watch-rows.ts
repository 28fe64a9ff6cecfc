import type { Table, VendorDesk } from '../core/simulator.ts';

export interface WatchCondition {
  readonly type: string;
  readonly module: { readonly api_name: string };
  readonly field_selection: {
    readonly group_operator: string;
    readonly group: readonly { readonly field?: { readonly api_name: string }; readonly api_name?: string }[];
  };
}

/** A notification channel, as `actions/watch` takes and gives it. */
export interface Channel {
  readonly channel_id: string;
  readonly events: readonly string[];
  readonly notify_url: string;
  readonly token: string | null;
  /** As the CRM writes moments. */
  readonly channel_expiry: string;
  readonly return_affected_field_values: boolean;
  readonly notify_on_related_action: boolean;
  readonly notification_condition: readonly WatchCondition[];
}

/** Channels are subscriptions: they survive a reset. */
export const channelsOf = (desk: VendorDesk): Table<Channel> => desk.table('channels', { kept: true });

export const isOpen = (channel: Channel, now: Date): boolean =>
  Date.parse(channel.channel_expiry) > now.getTime();
