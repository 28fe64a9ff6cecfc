import { asBooked, type Booked, invoiceIfThere } from '../../connectors/zoho-books/booking/invoice-run.ts';
import type { SalesOrder } from '../../connectors/zoho-inventory/sales-orders.ts';
import { leftOutText } from '../../core/filter/judge.ts';
import type { Outcome } from '../../core/flow.ts';
import { ordersOf } from '../../core/order/offer.ts';
import type { Order } from '../../core/order/order.ts';
import type { Sentence } from '../../core/sentence.ts';
import { bookedInvoice, bookOrder } from './book-order.ts';
import { keepContact } from './crm-contact.ts';
import { keys } from './keys.ts';
import { noteChanges } from './note-changes.ts';
import { type OrderDocument, orderDocument } from './order-document.ts';
import { leftOutOrder } from './order-filter.ts';
import { outcomeOf, skipped, whoOf } from './outcome.ts';
import {
  boundLines,
  customerOf,
  type Entered,
  enteredOrder,
  enterOrder,
  standingInvoices,
  voidEntered,
} from './sales-order.ts';
import type { Context } from './steps.ts';
import { whyNot } from './which-orders.ts';

const GONE: Sentence = {
  en: 'The shop has no such order (any more): nothing to do.',
  fr: 'La boutique n’a pas (ou plus) cette commande : rien à faire.',
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
  return exclusively(keys.lock(order.reference), () => documentsOf(context, order));
}

async function documentsOf(context: Context, order: Order): Promise<Outcome> {
  const { settings } = context;
  const booked = await bookedInvoice(context, order);
  const isOpen = booked === null || booked.status === 'void';
  // Once there is an invoice, its sales order is as it is.
  const before = isOpen ? await enteredOrder(context, order) : null;
  const isOver = order.state === 'ended' || order.state === 'gone';
  if (isOver && before !== null) {
    const entered = await voidEntered(context, order, before);
    if (isOpen && entered.did !== null) return outcomeOf(order, { entered, invoice: null, noted: 0 });
  }
  if (booked?.status === 'void') return skipped(voided(order, booked));
  const earlier = booked ?? (await invoicedByHand(context, order, before));
  const whyNoInvoice = earlier === null ? whyNot(order, settings.invoiceWhen) : null;
  const isEntered = settings.documents !== 'invoice' && earlier === null && !isOver;
  const wantsOrder = isEntered && (before !== null || whyNot(order, settings.orderWhen) === null);
  if (whyNoInvoice !== null && !wantsOrder) return skipped(whyNoInvoice);
  const left = earlier === null && before === null ? leftOutOrder(context, order) : null;
  if (left !== null) return skipped(leftOutText(left, false));

  let made: Promise<OrderDocument> | undefined;
  const document = (): Promise<OrderDocument> => {
    made ??= orderDocument(context, order, before === null ? null : customerOf(before));
    return made;
  };
  const entered = wantsOrder ? await enterOrder(context, order, before, document) : null;
  // Nothing was paid, and there is nothing to invoice; whoever ordered did so all the same.
  const isFree = earlier === null && order.totalMinor === 0;
  const invoice =
    isFree || whyNoInvoice !== null
      ? null
      : await bookOrder(context, order, earlier, async () => invoiceOf(await document(), entered));
  const noted = invoice === null ? 0 : await noteChanges(context, order, invoice);
  // Last, so that a CRM that is away holds up no invoice.
  await keepContact(context, order, invoice?.isNew ?? entered?.did !== null);
  return outcomeOf(order, { entered, invoice, noted });
}

/** The invoice that a person made of the sales order in Zoho: it is the order's, and no other is made. */
async function invoicedByHand(
  context: Context,
  { reference }: Order,
  before: SalesOrder | null,
): Promise<Booked | null> {
  const [id] = before === null ? [] : standingInvoices(before);
  if (id === undefined) return null;
  const found = await context.read('invoiced', async () => {
    const invoice = await invoiceIfThere(context, id);
    return invoice === null ? null : asBooked(invoice, false);
  });
  if (found !== null) await context.link(keys.booked(reference), found.id);
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
  fr: `La facture ${number} de la commande ${order.number} a été annulée dans Zoho Books : elle n’est pas refaite.`,
});
