import { fitText } from '../../../core/fit-text.ts';
import { exactNumber } from './amounts.ts';

/** One line of a document that is to be made in one of Zoho's finance applications. */
export interface FinanceLine {
  /** Fitted to what they take; the whole of it then stands in the description. */
  readonly name: string;
  /** Decimal text in the document's currency. */
  readonly rate: string;
  /** A number, or decimal text of one. */
  readonly quantity: number | string;
  /** Included in the rate. */
  readonly taxId?: string;
  /** Whose pieces it takes out of the stock; absent: the line is a text. */
  readonly itemId?: string;
}

/**
 * The longest texts that they take of a line, in characters, as the reference of each states them
 * (https://www.zoho.com/books/api/v3/invoices/, https://www.zoho.com/inventory/api/v1/salesorders/).
 */
export const LINE_LENGTHS = { name: 100, description: 2_000 };

/** On one line, without characters that nobody sees. */
export const tidy = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** The name, and the whole of it below where the name is too short for it. */
function textsOf(whole: string): { name: string; description?: string } {
  const name = fitText(tidy(whole), LINE_LENGTHS.name);
  return name === whole ? { name } : { name, description: fitText(whole, LINE_LENGTHS.description) };
}

/** Lines as they take them, with whether their rates include a tax. @param own what one application alone has of a line. */
export const financeLines = <Line extends FinanceLine>(
  lines: readonly Line[],
  own: (line: Line) => object = () => ({}),
) => ({
  ...(lines.some(({ taxId }) => taxId) ? { is_inclusive_tax: true } : {}),
  line_items: lines.map((line) => ({
    ...(line.itemId ? { item_id: line.itemId } : {}),
    ...own(line),
    ...textsOf(line.name),
    rate: exactNumber(line.rate),
    quantity: exactNumber(String(line.quantity)),
    ...(line.taxId ? { tax_id: line.taxId } : {}),
  })),
});
