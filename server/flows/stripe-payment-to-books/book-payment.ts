import type { Payment } from '../../connectors/stripe/shapes.ts';
import { type Customer, findCustomer } from '../../connectors/zoho-books/booking/find-customer.ts';
import {
  asBooked,
  type Booked,
  makeInvoice,
  type Subject,
  settleInvoice,
  standingInvoice,
} from '../../connectors/zoho-books/booking/invoice-run.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { NewInvoice } from '../../connectors/zoho-books/invoices.ts';
import { decimalOf } from '../../core/money.ts';
import { moneyOfMovement } from '../../core/movement.ts';
import { keys } from './keys.ts';
import { asPayer } from './payer.ts';
import type { Context } from './steps.ts';
import { takeUpWhatIsTrue } from './take-up.ts';
import { bookingTexts, dayIn } from './texts.ts';

/** A movement as Books knows it. */
export const subjectOf = (identity: string): Subject => ({
  reference: identity,
  key: keys.booked(identity),
});

/** An invoice of one line: the money that moved. */
function invoiceOf(
  { organisation }: Context,
  payment: Payment,
  customer: Customer | null,
  day: string,
): Omit<NewInvoice, 'reference'> {
  return {
    customerId: customer?.id ?? '',
    date: day,
    dueDate: day,
    lines: [
      {
        name: bookingTexts(organisation.locale).invoiceLine(payment.description),
        rate: decimalOf(moneyOfMovement(payment)),
        quantity: 1,
      },
    ],
  };
}

/** What one movement became in Books. */
export interface Booking {
  readonly payment: Payment;
  readonly invoice: Booked;
  readonly day: string;
}

/** What else names the movement: its charge, and the invoice that it pays. */
const otherNames = ({ identity, alsoKnownAs, invoiceId }: Payment): string[] =>
  [...(alsoKnownAs ?? []), ...(invoiceId === null ? [] : [invoiceId])].filter((other) => other !== identity);

/** An invoice of which nobody could tell the payments stands in Books by its own id, for all of them. */
const bookedByInvoice = ({ linked }: Context, { invoiceId }: Payment): Promise<string | null> =>
  invoiceId === null ? Promise.resolve(null) : linked(keys.booked(invoiceId));

/** The invoice that a movement was booked as; null: it was not yet. */
export const bookedAs = async (context: Context, payment: Payment): Promise<string | null> =>
  (await context.linked(keys.booked(payment.identity))) ?? (await bookedByInvoice(context, payment));

/** Books one movement of money: its customer, its invoice and its payment, each found where it is there. */
export async function bookMovement(context: Context, payment: Payment): Promise<Booking> {
  const { organisation, client, write, read, exclusively, link } = context;
  const { identity } = payment;
  // A run that began under an earlier version read no day of the money's own.
  const day = dayIn(organisation.timeZone, new Date(payment.movedAt ?? payment.createdAt));
  const known = await bookedAs(context, payment);
  const earlier =
    known === null
      ? null
      : await read('booked', async () => {
          const standing = await standingInvoice(context, known);
          return standing === undefined ? null : asBooked(standing, false);
        });
  // Whoever comes second needs no customer: the invoice has one, be the payer told in other words this time.
  const customer = earlier === null ? await findCustomer(context, asPayer(payment)) : null;
  // Announced as an intent and as an invoice, in whatever order: the second one must see what the first one made.
  return exclusively(keys.lock(identity), async () => {
    const made = await makeInvoice(context, subjectOf(identity), earlier, () =>
      invoiceOf(context, payment, customer, day),
    );
    // As above: what such a run stored of its invoice does not name the customer.
    const invoice = {
      ...made,
      customerId: made.customerId ?? customer?.id ?? '',
      customerName: made.customerName || (customer?.name ?? ''),
    };
    await link(keys.booked(identity), invoice.id);
    for (const other of otherNames(payment)) await link(keys.alias(other), identity);
    if (invoice.status === 'draft')
      await write('sent', { send: () => client(zohoBooks).markSent(invoice.id) });
    await settleInvoice(context, subjectOf(identity), invoice, {
      amount: decimalOf(moneyOfMovement(payment)),
      date: day,
      mode: context.settings.paymentMode,
      accountId: context.settings.account,
    });
    await takeUpWhatIsTrue(context, payment, invoice);
    return { payment, invoice, day };
  });
}
