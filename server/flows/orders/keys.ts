import type { Subject } from '../../connectors/zoho-books/booking/invoice-run.ts';
import type { Order } from '../../core/order/order.ts';
import { asReference, refundReference } from '../../core/order/references.ts';

export { asReference };

/** The names under which the flow remembers what it made, and under which runs wait for each other. */
export const keys = {
  /** The invoice in Books of an order. */
  booked: (reference: string): string => `booked ${reference}`,
  /** The customer in Books, who is invoiced in one currency. */
  customer: (who: string, currency: string): string => `customer ${who} ${currency}`,
  /** The sales order in Inventory of an order. */
  salesOrder: (reference: string): string => `sales order ${reference}`,
  /** What was entered of an order, in short. */
  asEntered: (reference: string): string => `as entered ${reference}`,
  /** The sales order that Liaison voided when the order was over. */
  released: (reference: string): string => `released ${reference}`,
  /** The adjustments that were made for an order, by their ids: what was made a moment ago stands in no list yet. */
  adjusted: (reference: string): string => `adjusted ${reference}`,
  /** What was taken out of the stock for an order, in short. */
  taken: (reference: string): string => `taken ${reference}`,
  /** The item in Inventory of a code. */
  item: (sku: string): string => `item ${sku}`,
  /** The contact in the CRM. */
  contact: (who: string): string => `contact ${who}`,
  /** A refund of an order. */
  refund: refundReference,
  /** Whoever makes documents of an order does so alone. */
  lock: (reference: string): string => `order ${reference}`,
};

/** An order as Books knows it. */
export const subjectOf = ({ reference }: Pick<Order, 'reference'>): Subject => ({
  reference: asReference(reference),
  key: keys.booked(reference),
});
