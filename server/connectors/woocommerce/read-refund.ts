import type { OrderLine, OrderRefund } from '../../core/order/order.ts';
import { bringsBack } from '../../core/order/refund-lines.ts';
import { orderAmount } from '../../kit/order-amount.ts';
import { plainText } from '../../kit/plain-text.ts';
import type { WooRefund } from './order-shape.ts';
import { utc } from './read-order.ts';

type Charged = WooRefund['fee_lines'][number];

/** A refund with its lines turned round: what it gives back stands above zero. */
export function readRefund(refund: WooRefund, currency: string): OrderRefund {
  const back = (decimal: string): number => -orderAmount(decimal, currency) || 0;
  const line = (
    { total, total_tax: tax }: Pick<Charged, 'total' | 'total_tax'>,
    about: Pick<OrderLine, 'kind' | 'name'> & Partial<OrderLine>,
  ): OrderLine => ({
    sku: null,
    quantity: '1',
    ...about,
    netMinor: back(total),
    taxMinor: back(tax),
    // The rates stand on the order: whoever has it finds them there.
    taxPercent: null,
  });
  const lines = [
    ...refund.line_items.map((one) =>
      line(one, {
        kind: 'product',
        name: plainText(one.name),
        // Money may go back for a line without a piece of it coming back.
        sku: Number(one.quantity) === 0 ? null : one.sku || null,
        quantity: quantityOf(one.quantity),
      }),
    ),
    ...refund.fee_lines.map((one) => line(one, { kind: 'fee', name: plainText(one.name) })),
    ...refund.shipping_lines.map((one) => line(one, { kind: 'shipping', name: plainText(one.method_title) })),
  ];
  return {
    id: String(refund.id),
    minor: Math.abs(orderAmount(refund.amount, currency)),
    reason: plainText(refund.reason),
    ...(refund.date_created_gmt === '' ? {} : { at: utc(refund.date_created_gmt) }),
    lines: lines.filter(bringsBack),
  };
}

function quantityOf(quantity: number | string): string {
  const pieces = Math.abs(Number(quantity));
  return pieces > 0 ? String(pieces) : '1';
}
