import { type FinanceLine, financeLines } from '../families/zoho/finance-lines.ts';

/** One line of a document that is to be made. */
export interface NewLine extends FinanceLine {
  /** The line of a sales order that it invoices: what was wanted there is then no longer. */
  readonly salesOrderLineId?: string;
}

/** Lines as Books takes them, with whether their rates include a tax. */
export const lineItems = (lines: readonly NewLine[]) =>
  financeLines(lines, ({ salesOrderLineId }) =>
    salesOrderLineId ? { salesorder_item_id: salesOrderLineId } : {},
  );
