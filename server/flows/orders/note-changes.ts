import type { Booked } from '../../connectors/zoho-books/booking/invoice-run.ts';
import { type Notice, noteOnInvoice } from '../../connectors/zoho-books/booking/note-on-invoice.ts';
import { moneyOf } from '../../core/money.ts';
import type { Order } from '../../core/order/order.ts';
import { creditRefunds } from './credit-refunds.ts';
import type { Context } from './steps.ts';
import { changedTotalText, endedMark, endedText, refundMark, refundText, totalMark } from './texts.ts';
import { isOver } from './which-orders.ts';

/**
 * What became of an order since its invoice was sent, as it is to stand on the invoice.
 *
 * @param credits numbers of the credit notes that were made of its refunds, by their ids.
 */
function noticesOf(
  order: Order,
  invoice: Booked,
  locale: string,
  credits: ReadonlyMap<string, string>,
): Notice[] {
  const before = moneyOf(invoice.total, order.currency);
  return [
    ...order.refunds.map((refund) => ({
      text: refundText(refund, order.currency, locale, credits.get(refund.id)),
      covered: [refundMark(refund)],
    })),
    ...(before.minor === order.totalMinor
      ? []
      : [{ text: changedTotalText(order, before, locale), covered: [totalMark(order)] }]),
    ...(isOver(order) ? [{ text: endedText(locale), covered: [endedMark] }] : []),
  ];
}

/**
 * Notes on the invoice of an order what the shop changed after it was sent: the invoice itself is never changed. Refunds
 * become credit notes first, where the settings say so.
 *
 * @returns how many notes were added; 0: there was nothing to say, or it stands there already.
 */
export async function noteChanges(context: Context, order: Order, invoice: Booked): Promise<number> {
  const { locale } = context.organisation;
  if (noticesOf(order, invoice, locale, new Map()).length === 0) return 0;
  const credits = await creditRefunds(context, order, invoice);
  return noteOnInvoice(context, 'changes', invoice.id, noticesOf(order, invoice, locale, credits));
}
