import { currencyCode } from '../../core/movement.ts';
import type { ListedOrder, OrderCustomer } from '../../core/order/order.ts';
import { orderAmount } from '../../kit/order-amount.ts';
import { numberIn } from './addresses.ts';
import type { ListedShopifyOrder } from './order-shape.ts';
import { stateOf } from './read-state.ts';

/** The currency that the customer paid in: what was charged, paid and given back agrees in it, whatever the rates. */
export const currencyOf = (order: ListedShopifyOrder): string =>
  currencyCode(order.presentmentCurrencyCode) ?? '';

/** @param shop its address at Shopify, which no other shop has. */
export function readListed(order: ListedShopifyOrder, shop: string): ListedOrder {
  const currency = currencyOf(order);
  const minor = (amount: string): number => orderAmount(amount, currency);
  const number = order.name.replace(/^#/, '');
  const { shopMoney } = order.totalPriceSet;
  const shopCurrency = currencyCode(shopMoney.currencyCode) ?? '';
  const isForeign = shopCurrency !== currency;
  return {
    id: numberIn(order.id),
    number,
    reference: `${shop} #${number}`,
    state: stateOf(order),
    isTest: order.test,
    currency,
    totalMinor: totalOf(order, minor),
    ...(isForeign
      ? { shopTotal: { minor: orderAmount(shopMoney.amount, shopCurrency), currency: shopCurrency } }
      : {}),
    customer: customerOf(order),
    placedAt: order.processedAt || order.createdAt,
    changedAt: order.updatedAt,
    paidAt: paidAt(order, minor),
    paidBy: paidBy(order),
    coupons: order.discountCodes,
    refunds: order.refunds
      .map(({ id, note, totalRefundedSet: amount }) => ({
        id: numberIn(id),
        minor: minor(amount),
        reason: note.trim(),
      }))
      // An edit that takes goods away is told as a refund of nothing.
      .filter((refund) => refund.minor > 0),
  };
}

/**
 * What the customer was charged: what came, and what is still to come. The order's own total before returns counts
 * goods that were taken away before anybody paid, and its total after returns leaves out what was paid and sent back.
 * Of an order that came to nothing before anybody paid it is what was ordered.
 */
function totalOf(order: ListedShopifyOrder, minor: (amount: string) => number): number {
  const charged = minor(order.totalReceivedSet) + Math.max(0, minor(order.totalOutstandingSet));
  const isOver = order.cancelledAt || ['VOIDED', 'EXPIRED'].includes(order.displayFinancialStatus ?? '');
  return charged === 0 && isOver ? minor(order.totalPriceSet.presentmentMoney.amount) : charged;
}

const MONEY_CAME = new Set(['SALE', 'CAPTURE']);
const came = ({ transactions }: ListedShopifyOrder) =>
  transactions.filter(({ kind, status }) => MONEY_CAME.has(kind) && status === 'SUCCESS');

/** When the last of the money came; null while any of it is awaited. */
function paidAt(order: ListedShopifyOrder, minor: (amount: string) => number): string | null {
  if (minor(order.totalReceivedSet) === 0 || minor(order.totalOutstandingSet) > 0) return null;
  const moments = came(order).map(({ processedAt }) => processedAt);
  return moments.sort().at(-1) || order.processedAt;
}

function paidBy(order: ListedShopifyOrder): string {
  const used = came(order).map(({ formattedGateway }) => formattedGateway);
  const names = used.some(Boolean) ? used : order.paymentGatewayNames;
  return [...new Set(names.filter(Boolean))].join(', ');
}

/** Whoever ordered: of what the shop tells of an order, of its customer and of the addresses, the first that says it. */
function customerOf(order: ListedShopifyOrder): OrderCustomer {
  const { customer, billingAddress: billing, shippingAddress: shipping } = order;
  const first = (...texts: readonly (string | null | undefined)[]): string =>
    texts.map((text) => text?.trim()).find(Boolean) ?? '';
  // A name is one person's: its two parts come from one place.
  const named = [billing, customer, shipping].find((one) => one && (one.firstName || one.lastName));
  return {
    id: customer ? numberIn(customer.id) : null,
    email: first(order.email, customer?.defaultEmailAddress?.emailAddress) || null,
    firstName: first(named?.firstName),
    lastName: first(named?.lastName),
    company: first(billing?.company),
    phone: first(order.phone, billing?.phone, customer?.defaultPhoneNumber?.phoneNumber, shipping?.phone),
  };
}
