import { exactNumber } from './amounts.ts';
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
}

/** Lines as Books takes them, with whether their rates include a tax. */
export const lineItems = (lines: readonly NewLine[]) => ({
  ...(lines.some(({ taxId }) => taxId) ? { is_inclusive_tax: true } : {}),
  line_items: lines.map(({ name, rate, quantity, taxId }) => ({
    ...lineTexts(name),
    rate: exactNumber(rate),
    quantity: exactNumber(String(quantity)),
    ...(taxId ? { tax_id: taxId } : {}),
  })),
});
