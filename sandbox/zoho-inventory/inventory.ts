import type { VendorDesk } from '../core/simulator.ts';
import { type Books, booksAt } from '../zoho-books/books.ts';
import { type LateLists, lateLists } from '../zoho-books/late-lists.ts';
import { type LateItems, lateItems } from './late-items.ts';
import { type StockTables, stockTables } from './rows.ts';

/** What Inventory keeps, beside the books of the same organisation: contacts, invoices and taxes are theirs. */
export interface Inventory extends LateLists {
  readonly lateItems: LateItems;
  readonly desk: VendorDesk;
  readonly books: Books;
  readonly stock: StockTables;
}

export const inventoryAt = (desk: VendorDesk): Inventory => ({
  desk,
  books: booksAt(desk.other('zoho-books')),
  stock: stockTables(desk),
  lateItems: lateItems(desk),
  ...lateLists(desk),
});
