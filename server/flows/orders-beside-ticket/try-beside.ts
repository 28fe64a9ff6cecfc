import type { FlowPreview, SettingSource } from '../../core/flow.ts';
import { ordersOf } from '../../core/order/offer.ts';
import { isOpen } from '../../core/ticket/ticket.ts';
import { ticketTrial } from '../../core/ticket/ticket-trial.ts';
import type { Settings } from './flow.ts';
import { orderLines, ownOrders, realOrders } from './texts.ts';

export const besideTrial = ticketTrial<Settings>('desk', isOpen, ({ requester }) => requester.email);

/** The comment as agents will read it, for whoever ordered last. */
export async function previewComment({
  role,
  settings,
  organisation,
}: SettingSource<Settings>): Promise<FlowPreview> {
  const shop = ordersOf(role('shop'));
  const orders = realOrders(await shop.latest(null));
  const email = orders.find(({ customer }) => customer.email !== null)?.customer.email ?? null;
  const own = email === null ? [] : ownOrders(await shop.latest(email), email);
  return {
    title: { en: 'The comment as it will look', fr: 'Le commentaire tel qu’il sera' },
    text: orderLines(own, settings.most, organisation).join('\n'),
    basis:
      email === null
        ? { en: 'Nobody has ordered yet.', fr: 'Personne n’a encore commandé.' }
        : { en: `With the orders of ${email}.`, fr: `Avec les commandes de ${email}.` },
    warnings: [],
  };
}
