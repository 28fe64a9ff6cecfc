import type { OrderRow, RefundRow } from './rows.ts';
import { shop } from './shop.ts';

const wall = new Intl.DateTimeFormat('sv-SE', {
  timeZone: shop.timeZone,
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** The shop's own time of day, without a zone. */
export const localText = (gmt: string | null): string | null =>
  gmt === null ? null : wall.format(new Date(`${gmt}Z`)).replace(' ', 'T');

/** An order as the REST interface and webhooks show it. */
export function orderView(row: OrderRow) {
  const { id } = row;
  const self = `${shop.address}/wp-json/wc/v3/orders`;
  return {
    ...row,
    version: shop.version,
    date_created: localText(row.date_created_gmt),
    date_modified: localText(row.date_modified_gmt),
    date_paid: localText(row.date_paid_gmt),
    date_completed: localText(row.date_completed_gmt),
    customer_ip_address: '',
    customer_user_agent: '',
    cart_hash: '',
    payment_url: `${shop.address}/commander/order-pay/${id}/?pay_for_order=true&key=${row.order_key}`,
    is_editable: ['pending', 'on-hold', 'auto-draft'].includes(row.status),
    needs_payment: row.status === 'pending' && Number(row.total) > 0,
    needs_processing: true,
    currency_symbol: '€',
    _links: { self: [{ href: `${self}/${id}` }], collection: [{ href: self }] },
  };
}

export function refundView(row: RefundRow) {
  return {
    id: row.id,
    date_created: localText(row.date_created_gmt),
    date_created_gmt: row.date_created_gmt,
    amount: row.amount,
    reason: row.reason,
    refunded_by: 1,
    refunded_payment: false,
    meta_data: [],
    line_items: row.line_items ?? [],
    shipping_lines: row.shipping_lines ?? [],
    tax_lines: [],
    fee_lines: row.fee_lines ?? [],
  };
}
