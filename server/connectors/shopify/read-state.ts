import type { OrderState } from '../../core/order/order.ts';
import type { ListedShopifyOrder } from './order-shape.ts';

/**
 * Whoever pays on delivery is trusted to: the goods go before the money. Shopify knows it by the name of a manual way to
 * pay, which the shop may have changed or translated.
 */
const ON_DELIVERY =
  /cash on delivery|\bcod\b|à la livraison|contre[- ]remboursement|contrareembolso|nachnahme/i;

type Told = Pick<
  ListedShopifyOrder,
  'cancelledAt' | 'displayFinancialStatus' | 'displayFulfillmentStatus' | 'paymentGatewayNames'
>;

/**
 * How far an order is. One is there only once somebody placed it: carts and drafts are records of other kinds.
 * https://shopify.dev/docs/api/admin-graphql/2026-10/enums/OrderDisplayFinancialStatus
 */
export function stateOf(order: Told): OrderState {
  if (order.cancelledAt) return 'ended';
  const paid = order.displayFinancialStatus;
  if (paid === 'REFUNDED') return 'refunded';
  if (order.displayFulfillmentStatus === 'FULFILLED') return 'fulfilled';
  switch (paid) {
    case 'PAID':
    case 'PARTIALLY_REFUNDED':
      return 'accepted';
    // Reserved on a card, or paid in part: the money is still to come.
    case 'AUTHORIZED':
    case 'PARTIALLY_PAID':
      return 'held';
    case 'PENDING':
      return order.paymentGatewayNames.some((name) => ON_DELIVERY.test(name)) ? 'accepted' : 'held';
    case 'VOIDED':
    case 'EXPIRED':
      return 'unpaid';
    default:
      return 'other';
  }
}
