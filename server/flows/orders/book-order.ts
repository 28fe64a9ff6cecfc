import {
  asBooked,
  type Booked,
  invoiceIfThere,
  makeInvoice,
  settleInvoice,
} from '../../connectors/zoho-books/booking/invoice-run.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { NewInvoice } from '../../connectors/zoho-books/invoices.ts';
import { dayIn } from '../../core/day-in.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Fact } from '../../core/facts/facts.ts';
import { decimalOf, moneyOf } from '../../core/money.ts';
import type { Order } from '../../core/order/order.ts';
import { keys, subjectOf } from './keys.ts';
import type { Context } from './steps.ts';
import { aboutMoney, totalOf, whoOf } from './texts.ts';

/** The invoice that was made of an order, voided or not; null: there is none, or somebody deleted it. */
export async function bookedInvoice(context: Context, order: Order): Promise<Booked | null> {
  const known = await context.linked(keys.booked(order.reference));
  if (known === null) return null;
  return context.read('booked', async () => {
    const invoice = await invoiceIfThere(context, known);
    return invoice === null ? null : asBooked(invoice, false);
  });
}

/**
 * Books an order: its invoice and, where it is paid, its payment, each found where it is there.
 *
 * @param invoiceOf what the invoice says, asked for only where none is known.
 * @param isFirst nothing can be booked of it yet, so that no invoice is looked for.
 */
export async function bookOrder(
  context: Context,
  order: Order,
  earlier: Booked | null,
  invoiceOf: () => Promise<Omit<NewInvoice, 'reference'>>,
  isFirst: boolean,
): Promise<Booked> {
  const { client, write, link, organisation, settings } = context;
  const subject = subjectOf(order);
  const invoice = earlier ?? (await newInvoice());
  await link(subject.key, invoice.id);
  if (invoice.status === 'draft') {
    sameTotal(order, invoice);
    await write('sent', { send: () => client(zohoBooks).markSent(invoice.id) });
  }
  if (order.paidAt !== null && Number(invoice.balance) > 0)
    await settleInvoice(
      context,
      subject,
      invoice,
      {
        amount: invoice.balance,
        date: dayIn(organisation.timeZone, order.paidAt),
        mode: settings.paymentMode,
        accountId: settings.account,
        ...(order.paidBy === '' ? {} : { description: order.paidBy }),
      },
      () => paymentBooked(context, order, invoice),
    );
  return invoice;

  async function newInvoice(): Promise<Booked> {
    const said = await invoiceOf();
    return makeInvoice(context, subject, null, () => said, { isFirst });
  }
}

const paymentBooked = ({ role }: Context, order: Order, invoice: Booked): Fact => ({
  type: 'payment.booked',
  key: `order ${order.reference}`,
  data: {
    reference: order.reference,
    source: role('shop').connector.id,
    amount: { value: decimalOf(totalOf(order)), currency: order.currency },
    customer: invoice.customerName || whoOf(order) || null,
    invoice: {
      application: 'zoho-books',
      object: 'zohoBooks.invoices',
      id: invoice.id,
      name: invoice.number,
    },
  },
});

/** @throws LiaisonError `rejected` for a draft that Books counts otherwise: it is not sent with a wrong amount. */
function sameTotal(order: Order, { number, total }: Booked): void {
  const counted = moneyOf(total, order.currency);
  if (counted.minor === order.totalMinor) return;
  const other = aboutMoney(
    counted,
    (amount) => amount,
    (amount) => amount,
  );
  throw new LiaisonError('rejected', {
    field: 'amount',
    sentence: aboutMoney(
      totalOf(order),
      (amount) =>
        `The customer paid ${amount}, and Zoho Books counts ${other.en} for the draft ${number}: it was not sent. Correct the draft there to the amount that was paid, then replay.`,
      (amount) =>
        `Le client a payé ${amount}, et Zoho Books compte ${other.fr} pour le brouillon ${number}\u00a0: il n’a pas été envoyé. Corrigez-y le brouillon au montant payé, puis rejouez.`,
    ),
  });
}
