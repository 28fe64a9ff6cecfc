import { invoicedOf } from '../zoho-inventory/stock.ts';
import type { Books } from './books.ts';
import { invalid, Refusal } from './refusal.ts';
import type { ContactRow, LineRow } from './rows.ts';

/**
 * Refuses lines that invoice what a sales order has not, or not any more: a line of it is invoiced once. Only confirmed
 * orders are invoiced. https://www.zoho.com/us/inventory/help/sales-orders/sales-order-functions.html
 */
export function leftToInvoice(books: Books, customer: ContactRow, lines: readonly LineRow[]): void {
  for (const { salesorder_item_id: id, quantity } of lines) {
    if (id === undefined) continue;
    const order = books.stock?.salesOrders
      .all()
      .find((one) => one.lines.some(({ line_item_id }) => line_item_id === id));
    const line = order?.lines.find(({ line_item_id }) => line_item_id === id);
    if (order === undefined || line === undefined) throw invalid('salesorder_item_id');
    if (order.customer_id !== customer.contact_id)
      throw new Refusal(400, 4025, 'The sales order is of another customer.');
    if (order.set !== 'confirmed')
      throw new Refusal(400, 4026, 'Only confirmed sales orders can be invoiced.');
    if (quantity > line.quantity - invoicedOf(books, id) + 1e-9)
      throw new Refusal(400, 4027, 'The quantity is more than what is left to be invoiced.');
  }
}
