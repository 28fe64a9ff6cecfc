import type { Books } from '../zoho-books/books.ts';
import { currencyOf } from '../zoho-books/contact-view.ts';
import { balanceOf, statusOf } from '../zoho-books/invoice-view.ts';
import { lineView, taxesOf } from '../zoho-books/lines.ts';
import { fromMinor } from '../zoho-books/minor-units.ts';
import type { InvoiceRow } from '../zoho-books/rows.ts';
import type { SalesOrderRow } from './rows.ts';
import { invoicedOf } from './stock.ts';

/** Invoices of an order that are there, voided ones too. */
export const invoicesOf = (books: Books, order: SalesOrderRow): InvoiceRow[] => {
  const own = new Set(order.lines.map(({ line_item_id }) => line_item_id));
  return books.invoices
    .all()
    .filter(({ lines }) => lines.some(({ salesorder_item_id: id }) => id !== undefined && own.has(id)));
};

const quantityOf = ({ lines }: SalesOrderRow): number =>
  Number(lines.reduce((all, { quantity }) => all + quantity, 0).toFixed(6));

const invoicedIn = (books: Books, { lines }: SalesOrderRow): number =>
  Number(lines.reduce((all, { line_item_id }) => all + invoicedOf(books, line_item_id), 0).toFixed(6));

export function orderInList(books: Books, row: SalesOrderRow) {
  const currency = currencyOf(row);
  return {
    salesorder_id: row.salesorder_id,
    customer_name: books.contacts.get(row.customer_id)?.contact_name ?? '',
    customer_id: row.customer_id,
    status: row.set,
    salesorder_number: row.salesorder_number,
    reference_number: row.reference_number,
    date: row.date,
    shipment_date: row.shipment_date,
    shipment_days: 0,
    quantity: quantityOf(row),
    quantity_invoiced: invoicedIn(books, row),
    quantity_packed: 0,
    quantity_shipped: 0,
    currency_code: currency.currency_code,
    total: fromMinor(row.totalMinor, currency.price_precision),
    created_time: row.created,
    last_modified_time: row.modified,
    is_emailed: false,
    is_drop_shipment: false,
    is_backorder: false,
    sales_channel: 'direct_sales',
    custom_fields: [],
  };
}

export function orderAlone(books: Books, row: SalesOrderRow) {
  const currency = currencyOf(row);
  const amount = (minor: number): number => fromMinor(minor, currency.price_precision);
  const today = books.today();
  return {
    salesorder_id: row.salesorder_id,
    salesorder_number: row.salesorder_number,
    date: row.date,
    status: row.set,
    shipment_date: row.shipment_date,
    reference_number: row.reference_number,
    customer_id: row.customer_id,
    customer_name: books.contacts.get(row.customer_id)?.contact_name ?? '',
    currency_id: row.currency_id,
    currency_code: currency.currency_code,
    currency_symbol: currency.currency_symbol,
    exchange_rate: row.exchange_rate,
    discount_amount: 0,
    discount: 0,
    is_discount_before_tax: true,
    discount_type: 'item_level',
    line_items: row.lines.map((line, at) => {
      const { description: _, ...shown } = lineView(line, at, amount);
      return {
        ...shown,
        bcy_rate: Number((line.rate * row.exchange_rate).toFixed(2)),
        quantity_invoiced: invoicedOf(books, line.line_item_id),
        quantity_packed: 0,
        quantity_shipped: 0,
        is_invoiced: invoicedOf(books, line.line_item_id) >= line.quantity,
      };
    }),
    shipping_charge: 0,
    adjustment: amount(row.adjustmentMinor),
    adjustment_description: row.adjustment,
    sub_total: amount(row.subTotalMinor),
    tax_total: amount(row.taxMinor),
    total: amount(row.totalMinor),
    taxes: taxesOf(row.lines, amount),
    price_precision: currency.price_precision,
    packages: [],
    invoices: invoicesOf(books, row).map((invoice) => ({
      invoice_id: invoice.invoice_id,
      invoice_number: invoice.invoice_number,
      status: statusOf(invoice, today),
      date: invoice.date,
      due_date: invoice.due_date,
      total: amount(invoice.totalMinor),
      balance: amount(balanceOf(invoice)),
    })),
    notes: row.notes,
    terms: row.terms,
    custom_fields: [],
    created_time: row.created,
    last_modified_time: row.modified,
  };
}
