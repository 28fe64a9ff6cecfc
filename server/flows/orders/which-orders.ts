import type { ListedOrder, OrderState } from '../../core/order/order.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Settings } from './flow.ts';

const TAKEN: Readonly<Record<Settings['invoiceWhen'], readonly OrderState[]>> = {
  placed: ['held', 'accepted', 'fulfilled'],
  accepted: ['accepted', 'fulfilled'],
  fulfilled: ['fulfilled'],
};

/** States that nothing was bought in, or in which it is all over, and why nothing is made of them. */
const NEVER: Partial<Readonly<Record<OrderState, Sentence>>> = {
  draft: {
    en: 'A cart that nobody ordered: nothing to do.',
    fr: 'Un panier que personne n’a commandé\u00a0: rien à faire.',
  },
  ended: {
    en: 'The order was cancelled or failed before it was invoiced: nothing to do.',
    fr: 'La commande a été annulée ou a échoué avant d’être facturée\u00a0: rien à faire.',
  },
  gone: {
    en: 'The order was deleted in the shop before it was invoiced: nothing to do.',
    fr: 'La commande a été supprimée dans la boutique avant d’être facturée\u00a0: rien à faire.',
  },
};

const NOT_YET: Sentence = {
  en: 'The order is not as far as it has to be for an invoice: it is taken once it is.',
  fr: 'La commande n’est pas assez avancée pour une facture\u00a0: elle sera prise quand elle le sera.',
};

const TEST: Sentence = {
  en: 'An order that was placed in a test mode: nothing to do.',
  fr: 'Une commande passée en mode test\u00a0: rien à faire.',
};

/**
 * Why no document is made of an order as it now is; null: it is invoiced. One that was paid is taken also where the
 * shop has a state of its own for it, put it on hold, or gave the money back since.
 */
export function whyNot(order: ListedOrder, when: Settings['invoiceWhen']): Sentence | null {
  const { state, isTest, paidAt } = order;
  if (isTest) return TEST;
  const never = NEVER[state];
  if (never !== undefined) return never;
  const isPaid = paidAt !== null && (when !== 'fulfilled' || state === 'refunded');
  const isTaken = TAKEN[when].includes(state) || isPaid;
  return isTaken ? null : NOT_YET;
}

/** Whether nothing more comes of an order: it was cancelled, failed, or was thrown away. */
export const isOver = ({ state }: Pick<ListedOrder, 'state'>): boolean =>
  state === 'ended' || state === 'gone';
