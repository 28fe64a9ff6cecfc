import type { OrderLine, OrderRefund } from '../../core/order/order.ts';
import { bringsBack } from '../../core/order/refund-lines.ts';
import { orderAmount } from '../../kit/order-amount.ts';
import { numberIn } from './addresses.ts';
import type { ShopifyRefund } from './order-shape.ts';

/** A refund with what it was for. @param of whether the order's prices, and so the refund's, include their tax. */
export function readRefund(
  refund: ShopifyRefund,
  of: { readonly currency: string; readonly taxesIncluded: boolean },
): OrderRefund {
  const minor = (amount: string): number => orderAmount(amount, of.currency);
  const line = (
    about: Pick<OrderLine, 'kind' | 'name'> & Partial<OrderLine>,
    amount: string,
    tax: string,
  ): OrderLine => ({
    sku: null,
    quantity: '1',
    ...about,
    netMinor: minor(amount) - (of.taxesIncluded ? minor(tax) : 0),
    taxMinor: minor(tax),
    // The rates stand on the order: whoever has it finds them there.
    taxPercent: null,
  });
  const lines = [
    ...refund.refundLineItems.nodes.map(({ quantity, lineItem, subtotalSet, totalTaxSet }) =>
      line(
        { kind: 'product', name: lineItem.name, sku: lineItem.sku || null, quantity: String(quantity) },
        subtotalSet,
        totalTaxSet,
      ),
    ),
    ...refund.refundShippingLines.nodes.map(({ shippingLine, subtotalAmountSet, taxAmountSet }) =>
      line({ kind: 'shipping', name: shippingLine.title }, subtotalAmountSet, taxAmountSet),
    ),
  ];
  return {
    id: numberIn(refund.id),
    minor: minor(refund.totalRefundedSet),
    reason: refund.note.trim(),
    ...(refund.createdAt === '' ? {} : { at: refund.createdAt }),
    lines: lines.filter(bringsBack),
  };
}
