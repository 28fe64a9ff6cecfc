import type { Order } from '../order/order.ts';
import { personOf } from '../order/order.ts';
import type { StatedMovement } from './statement.ts';

/** As much of an order's reference as books take: its end tells it apart. */
const LONGEST_REFERENCE = 100;

/**
 * What came and went of a shop's orders: each that is paid, and what went back of it. A shop that does not say when it gave
 * money back has it on the day of the payment.
 *
 * @param topic one of the shop's, by which an order is read again.
 */
export function movementsOfOrders(
  orders: readonly Order[],
  { object, topic }: { readonly object: string; readonly topic: string },
): StatedMovement[] {
  return orders.flatMap((order) => {
    const { id, number, reference, currency, totalMinor, paidAt, refunds, isTest } = order;
    if (paidAt === null || isTest || totalMinor === 0) return [];
    const about = {
      payment: reference.slice(-LONGEST_REFERENCE),
      alsoKnownAs: [],
      credit: null,
      toldBy: [id],
      currency,
      who: personOf(order.customer) || order.customer.company || order.customer.email || `#${number}`,
      object,
      recordId: id,
      event: { topic, recordId: id, body: { id } },
    };
    return [
      { ...about, id: `order ${id}`, kind: 'payment' as const, minor: totalMinor, movedAt: paidAt },
      ...refunds.map((refund) => ({
        ...about,
        id: `refund ${refund.id}`,
        kind: 'refund' as const,
        minor: -refund.minor,
        movedAt: paidAt,
      })),
    ];
  });
}
