import { ordersOf } from '../../core/order/offer.ts';
import { type Order, personOf } from '../../core/order/order.ts';
import { type FlowTrial, MOST_OFFERED, type TrialRecord } from '../../core/trial.ts';
import type { Settings } from './flow.ts';
import { aboutMoney, totalOf } from './texts.ts';

const asRecord = (order: Order): TrialRecord => ({
  id: order.id,
  title: personOf(order.customer) || order.customer.company || order.customer.email || `#${order.number}`,
  detail: aboutMoney(
    totalOf(order),
    (amount) => `Order ${order.number}, ${amount}`,
    (amount) => `Commande ${order.number}, ${amount}`,
  ),
  at: order.placedAt,
});

/** The newest orders of the shop that somebody placed. */
export const orderTrial: FlowTrial<Settings> = {
  async records({ role }, search) {
    const orders = await ordersOf(role('shop')).latest(search);
    return orders
      .filter(({ state }) => state !== 'draft')
      .slice(0, MOST_OFFERED)
      .map(asRecord);
  },
  // The run reads the order itself: that there is none is its to say.
  event: async (_source, record) => ({ topic: '', recordId: record, body: {} }),
};
