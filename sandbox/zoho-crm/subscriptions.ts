import type { HeldSubscription, VendorDesk } from '../core/simulator.ts';
import { webhookActionsOf, workflowRulesOf } from './automation-rows.ts';
import { channelsOf, isOpen } from './watch-rows.ts';

/** Every URL that the CRM calls: webhooks of active workflow rules, and open notification channels. */
export function heldSubscriptions(desk: VendorDesk): HeldSubscription[] {
  return [...ofRules(desk), ...ofChannels(desk)];
}

function ofRules(desk: VendorDesk): HeldSubscription[] {
  const rules = workflowRulesOf(desk)
    .all()
    .filter(({ status }) => status.active);
  return webhookActionsOf(desk)
    .all()
    .flatMap((webhook) => {
      const mine = rules.filter((rule) =>
        rule.conditions.some((branch) => branch.instant_actions?.actions.some(({ id }) => id === webhook.id)),
      );
      if (mine.length === 0) return [];
      const headers = webhook.headers?.custom_parameters ?? [];
      const carrier =
        headers.find(({ name }) => /secret|token|signature|auth/i.test(name ?? '')) ?? headers[0];
      return {
        id: webhook.id,
        vendor: desk.vendor,
        url: webhook.url,
        scheme: carrier ? 'secret-header' : 'none',
        carrier: carrier?.name ?? '',
        secret: carrier?.value ?? '',
        topics: mine.map((rule) => `${rule.module.api_name}.${rule.execute_when.type}`),
        contentType: webhook.body?.type === 'raw' ? 'application/json' : 'application/x-www-form-urlencoded',
      };
    });
}

function ofChannels(desk: VendorDesk): HeldSubscription[] {
  const now = desk.clock();
  const open = channelsOf(desk)
    .all()
    .filter((channel) => isOpen(channel, now));
  return open.map((channel) => ({
    id: channel.channel_id,
    vendor: desk.vendor,
    url: channel.notify_url,
    scheme: 'body-token',
    carrier: 'token',
    secret: channel.token ?? '',
    topics: channel.events,
    contentType: 'application/json',
  }));
}
