import type { Books } from './books.ts';
import type { Currency } from './currencies.ts';
import { type Fields, list, text } from './fields.ts';
import { itemOf } from './items.ts';
import { decimalOf, percentageOf, product, withoutPercentage } from './minor-units.ts';
import { invalid, missing, Refusal } from './refusal.ts';
import type { LineRow } from './rows.ts';
import { taxes } from './settings-data.ts';

export interface Totals {
  readonly lines: readonly LineRow[];
  readonly subTotalMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
}

/**
 * The lines of a document in a currency, and their sums. A line's amount is rounded once, its tax is
 * counted on the rounded amount (or taken out of it where rates include the tax), and sums add what was
 * rounded, so that the document adds up to the cent.
 */
export function linesOf(books: Books, body: Fields, currency: Currency): Totals {
  const asked = list(body, 'line_items');
  if (asked.length === 0) throw missing('line_items');
  const inclusive = body.is_inclusive_tax === true;
  const lines = asked.map((fields) => lineOf(books, fields, currency, inclusive));
  const sum = (part: (line: LineRow) => number): number => lines.reduce((all, line) => all + part(line), 0);
  const subTotalMinor = sum((line) => line.totalMinor);
  const taxMinor = sum((line) => line.taxMinor);
  const totalMinor = subTotalMinor + (inclusive ? 0 : taxMinor);
  if (totalMinor < 0) throw new Refusal(400, 4006, 'The total of the transaction cannot be negative.');
  if (!Number.isSafeInteger(totalMinor)) throw invalid('rate');
  return { lines, subTotalMinor, taxMinor, totalMinor };
}

function lineOf(books: Books, fields: Fields, currency: Currency, inclusive: boolean): LineRow {
  const item_id = text(fields, 'item_id');
  const item = itemOf(books, item_id);
  if (item_id !== '' && !item) throw invalid('item_id');
  if (item?.status === 'inactive') throw new Refusal(400, 2006, `The item ${item.name} is inactive.`);
  const name = text(fields, 'name', item?.name ?? '');
  const description = text(fields, 'description', item?.description ?? '');
  if (name === '' && description === '') throw missing('line_items/name');

  // A line without a rate takes its item's; without either it costs nothing.
  const rate = decimalOf(fields.rate ?? item?.rate ?? 0);
  const quantity = decimalOf(fields.quantity ?? 1);
  if (!rate) throw invalid('rate');
  if (!quantity) throw invalid('quantity');
  const tax_id = text(fields, 'tax_id');
  const tax = taxes.find((one) => one.tax_id === tax_id);
  if (tax_id !== '' && !tax) throw invalid('tax_id');

  const totalMinor = product(rate, quantity, currency.price_precision);
  const percentage = tax?.tax_percentage ?? 0;
  const withoutTax = inclusive ? withoutPercentage(totalMinor, percentage) : totalMinor;
  const salesorder_item_id = text(fields, 'salesorder_item_id');
  return {
    line_item_id: books.newId(),
    item_id,
    ...(salesorder_item_id === '' ? {} : { salesorder_item_id }),
    name,
    description,
    rate: Number(fields.rate ?? item?.rate ?? 0),
    quantity: Number(fields.quantity ?? 1),
    tax_id,
    totalMinor,
    taxMinor: inclusive ? totalMinor - withoutTax : percentageOf(totalMinor, percentage),
  };
}

/** A line as invoices and credit notes show it. */
export function lineView(line: LineRow, position: number, amount: (minor: number) => number) {
  const tax = taxes.find((one) => one.tax_id === line.tax_id);
  return {
    line_item_id: line.line_item_id,
    item_id: line.item_id,
    ...(line.salesorder_item_id ? { salesorder_item_id: line.salesorder_item_id } : {}),
    name: line.name,
    description: line.description,
    item_order: position + 1,
    rate: line.rate,
    quantity: line.quantity,
    unit: '',
    tax_id: line.tax_id,
    tax_name: tax?.tax_name ?? '',
    tax_type: tax ? 'tax' : '',
    tax_percentage: tax?.tax_percentage ?? 0,
    item_total: amount(line.totalMinor),
  };
}

/** The taxes of a document, one line a rate. */
export function taxesOf(lines: readonly LineRow[], amount: (minor: number) => number) {
  return taxes.flatMap((tax) => {
    const own = lines.filter((line) => line.tax_id === tax.tax_id);
    if (own.length === 0) return [];
    return [
      { tax_name: tax.tax_name, tax_amount: amount(own.reduce((sum, line) => sum + line.taxMinor, 0)) },
    ];
  });
}
