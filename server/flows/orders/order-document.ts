import { type Customer, findCustomer } from '../../connectors/zoho-books/booking/find-customer.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { NewInvoice } from '../../connectors/zoho-books/invoices.ts';
import type { BooksTax } from '../../connectors/zoho-books/organisations.ts';
import { dayIn } from '../../core/day-in.ts';
import { decimalOf } from '../../core/money.ts';
import { type DocumentLine, documentLines } from '../../core/order/document-lines.ts';
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
  const { organisation } = context;
  const taxes = await taxesOf(context, order.lines);
  const items = await itemsOf(context, order);
  const customer = known ?? (await findCustomer(context, payerOf(order, organisation.locale)));
  return { customer, ...saidOf(context, order, taxes, items) };
}

/**
 * The taxes that Books knows, where any of the lines bears one: read once in a run, and kept for no other one, because a
 * rate that was changed meanwhile would make a wrong tax.
 */
export const taxesOf = async (
  { client, read }: Context,
  lines: Order['lines'],
): Promise<readonly BooksTax[]> =>
  lines.some(({ taxPercent }) => taxPercent !== null && taxPercent > 0)
    ? read('taxes', () => client(zohoBooks).taxes())
    : [];

export const taxOf = (taxes: readonly BooksTax[], percent: number): BooksTax | undefined =>
  taxes.find((tax) => tax.percent === percent);

/** Lines as documents of Zoho say them. @param itemOf the item whose pieces a line takes, or brings back. */
export const asItems = <Line extends Omit<DocumentLine, 'kind'>>(
  lines: readonly Line[],
  { currency }: Pick<Order, 'currency'>,
  taxes: readonly BooksTax[],
  itemOf: (sku: string | null) => string | undefined,
  nameOf: (line: Line) => string,
): DocumentItem[] =>
  lines.map((line) => {
    const tax = line.taxPercent === null ? undefined : taxOf(taxes, line.taxPercent);
    const itemId = line.isCounted === true ? itemOf(line.sku) : undefined;
    return {
      name: nameOf(line),
      rate: decimalOf({ minor: line.unitMinor, currency }),
      quantity: line.quantity,
      ...(tax === undefined ? {} : { taxId: tax.id }),
      ...(itemId === undefined ? {} : { itemId }),
    };
  });

function saidOf(
  { organisation: { locale, timeZone }, settings }: Context,
  order: Order,
  taxes: readonly BooksTax[],
  items: Items,
): Omit<OrderDocument, 'customer'> {
  // Documents that name items take their pieces: not where stock follows the shop.
  const itemOf = (sku: string | null): string | undefined =>
    sku === null || settings.stock === 'shop' ? undefined : items[sku]?.id;
  const { lines, roundingMinor } = documentLines(
    order,
    (percent) => taxOf(taxes, percent) !== undefined,
    ({ kind, sku }) => kind === 'product' && itemOf(sku) !== undefined,
  );
  return {
    date: dayIn(timeZone, order.placedAt),
    notes: invoiceNotes(order, locale),
    lines: asItems(lines, order, taxes, itemOf, (line) => lineName(line, locale)),
    ...(roundingMinor === 0
      ? {}
      : {
          adjustment: {
            amount: decimalOf({ minor: roundingMinor, currency: order.currency }),
            text: roundingText(locale),
          },
        }),
  };
}
