import { exactNumber } from '../families/zoho/amounts.ts';
import { lineTexts } from './lengths.ts';

/** One line of a document that is to be made. */
export interface NewLine {
  /** Fitted to what Books takes; the whole of it then stands in the description. */
  readonly name: string;
  /** Decimal text in the document's currency. */
  readonly rate: string;
  /** A number, or decimal text of one. */
  readonly quantity: number | string;
  /** Included in the rate. */
  readonly taxId?: string;
  /** Whose pieces it takes out of the stock; absent: the line is a text. */
  readonly itemId?: string;
  /** The line of a sales order that it invoices: what was wanted there is then no longer. */
  readonly salesOrderLineId?: string;
}

/** Lines as Books takes them, with whether their rates include a tax. */
export const lineItems = (lines: readonly NewLine[]) => ({
  ...(lines.some(({ taxId }) => taxId) ? { is_inclusive_tax: true } : {}),
  line_items: lines.map(({ name, rate, quantity, taxId, itemId, salesOrderLineId }) => ({
    ...(itemId ? { item_id: itemId } : {}),
    ...(salesOrderLineId ? { salesorder_item_id: salesOrderLineId } : {}),
    ...lineTexts(name),
    rate: exactNumber(rate),
    quantity: exactNumber(String(quantity)),
    ...(taxId ? { tax_id: taxId } : {}),
  })),
});
