import {
  asBooked,
  type Booked,
  invoiceIfThere,
  ownInvoices,
} from '../../connectors/zoho-books/booking/invoice-run.ts';
import type { SalesOrder } from '../../connectors/zoho-inventory/sales-orders.ts';
import { leftOutText } from '../../core/filter/judge.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import { ordersOf } from '../../core/order/offer.ts';
import type { Order } from '../../core/order/order.ts';
import type { Sentence } from '../../core/sentence.ts';
import { bookedInvoice, bookOrder } from './book-order.ts';
import { keepContact } from './crm-contact.ts';
import { followShop } from './follow-shop.ts';
import { keys, subjectOf } from './keys.ts';
import { noteChanges } from './note-changes.ts';
import { type OrderDocument, orderDocument } from './order-document.ts';
import { leftOutOrder } from './order-filter.ts';
import { outcomeOf, withStock } from './outcome.ts';
import {
  boundLines,
  customerOf,
  type Entered,
  enteredOrder,
  enterOrder,
  isVoid,
  standingInvoices,
  voidEntered,
} from './sales-order.ts';
import type { Context } from './steps.ts';
import { whoOf } from './texts.ts';
import { isOver, whyNot } from './which-orders.ts';

const GONE: Sentence = {
  en: 'The shop has no such order (any more): nothing to do.',
  fr: 'La boutique n’a pas (ou plus) cette commande\u00a0: rien à faire.',
};

/**
 * An order as it now stands at the shop becomes a contact in the CRM, a sales order in Inventory where one is wanted, an
 * invoice and its payment in Books, each once; what the shop changed since the invoice was sent is noted on it. Whatever
 * an event told of the order is only a hint.
 */
export async function takeOrder(context: Context): Promise<Outcome> {
  const { event, role, read, label, exclusively } = context;
  const order = await read('order', () => ordersOf(role('shop')).order(event.recordId ?? ''));
  if (order === null) return skipped(GONE);
  label(`#${order.number} ${whoOf(order)}`.trim());
  // Two deliveries of one order, or its delivery and a look, must not both find nothing.
  return exclusively(keys.lock(order.reference), async () => {
    const outcome = await documentsOf(context, order);
    const isMoved = await followShop(context, order);
    return isMoved ? withStock(order, outcome) : outcome;
  });
}

async function documentsOf(context: Context, order: Order): Promise<Outcome> {
  const { settings } = context;
  const booked = await bookedInvoice(context, order);
  const isOpen = booked === null || booked.status === 'void';
  // Once there is an invoice, its sales order is as it is.
  const before = isOpen ? await enteredOrder(context, order) : null;
  if (isOver(order) && before !== null) {
    const entered = await voidEntered(context, order, before);
    if (entered.did !== null) return outcomeOf(order, { entered, invoice: null, noted: 0 });
  }
  if (booked?.status === 'void') return skipped(voided(order, booked));
  const whyNoInvoice = booked === null ? whyNot(order, settings.invoiceWhen) : null;
  const isEntered = settings.documents !== 'invoice' && booked === null && !isOver(order);
  const stands = before !== null && !isVoid(before);
  // What is invoiced is entered before, so that the invoice invoices it; what costs nothing is never invoiced.
  const isInvoiced = whyNoInvoice === null && order.totalMinor !== 0;
  const mayEnter = isEntered && (stands || isInvoiced || whyNot(order, settings.orderWhen) === null);
  if (whyNoInvoice !== null && !mayEnter) return skipped(whyNoInvoice);
  const left = booked === null && before === null ? leftOutOrder(context, order) : null;
  if (left !== null) return skipped(leftOutText(left, false));
  const earlier = booked ?? (await unknownInvoice(context, order, before));
  const wantsOrder = mayEnter && earlier === null;

  let made: Promise<OrderDocument> | undefined;
  const document = (): Promise<OrderDocument> => {
    made ??= orderDocument(context, order, before === null ? null : customerOf(before));
    return made;
  };
  const entered = wantsOrder ? await enterOrder(context, order, before, document) : null;
  // Nothing was paid, and there is nothing to invoice; whoever ordered did so all the same.
  const isFree = earlier === null && order.totalMinor === 0;
  const said = async () => invoiceOf(await document(), entered);
  const invoice =
    isFree || (earlier === null && whyNoInvoice !== null)
      ? null
      : await bookOrder(context, order, earlier, said, entered?.isNew === true);
  const noted = invoice === null ? 0 : await noteChanges(context, order, invoice);
  // Last, so that a CRM that is away holds up no invoice.
  await keepContact(context, order, invoice?.isNew ?? (entered?.did ?? null) !== null);
  return outcomeOf(order, { entered, invoice, noted });
}

/**
 * An invoice of the order that this integration does not know of: one that a person made of the sales order in Zoho, or
 * that another integration made before there was a sales order. It is the order's, and nothing is made beside it.
 */
async function unknownInvoice(
  context: Context,
  order: Order,
  before: SalesOrder | null,
): Promise<Booked | null> {
  const { read, link, settings } = context;
  const [byHand] = before === null ? [] : standingInvoices(before);
  if (settings.documents === 'invoice' || (before !== null && byHand === undefined)) return null;
  const subject = subjectOf(order);
  const found = await read('invoiced', async () => {
    const invoice =
      byHand === undefined
        ? (await ownInvoices(context, subject)).find(({ status }) => status !== 'void')
        : await invoiceIfThere(context, byHand);
    return invoice === undefined || invoice === null ? null : asBooked(invoice, false);
  });
  if (found !== null) await link(subject.key, found.id);
  return found;
}

function invoiceOf({ customer, lines, ...said }: OrderDocument, entered: Entered | null) {
  return {
    ...said,
    customerId: customer.id,
    dueDate: said.date,
    lines: boundLines(lines, entered?.order ?? null),
  };
}

const voided = (order: Order, { number }: Booked): Sentence => ({
  en: `Invoice ${number} of order ${order.number} was voided in Zoho Books: it is not made again.`,
  fr: `La facture ${number} de la commande ${order.number} a été annulée dans Zoho Books\u00a0: elle n’est pas refaite.`,
});
