import type { FlowPreview, SettingSource } from '../../core/flow.ts';
import { ordersOf } from '../../core/order/offer.ts';
import { ticketsOf } from '../../core/ticket/offer.ts';
import { isOpen, type Ticket } from '../../core/ticket/ticket.ts';
import { type FlowTrial, MOST_OFFERED } from '../../core/trial.ts';
import type { Settings } from './flow.ts';
import { orderLines, ownOrders } from './texts.ts';

/** The newest tickets that are open. */
export const besideTrial: FlowTrial<Settings> = {
  async records({ role }, search) {
    const tickets = await ticketsOf(role('desk')).latest(search);
    return tickets
      .filter((ticket) => search !== null || isOpen(ticket))
      .slice(0, MOST_OFFERED)
      .map(({ id, number, subject, createdAt, requester }: Ticket) => ({
        id,
        title: `#${number} ${subject}`,
        ...(requester.email === null ? {} : { detail: { en: requester.email, fr: requester.email } }),
        at: createdAt,
      }));
  },
  // The run reads the ticket itself: that there is none is its to say.
  event: async (_source, record) => ({ topic: '', recordId: record, body: {} }),
};

/** The comment as agents will read it, for whoever ordered last. */
export async function previewComment({
  role,
  settings,
  organisation,
}: SettingSource<Settings>): Promise<FlowPreview> {
  const orders = await ordersOf(role('shop')).latest(null);
  const email = orders.find(({ customer }) => customer.email !== null)?.customer.email ?? null;
  const own = email === null ? [] : ownOrders(orders, email);
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
