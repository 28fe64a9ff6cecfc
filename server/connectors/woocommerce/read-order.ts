import { currencyCode } from '../../core/movement.ts';
import type { Order, OrderLine, OrderState } from '../../core/order/order.ts';
import { orderAmount } from '../../kit/order-amount.ts';
import { plainText } from '../../kit/plain-text.ts';
import type { WooOrder } from './order-shape.ts';

/** https://woocommerce.com/document/managing-orders/order-statuses/; plugins have more of their own. */
const STATES: Readonly<Record<string, OrderState>> = {
  'checkout-draft': 'draft',
  'auto-draft': 'draft',
  draft: 'draft',
  new: 'draft',
  pending: 'unpaid',
  'on-hold': 'held',
  processing: 'accepted',
  completed: 'fulfilled',
  refunded: 'refunded',
  cancelled: 'ended',
  failed: 'ended',
  trash: 'gone',
};

/** What payment plugins note on an order that was paid in their test mode. */
const TEST_MARKS: Readonly<Record<string, string>> = {
  _wcpay_mode: 'test',
  _ppcp_paypal_payment_mode: 'sandbox',
};

type Charged = WooOrder['fee_lines'][number];

/** Moments carry no zone; those of `…_gmt` are UTC. */
export const utc = (gmt: string): string => (/(Z|[+-]\d\d:?\d\d)$/.test(gmt) ? gmt : `${gmt}Z`);

/** @param shop its address, which no other shop has. */
export function readOrder(order: WooOrder, shop: string): Order {
  const currency = currencyCode(order.currency) ?? '';
  const minor = (decimal: string): number => orderAmount(decimal, currency);
  const percentOf = rates(order);
  const line = (
    { total, total_tax: tax, taxes }: Omit<Charged, 'name'>,
    about: Pick<OrderLine, 'kind' | 'name'> & Partial<OrderLine>,
  ): OrderLine => ({
    sku: null,
    quantity: '1',
    ...about,
    netMinor: minor(total),
    taxMinor: minor(tax),
    taxPercent: percentOf(taxes),
  });
  const { billing, customer_id: customer } = order;
  return {
    id: String(order.id),
    number: order.number,
    reference: `${shop} #${order.number}`,
    state: STATES[order.status] ?? 'other',
    isTest: order.meta_data.some(
      ({ key, value }) => TEST_MARKS[key] !== undefined && TEST_MARKS[key] === value,
    ),
    currency,
    totalMinor: minor(order.total),
    lines: [
      ...order.line_items.map((one) =>
        line(one, {
          kind: 'product',
          name: plainText(one.name),
          sku: one.sku || null,
          quantity: String(one.quantity),
        }),
      ),
      ...order.fee_lines.map((one) => line(one, { kind: 'fee', name: plainText(one.name) })),
      ...order.shipping_lines.map((one) =>
        line(one, { kind: 'shipping', name: plainText(one.method_title) }),
      ),
    ],
    customer: {
      id: customer ? String(customer) : null,
      email: billing.email.trim() || null,
      firstName: plainText(billing.first_name),
      lastName: plainText(billing.last_name),
      company: plainText(billing.company),
      phone: billing.phone.trim(),
    },
    placedAt: utc(order.date_created_gmt || order.date_modified_gmt),
    ...(order.date_modified_gmt ? { changedAt: utc(order.date_modified_gmt) } : {}),
    paidAt: order.date_paid_gmt === '' ? null : utc(order.date_paid_gmt),
    paidBy: plainText(order.payment_method_title),
    coupons: order.coupon_lines.map(({ code }) => plainText(code)),
    refunds: order.refunds.map(({ id, reason, total }) => ({
      id: String(id),
      minor: Math.abs(minor(total)),
      reason: plainText(reason),
    })),
  };
}

/** The percentage of several rates together: compound ones are charged on the price with the others. */
function rates({ tax_lines: known }: WooOrder): (taxes: Charged['taxes']) => number | null {
  return (taxes) => {
    const charged = taxes.filter(({ total }) => Number(total) !== 0);
    const found = charged.map(({ id }) => known.find(({ rate_id }) => rate_id === id));
    const simple = found.filter((rate) => rate?.compound !== true);
    if (found.length === 0 || found.some((rate) => rate?.rate_percent == null)) return null;
    const sum = simple.reduce((all, rate) => all + (rate?.rate_percent ?? 0), 0);
    const whole = found
      .filter((rate) => rate?.compound === true)
      .reduce((all, rate) => all * (1 + (rate?.rate_percent ?? 0) / 100), 1 + sum / 100);
    return Number(((whole - 1) * 100).toFixed(4));
  };
}
