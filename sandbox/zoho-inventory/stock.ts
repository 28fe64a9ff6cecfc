import type { Books } from '../zoho-books/books.ts';
import type { LineRow } from '../zoho-books/rows.ts';
import type { StockTables } from './rows.ts';

/** Sums of decimal quantities, without what floating point numbers add to them. */
const sum = (values: readonly number[]): number =>
  Number(values.reduce((all, one) => all + one, 0).toFixed(6));

const quantitiesOf = (lines: readonly LineRow[], itemId: string): number[] =>
  lines.filter((line) => line.item_id === itemId).map(({ quantity }) => quantity);

/** How many of a line of a sales order stand on invoices that nobody voided. */
export const invoicedOf = (books: Books, lineId: string): number =>
  sum(
    books.invoices
      .all()
      .filter(({ set }) => set !== 'void')
      .flatMap(({ lines }) => lines)
      .filter((line) => line.salesorder_item_id === lineId)
      .map(({ quantity }) => quantity),
  );

/**
 * Pieces of an item as the books count them: what was there, what was adjusted, less what was invoiced and sent.
 * https://www.zoho.com/us/inventory/kb/items/stock-tracking-mode.html
 */
export function onHand(books: Books, { items, adjustments }: StockTables, itemId: string): number {
  const adjusted = adjustments
    .all()
    .flatMap(({ lines }) => lines)
    .filter((line) => line.item_id === itemId)
    .map(({ quantity_adjusted: quantity }) => quantity);
  const sold = books.invoices
    .all()
    .filter(({ set }) => set === 'sent')
    .flatMap(({ lines }) => quantitiesOf(lines, itemId));
  const back = books.creditNotes.all().flatMap(({ lines }) => quantitiesOf(lines, itemId));
  return sum([items.get(itemId)?.initial_stock ?? 0, ...adjusted, ...sold.map((one) => -one), ...back]);
}

/** Pieces that confirmed sales orders want and no invoice has. */
export function committed(books: Books, { salesOrders }: StockTables, itemId: string): number {
  const wanted = salesOrders
    .all()
    .filter(({ set }) => set === 'confirmed')
    .flatMap(({ lines }) => lines)
    .filter((line) => line.item_id === itemId);
  return sum(wanted.map((line) => Math.max(0, line.quantity - invoicedOf(books, line.line_item_id))));
}
