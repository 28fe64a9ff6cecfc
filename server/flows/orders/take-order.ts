import type { Booked } from '../../connectors/zoho-books/booking/invoice-run.ts';
import { leftOutText } from '../../core/filter/judge.ts';
import type { Outcome } from '../../core/flow.ts';
import { ordersOf } from '../../core/order/offer.ts';
import { type Order, personOf } from '../../core/order/order.ts';
import type { Sentence } from '../../core/sentence.ts';
import { bookedInvoice, bookOrder } from './book-order.ts';
import { keepContact } from './crm-contact.ts';
import { keys } from './keys.ts';
import { noteChanges } from './note-changes.ts';
import { leftOutOrder } from './order-filter.ts';
import type { Context } from './steps.ts';
import { aboutMoney, totalOf } from './texts.ts';
import { whyNot } from './which-orders.ts';

const GONE: Sentence = {
  en: 'The shop has no such order (any more): nothing to do.',
  fr: 'La boutique n’a pas (ou plus) cette commande : rien à faire.',
};

const skipped = (summary: Sentence): Outcome => ({ state: 'skipped', summary });

/**
 * An order as it now stands at the shop becomes a contact in the CRM, an invoice and its payment in Books, each once;
 * what the shop changed since the invoice was sent is noted on it. Whatever an event told of the order is only a hint.
 */
export async function takeOrder(context: Context): Promise<Outcome> {
  const { event, role, read, label, settings, exclusively } = context;
  const order = await read('order', () => ordersOf(role('shop')).order(event.recordId ?? ''));
  if (order === null) return skipped(GONE);
  const { number, reference } = order;
  label(`#${number} ${whoOf(order)}`.trim());
  // Two deliveries of one order, or its delivery and a look, must not both find nothing.
  return exclusively(keys.lock(reference), async () => {
    const earlier = await bookedInvoice(context, order);
    if (earlier?.status === 'void') return skipped(voided(order, earlier));
    const why = earlier === null ? whyNot(order, settings.invoiceWhen) : null;
    if (why !== null) return skipped(why);
    const left = earlier === null ? leftOutOrder(context, order) : null;
    if (left !== null) return skipped(leftOutText(left, false));
    // Nothing was paid, and there is nothing to invoice; whoever ordered did so all the same.
    const isFree = earlier === null && order.totalMinor === 0;
    const invoice = isFree ? null : await bookOrder(context, order, earlier);
    const noted = invoice === null ? 0 : await noteChanges(context, order, invoice);
    // Last, so that a CRM that is away holds up no invoice.
    await keepContact(context, order, invoice === null || invoice.isNew);
    return invoice === null ? skipped(nothingToPay(order)) : outcomeOf(order, invoice, noted);
  });
}

/** What people know whoever ordered by. */
const whoOf = ({ customer }: Order): string =>
  personOf(customer) || customer.company || (customer.email ?? '–');

const voided = (order: Order, { number }: Booked): Sentence => ({
  en: `Invoice ${number} of order ${order.number} was voided in Zoho Books: it is not made again.`,
  fr: `La facture ${number} de la commande ${order.number} a été annulée dans Zoho Books : elle n’est pas refaite.`,
});

const nothingToPay = ({ number }: Order): Sentence => ({
  en: `Order ${number} costs nothing: there is no invoice to make.`,
  fr: `La commande ${number} ne coûte rien : il n’y a pas de facture à faire.`,
});

function outcomeOf(order: Order, invoice: Booked, noted: number): Outcome {
  const settled = order.paidAt !== null && Number(invoice.balance) > 0;
  const more: Sentence =
    noted === 0
      ? { en: '', fr: '' }
      : {
          en: ` What changed in the shop is noted on the invoice.`,
          fr: ` Ce qui a changé dans la boutique est inscrit sur la facture.`,
        };
  const { number } = invoice;
  const who = whoOf(order);
  if (!invoice.isNew && !settled && noted === 0)
    return skipped({
      en: `Already recorded, nothing to do: order ${order.number}, invoice ${number}.`,
      fr: `Déjà enregistré, rien à faire : commande ${order.number}, facture ${number}.`,
    });
  const said = aboutMoney(
    totalOf(order),
    (amount) => `Order ${order.number} of ${who}, ${amount}: invoice ${number}${settled ? ', paid' : ''}.`,
    (amount) =>
      `Commande ${order.number} de ${who}, ${amount} : facture ${number}${settled ? ', réglée' : ''}.`,
  );
  return { state: 'done', summary: { en: `${said.en}${more.en}`, fr: `${said.fr}${more.fr}` } };
}
