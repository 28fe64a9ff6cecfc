import { giveBack } from '../../connectors/zoho-books/booking/give-back.ts';
import type { Booked } from '../../connectors/zoho-books/booking/invoice-run.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { NewLine } from '../../connectors/zoho-books/line-items.ts';
import type { BooksTax } from '../../connectors/zoho-books/organisations.ts';
import { dayIn } from '../../core/day-in.ts';
import { decimalOf, moneyOf } from '../../core/money.ts';
import { ordersOf } from '../../core/order/offer.ts';
import type { Order } from '../../core/order/order.ts';
import { type CreditedRefund, creditedRefunds, refundLines } from '../../core/order/refund-lines.ts';
import { type Items, itemsOf } from './items.ts';
import { asReference, keys } from './keys.ts';
import { asItems, taxesOf, taxOf } from './order-document.ts';
import type { Context } from './steps.ts';
import { creditLineName, creditNoteText, refundMark } from './texts.ts';

/**
 * Makes credit notes of an order's refunds, where the settings say so: of those that are not noted on the invoice yet. The
 * note comes after, so that what was noted while comments were all that was wished stays a comment.
 *
 * @returns the numbers of credit notes, by the refunds' ids.
 */
export async function creditRefunds(
  context: Context,
  order: Order,
  invoice: Booked,
): Promise<ReadonlyMap<string, string>> {
  const { client, read, role, settings } = context;
  const numbers = new Map<string, string>();
  if (settings.refunds === 'comment' || order.refunds.length === 0) return numbers;
  const said = await read('noted', async () =>
    (await client(zohoBooks).comments(invoice.id)).map(({ text }) => text),
  );
  const isSaid = ({ refund }: Pick<CreditedRefund, 'refund'>): boolean =>
    said.some((comment) => comment.includes(refundMark(refund)));
  if (order.refunds.every((refund) => isSaid({ refund }))) return numbers;
  const told = await read('refunds', () => ordersOf(role('shop')).refunds(order));
  const items = await returnedItems(context, order);
  const taxes = await taxesOf(context, [...order.lines, ...told.flatMap(({ lines = [] }) => lines)]);
  const all = creditedRefunds(told, moneyOf(invoice.total, order.currency).minor);
  // What the customer did not pay yet is no longer owed; the rest goes back.
  let open = order.paidAt === null ? moneyOf(invoice.balance, order.currency).minor : 0;
  for (const credited of all) {
    if (credited.minor <= 0 || isSaid(credited)) continue;
    const own = context.forItem(credited.refund.id);
    const made = await credit(
      own,
      order,
      { ...invoice, balance: decimalOf({ ...money(order, open) }) },
      credited,
      linesOf(context, order, credited, { items, taxes }),
    );
    numbers.set(credited.refund.id, made.number);
    open = Math.max(0, open - credited.minor);
  }
  return numbers;
}

const money = ({ currency }: Order, minor: number) => ({ minor, currency });

/**
 * The items whose pieces come back with a credit note: where its sales order and invoice took them, and the settings say so.
 * What a text took out of nothing does not come back.
 */
async function returnedItems(context: Context, order: Order): Promise<Items> {
  const { settings, linked } = context;
  if (!settings.restock || settings.documents === 'invoice' || settings.stock !== 'documents') return {};
  const tookPieces = (await linked(keys.salesOrder(order.reference))) !== null;
  return tookPieces ? itemsOf(context, order) : {};
}

function credit(
  context: Context,
  order: Order,
  invoice: Booked,
  { refund, minor }: CreditedRefund,
  lines: readonly NewLine[],
) {
  const { settings, organisation, event } = context;
  const { locale, timeZone } = organisation;
  return giveBack(
    context,
    invoice,
    {
      reference: asReference(keys.refund(order.reference, refund.id)),
      id: refund.id,
      money: money(order, minor),
      // A shop that does not tell when is heard of soon after.
      date: dayIn(timeZone, refund.at ?? event.receivedAt.toISOString()),
      notes: creditNoteText(order, invoice.number, refund, locale),
      lines: async () => lines,
    },
    settings.refunds === 'refund' ? { accountId: settings.account, mode: settings.paymentMode } : null,
  );
}

function linesOf(
  { organisation: { locale } }: Context,
  order: Order,
  { refund, minor }: CreditedRefund,
  { items, taxes }: { readonly items: Items; readonly taxes: readonly BooksTax[] },
): NewLine[] {
  const itemOf = (sku: string | null): string | undefined => (sku === null ? undefined : items[sku]?.id);
  const lines = refundLines(
    order,
    refund,
    minor,
    (percent) => taxOf(taxes, percent) !== undefined,
    ({ kind, sku }) => kind === 'product' && itemOf(sku) !== undefined,
  );
  return asItems(lines, order, taxes, itemOf, (line) => creditLineName(line, order, locale));
}
