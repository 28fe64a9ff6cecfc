import { type Customer, findCustomer } from '../../connectors/zoho-books/booking/find-customer.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { NewInvoice } from '../../connectors/zoho-books/invoices.ts';
import type { BooksTax } from '../../connectors/zoho-books/organisations.ts';
import { dayIn } from '../../core/day-in.ts';
import { decimalOf } from '../../core/money.ts';
import { documentLines } from '../../core/order/document-lines.ts';
import type { Order } from '../../core/order/order.ts';
import { type Items, itemsOf } from './items.ts';
import { payerOf } from './payer.ts';
import type { Context } from './steps.ts';
import { invoiceNotes, lineName, roundingText } from './texts.ts';

/** What an order's sales order and its invoice say alike. */
export interface OrderDocument {
  readonly customer: Customer;
  /** Day. */
  readonly date: string;
  readonly notes: string;
  readonly lines: readonly DocumentItem[];
  readonly adjustment?: NonNullable<NewInvoice['adjustment']>;
}

export interface DocumentItem {
  readonly name: string;
  /** Decimal text. */
  readonly rate: string;
  readonly quantity: string;
  readonly taxId?: string;
  /** The item whose pieces it takes. */
  readonly itemId?: string;
}

/**
 * An order as a document, with its customer found or made.
 *
 * @param known whoever it was entered for before; null: they are looked for.
 */
export async function orderDocument(
  context: Context,
  order: Order,
  known: Customer | null,
): Promise<OrderDocument> {
  const { client, read, organisation } = context;
  const taxes = await read('taxes', () => client(zohoBooks).taxes());
  const items = await itemsOf(context, order);
  const customer = known ?? (await findCustomer(context, payerOf(order, organisation.locale)));
  return { customer, ...saidOf(context, order, taxes, items) };
}

function saidOf(
  { organisation: { locale, timeZone }, settings }: Context,
  order: Order,
  taxes: readonly BooksTax[],
  items: Items,
): Omit<OrderDocument, 'customer'> {
  const taxOf = (percent: number): BooksTax | undefined => taxes.find((tax) => tax.percent === percent);
  // Documents that name items take their pieces: not where stock follows the shop.
  const itemOf = (sku: string | null): string | undefined =>
    sku === null || settings.stock === 'shop' ? undefined : items[sku]?.id;
  const { lines, roundingMinor } = documentLines(
    order,
    (percent) => taxOf(percent) !== undefined,
    ({ kind, sku }) => kind === 'product' && itemOf(sku) !== undefined,
  );
  const amount = (minor: number): string => decimalOf({ minor, currency: order.currency });
  return {
    date: dayIn(timeZone, order.placedAt),
    notes: invoiceNotes(order, locale),
    lines: lines.map((line) => {
      const tax = line.taxPercent === null ? undefined : taxOf(line.taxPercent);
      const itemId = line.isCounted === true ? itemOf(line.sku) : undefined;
      return {
        name: lineName(line, locale),
        rate: amount(line.unitMinor),
        quantity: line.quantity,
        ...(tax === undefined ? {} : { taxId: tax.id }),
        ...(itemId === undefined ? {} : { itemId }),
      };
    }),
    ...(roundingMinor === 0
      ? {}
      : { adjustment: { amount: amount(roundingMinor), text: roundingText(locale) } }),
  };
}
