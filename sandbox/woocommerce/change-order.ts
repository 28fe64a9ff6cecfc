import type { VendorDesk } from '../core/simulator.ts';
import { isMembers, type Members } from '../kit/json-body.ts';
import { announceOrder } from './notify.ts';
import { money, moneyOf } from './order-money.ts';
import { orderView } from './order-view.ts';
import { linesOf } from './refund-lines.ts';
import { invalid, WooRefusal } from './refusal.ts';
import { type Address, gmtText, nextNumber, type OrderRow, type RefundRow, wooTables } from './rows.ts';
import { shop } from './shop.ts';
import { takeStock } from './take-stock.ts';

/** What an order may be set to. One in the bin is in none of these: it gets there by being deleted. */
export const STATUSES = [
  'auto-draft',
  'checkout-draft',
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
];

const PLACE = [
  'first_name',
  'last_name',
  'company',
  'address_1',
  'address_2',
  'city',
  'state',
  'postcode',
  'country',
];

const addressOf = (value: unknown, more: readonly string[]): Address => {
  const given = isMembers(value) ? value : {};
  return Object.fromEntries([...PLACE, ...more].map((name) => [name, String(given[name] ?? '')]));
};

const textOf = (body: Members, name: string, usual: string): string =>
  typeof body[name] === 'string' ? (body[name] as string) : usual;

function keep(
  desk: VendorDesk,
  row: OrderRow,
  operation: string,
  action: 'create' | 'update' | 'delete',
): OrderRow {
  const { orders } = wooTables(desk);
  if (action !== 'delete') {
    orders.put(String(row.id), row);
    takeStock(desk, row);
  }
  desk.wrote({
    operation,
    object: 'order',
    id: String(row.id),
    action,
    marker: row.order_key,
    record: orderView(row),
  });
  return row;
}

/** A status, and the moments that come with it. Money on delivery has come when the order is completed. */
function inStatus(row: OrderRow, status: string, now: string): OrderRow {
  if (!STATUSES.includes(status)) throw invalid('status', `status is not one of ${STATUSES.join(', ')}.`);
  const paysNow = row.payment_method !== 'cod' && status === 'processing';
  return {
    ...row,
    status,
    date_modified_gmt: now,
    date_paid_gmt: row.date_paid_gmt ?? (paysNow || status === 'completed' ? now : null),
    date_completed_gmt: status === 'completed' ? (row.date_completed_gmt ?? now) : row.date_completed_gmt,
  };
}

/** An order as `POST /orders` makes it. @param raw members that a plugin or an import wrote as they are. */
export function makeOrder(desk: VendorDesk, body: Members, raw: Members = {}): OrderRow {
  const id = nextNumber(desk, 'post');
  const now = gmtText(desk.clock());
  const blank: OrderRow = {
    id,
    parent_id: 0,
    number: String(id),
    order_key: `wc_order_${desk.id('', 13)}`,
    status: 'pending',
    currency: textOf(body, 'currency', shop.currency),
    prices_include_tax: true,
    date_created_gmt: now,
    date_modified_gmt: now,
    date_paid_gmt: null,
    date_completed_gmt: null,
    customer_id: Number(body.customer_id ?? 0),
    customer_note: textOf(body, 'customer_note', ''),
    billing: addressOf(body.billing, ['email', 'phone']),
    shipping: addressOf(body.shipping, ['phone']),
    payment_method: textOf(body, 'payment_method', ''),
    payment_method_title: textOf(body, 'payment_method_title', ''),
    transaction_id: textOf(body, 'transaction_id', ''),
    created_via: textOf(body, 'created_via', 'rest-api'),
    meta_data: Array.isArray(body.meta_data) ? body.meta_data : [],
    refunds: [],
    ...moneyOf(desk, body),
  };
  const status = body.set_paid === true ? 'processing' : textOf(body, 'status', 'pending');
  const made = { ...inStatus(blank, status, now), ...(raw as Partial<OrderRow>), id };
  keep(desk, made, 'POST /orders', 'create');
  // Carts of the block checkout are told of before anybody placed them, and never as new.
  if (made.status !== 'checkout-draft') announceOrder(desk, made, 'created');
  announceOrder(desk, made, 'updated');
  return made;
}

/** What `PUT /orders/{id}` changes: status, people, payment, and all of the lines where lines are given. */
export function changeOrder(desk: VendorDesk, row: OrderRow, body: Members): OrderRow {
  const now = gmtText(desk.clock());
  const hasLines = ['line_items', 'fee_lines', 'shipping_lines', 'coupon_lines'].some((name) => name in body);
  const changed = {
    ...row,
    ...(hasLines ? moneyOf(desk, body) : {}),
    ...('billing' in body
      ? { billing: addressOf({ ...row.billing, ...(body.billing as object) }, ['email', 'phone']) }
      : {}),
    ...(Array.isArray(body.meta_data) ? { meta_data: body.meta_data } : {}),
    payment_method: textOf(body, 'payment_method', row.payment_method),
    payment_method_title: textOf(body, 'payment_method_title', row.payment_method_title),
    transaction_id: textOf(body, 'transaction_id', row.transaction_id),
  };
  const status = body.set_paid === true ? 'processing' : textOf(body, 'status', row.status);
  const kept = keep(desk, inStatus(changed, status, now), 'PUT /orders/{id}', 'update');
  announceOrder(desk, kept, 'updated');
  return kept;
}

/** Into the bin, which is told; or for good, which is told to nobody. Answered is what the order was before. */
export function removeOrder(desk: VendorDesk, row: OrderRow, force: boolean): OrderRow {
  if (force) wooTables(desk).orders.delete(String(row.id));
  const now = gmtText(desk.clock());
  const kept = keep(
    desk,
    force ? row : { ...row, status: 'trash', date_modified_gmt: now },
    'DELETE /orders/{id}',
    force ? 'delete' : 'update',
  );
  if (!force) announceOrder(desk, kept, 'deleted');
  return row;
}

/** Money that goes back: the order's moment moves, its status only when all of it went. */
export function refundOrder(desk: VendorDesk, row: OrderRow, body: Members): RefundRow {
  const amount = Math.round(Number(body.amount) * 100);
  const given = row.refunds.reduce((all, { total }) => all - Math.round(Number(total) * 100), 0);
  const total = Math.round(Number(row.total) * 100);
  if (!(amount > 0) || given + amount > total)
    throw new WooRefusal(400, 'woocommerce_rest_invalid_order_refund', 'Invalid refund amount.');
  const now = gmtText(desk.clock());
  const refund: RefundRow = {
    id: nextNumber(desk, 'post'),
    order: row.id,
    date_created_gmt: now,
    amount: money(amount),
    reason: textOf(body, 'reason', ''),
    ...linesOf(desk, row, body),
  };
  wooTables(desk).refunds.put(String(refund.id), refund);
  const refunds = [...row.refunds, { id: refund.id, reason: refund.reason, total: money(-amount) }];
  const isWhole = given + amount === total;
  const kept = { ...row, refunds, date_modified_gmt: now, ...(isWhole ? { status: 'refunded' } : {}) };
  keep(desk, kept, 'POST /orders/{id}/refunds', 'update');
  announceOrder(desk, kept, 'updated');
  return refund;
}
