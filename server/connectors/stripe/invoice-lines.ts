import { currencyCode } from '../../core/movement.ts';
import type { OrderLine } from '../../core/order/order.ts';
import { type Loose, listOf, numberOf, objectOf, textOf } from './object-reader.ts';

/** What an invoice of Stripe is for. Plain data. */
export interface InvoiceDocument {
  /** What people know it by; null: none was given. */
  readonly number: string | null;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly lines: readonly OrderLine[];
}

/**
 * The lines of an invoice after what was taken off them, each with its tax as Stripe counted it; of what rate Stripe does not
 * say there. https://docs.stripe.com/api/invoice-line-item/object, and `tax_amounts` until 2025-03-31.
 *
 * @returns null for an object that is no invoice, or whose lines are not all there.
 */
export function invoiceDocumentFrom(object: unknown): InvoiceDocument | null {
  const invoice = objectOf(object);
  const lines = listOf(invoice?.lines);
  const currency = currencyCode(invoice?.currency);
  if (invoice?.object !== 'invoice' || lines === null || currency === null || wholeOf(invoice.total) === null)
    return null;
  if (objectOf(invoice.lines)?.has_more === true) return null;
  const read = [...lines.map(lineFrom), ...shippingOf(invoice)];
  return read.some((line) => line === null)
    ? null
    : { number: textOf(invoice.number), currency, lines: read.filter((line) => line !== null) };
}

function lineFrom(line: Loose): OrderLine | null {
  const amount = wholeOf(line.amount);
  if (amount === null) return null;
  const taxes = taxesOf(line);
  const included = sumOf(taxes.filter(({ isIncluded }) => isIncluded));
  const quantity = numberOf(line.quantity);
  return {
    kind: 'product',
    name: textOf(line.description) ?? '',
    sku: null,
    quantity: quantity !== null && quantity > 0 ? String(quantity) : '1',
    netMinor: amount - sumOf(membersOf(line.discount_amounts).map(amountIn)) - included,
    taxMinor: sumOf(taxes),
    taxPercent: null,
  };
}

function shippingOf(invoice: Loose): OrderLine[] {
  const cost = objectOf(invoice.shipping_cost);
  const net = wholeOf(cost?.amount_subtotal) ?? 0;
  const total = wholeOf(cost?.amount_total) ?? net;
  if (total === 0) return [];
  const line = { kind: 'shipping', name: '', sku: null, quantity: '1', taxPercent: null } as const;
  return [{ ...line, netMinor: net, taxMinor: total - net }];
}

interface Amount {
  readonly minor: number;
}

function taxesOf(line: Loose): (Amount & { readonly isIncluded: boolean })[] {
  const told = Array.isArray(line.taxes) ? membersOf(line.taxes) : membersOf(line.tax_amounts);
  return told.map((tax) => ({
    ...amountIn(tax),
    isIncluded: tax.tax_behavior === 'inclusive' || tax.inclusive === true,
  }));
}

const membersOf = (value: unknown): Loose[] =>
  Array.isArray(value) ? value.map(objectOf).filter((one) => one !== null) : [];
const amountIn = (member: Loose): Amount => ({ minor: wholeOf(member.amount) ?? 0 });
const sumOf = (amounts: readonly Amount[]): number => amounts.reduce((all, { minor }) => all + minor, 0);

/** Below zero for what is credited, as a part of a month that was paid already. */
function wholeOf(value: unknown): number | null {
  const minor = numberOf(value);
  return minor !== null && Number.isSafeInteger(minor) ? minor : null;
}
