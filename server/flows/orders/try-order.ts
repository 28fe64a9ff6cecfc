import { ordersOf } from '../../core/order/offer.ts';
import { type ListedOrder, personOf } from '../../core/order/order.ts';
import type { Sentence } from '../../core/sentence.ts';
import { type FlowTrial, MOST_OFFERED, type TrialRecord } from '../../core/trial.ts';
import type { Settings } from './flow.ts';
import { aboutMoney, totalOf } from './texts.ts';
import { whyNot } from './which-orders.ts';

const asRecord = (order: ListedOrder): TrialRecord => ({
  id: order.id,
  title: personOf(order.customer) || order.customer.company || order.customer.email || `#${order.number}`,
  detail: aboutMoney(
    totalOf(order),
    (amount) => `Order ${order.number}, ${amount}`,
    (amount) => `Commande ${order.number}, ${amount}`,
  ),
  at: order.placedAt,
});

export const MONTH_MS = 30 * 86_400_000;
const MOST_SHOWN = 5;

/** What an order would become if it was taken now. */
function becoming(order: ListedOrder): TrialRecord {
  const what: Sentence =
    order.paidAt === null
      ? { en: 'an invoice', fr: 'une facture' }
      : { en: 'an invoice and its payment', fr: 'une facture et son règlement' };
  const record = asRecord(order);
  const { en = '', fr = '' } = record.detail ?? {};
  return { ...record, detail: { en: `${en}: ${what.en}`, fr: `${fr} : ${what.fr}` } };
}

function standingText(count: number, more: boolean): Sentence {
  const atLeast = more ? { en: 'At least ', fr: 'Au moins ' } : { en: '', fr: '' };
  if (count === 0)
    return {
      en: 'No order of the last thirty days would become an invoice.',
      fr: 'Aucune commande de ces trente derniers jours ne deviendrait une facture.',
    };
  return {
    en: `${atLeast.en}${count} ${count === 1 ? 'order' : 'orders'} of the last thirty days would become an invoice:`,
    fr: `${atLeast.fr}${count} ${count === 1 ? 'commande' : 'commandes'} de ces trente derniers jours ${count === 1 ? 'deviendrait' : 'deviendraient'} une facture :`,
  };
}

/** The newest orders of the shop that somebody placed. */
export const orderTrial: FlowTrial<Settings> = {
  async records({ role }, search) {
    const orders = await ordersOf(role('shop')).latest(search);
    return orders
      .filter(({ state }) => state !== 'draft')
      .slice(0, MOST_OFFERED)
      .map(asRecord);
  },
  async standing({ role, settings }) {
    const { orders, more } = await ordersOf(role('shop')).recent(MONTH_MS);
    const taken = orders.filter(
      (order) => order.totalMinor > 0 && whyNot(order, settings.invoiceWhen) === null,
    );
    return {
      count: taken.length,
      shown: taken.slice(0, MOST_SHOWN).map(becoming),
      setting: 'begin',
      said: standingText(taken.length, more),
    };
  },
  // The run reads the order itself: that there is none is its to say.
  event: async (_source, record) => ({ topic: '', recordId: record, body: {} }),
};
