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

const isInvoiced = (order: ListedOrder, { invoiceWhen }: Settings): boolean =>
  order.totalMinor > 0 && whyNot(order, invoiceWhen) === null;

/** What is invoiced is entered before, however far the order is. */
const isEntered = (order: ListedOrder, settings: Settings): boolean =>
  settings.documents === 'order-and-invoice' &&
  (isInvoiced(order, settings) || whyNot(order, settings.orderWhen) === null);

/** What an order would become if it was taken now. */
function becoming(order: ListedOrder, settings: Settings): TrialRecord {
  const parts: Sentence[] = [
    ...(isEntered(order, settings) ? [{ en: 'a sales order', fr: 'une commande client' }] : []),
    ...(isInvoiced(order, settings) ? [{ en: 'an invoice', fr: 'une facture' }] : []),
    ...(isInvoiced(order, settings) && order.paidAt !== null
      ? [{ en: 'its payment', fr: 'son règlement' }]
      : []),
  ];
  const [last] = parts.slice(-1);
  const listed = (language: 'en' | 'fr', and: string): string =>
    [
      parts
        .slice(0, -1)
        .map((part) => part[language])
        .join(', '),
      last?.[language],
    ]
      .filter(Boolean)
      .join(and);
  const record = asRecord(order);
  const { en = '', fr = '' } = record.detail ?? {};
  const what = { en: listed('en', ' and '), fr: listed('fr', ' et ') };
  return { ...record, detail: { en: `${en}: ${what.en}`, fr: `${fr}\u00a0: ${what.fr}` } };
}

function standingText(count: number, more: boolean, { documents }: Settings): Sentence {
  const atLeast = more ? { en: 'At least ', fr: 'Au moins ' } : { en: '', fr: '' };
  const what =
    documents === 'invoice'
      ? { en: 'an invoice', fr: 'une facture' }
      : { en: 'a sales order', fr: 'une commande client' };
  if (count === 0)
    return {
      en: `No order of the last thirty days would become ${what.en}.`,
      fr: `Aucune commande de ces trente derniers jours ne deviendrait ${what.fr}.`,
    };
  return {
    en: `${atLeast.en}${count} ${count === 1 ? 'order' : 'orders'} of the last thirty days would become ${what.en}:`,
    fr: `${atLeast.fr}${count} ${count === 1 ? 'commande' : 'commandes'} de ces trente derniers jours ${count === 1 ? 'deviendrait' : 'deviendraient'} ${what.fr}\u00a0:`,
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
    const taken = orders.filter((order) => isEntered(order, settings) || isInvoiced(order, settings));
    return {
      count: taken.length,
      shown: taken.slice(0, MOST_SHOWN).map((order) => becoming(order, settings)),
      setting: 'begin',
      said: standingText(taken.length, more, settings),
    };
  },
  // The run reads the order itself: that there is none is its to say.
  event: async (_source, record) => ({ topic: '', recordId: record, body: {} }),
};
