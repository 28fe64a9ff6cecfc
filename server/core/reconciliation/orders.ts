import { type ListedOrder, personOf } from '../order/order.ts';
import { asReference, refundReference } from '../order/references.ts';
import type { StatedMovement } from './statement.ts';

/** Of what nobody says when it happened. */
const SOME_DAY = '9999-12-31T00:00:00.000Z';

/**
 * What came and went of a shop's orders: each that is paid, and what went back of it. Where a list of orders does not say
 * when money went back, it stands on the day of the payment, or on that of its credit.
 *
 * @param topic one of the shop's, by which an order is read again.
 */
export function movementsOfOrders(
  orders: readonly ListedOrder[],
  { object, topic }: { readonly object: string; readonly topic: string },
): StatedMovement[] {
  return orders.flatMap((order) => {
    const { id, number, reference, currency, totalMinor, paidAt, refunds, isTest } = order;
    if (paidAt === null || isTest || totalMinor === 0) return [];
    const about = {
      payment: asReference(reference),
      // Links have the whole of it.
      alsoKnownAs: asReference(reference) === reference ? [] : [reference],
      toldBy: [id],
      currency,
      who: personOf(order.customer) || order.customer.company || order.customer.email || `#${number}`,
      object,
      recordId: id,
      event: { topic, recordId: id, body: { id } },
    };
    return [
      {
        ...about,
        id: `order ${id}`,
        kind: 'payment' as const,
        credit: null,
        minor: totalMinor,
        movedAt: paidAt,
      },
      ...refunds.map((refund) => ({
        ...about,
        id: `refund ${refund.id}`,
        kind: 'refund' as const,
        credit: asReference(refundReference(reference, refund.id)),
        minor: -refund.minor,
        movedAt: refund.at ?? paidAt,
        knownSince: refund.at ?? order.changedAt ?? paidAt,
        ...(refund.at === undefined ? { between: { from: paidAt, to: SOME_DAY } } : {}),
      })),
    ];
  });
}
