import type { Payment } from '../../connectors/stripe/shapes.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { BooksInvoice } from '../../connectors/zoho-books/invoices.ts';
import { asLiaisonError } from '../../core/errors.ts';
import { decimalOf } from '../../core/money.ts';
import { moneyOfMovement } from '../../core/movement.ts';
import { type Customer, findCustomer } from './find-customer.ts';
import { keys } from './keys.ts';
import type { Context } from './steps.ts';
import { takeUpWhatIsTrue } from './take-up.ts';
import { bookingTexts, dayIn } from './texts.ts';

/** The invoice in Books of one movement of money. */
export interface Booked {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly customerId: string;
  readonly customerName: string;
  /** What was still to be paid when it was read, as decimal text. */
  readonly balance: string;
  /** By this very run: then it cannot have been paid yet. */
  readonly isNew: boolean;
}

const asBooked = (invoice: BooksInvoice, isNew: boolean): Booked => ({
  id: invoice.id,
  number: invoice.number,
  status: invoice.status,
  customerId: invoice.customerId,
  customerName: invoice.customerName,
  balance: invoice.balance,
  isNew,
});

/** One invoice for one movement: its reference is the movement's identity, by which a repeat is recognised. */
function makeInvoice(
  context: Context,
  payment: Payment,
  { earlier, customer, day }: { earlier: Booked | null; customer: Customer | null; day: string },
): Promise<Booked> {
  const { client, write, linked, organisation } = context;
  const find = async (): Promise<Booked | null> => {
    if (earlier !== null) return earlier;
    // Another run may have booked it since; what was made a moment ago stands in no list yet.
    const standing =
      (await standingInvoice(context, await linked(keys.booked(payment.identity)))) ??
      (await ownInvoices(context, payment.identity)).find(({ status }) => status !== 'void');
    return standing === undefined ? null : asBooked(standing, false);
  };
  return write('invoice', {
    findFirst: true,
    find,
    send: async () => {
      const made = await client(zohoBooks).createInvoice({
        customerId: customer?.id ?? '',
        reference: payment.identity,
        date: day,
        dueDate: day,
        lines: [
          {
            name: bookingTexts(organisation.locale).invoiceLine(payment.description),
            rate: decimalOf(moneyOfMovement(payment)),
            quantity: 1,
          },
        ],
      });
      return asBooked(made, true);
    },
  });
}

/** Invoices of this reference, without those of another account's payment. */
export async function ownInvoices(
  { client, linkedElsewhere }: Context,
  identity: string,
): Promise<BooksInvoice[]> {
  const found = await client(zohoBooks).invoicesByReference(identity);
  if (found.length === 0) return found;
  const others = new Set(await linkedElsewhere(keys.booked(identity)));
  return found.filter(({ id }) => !others.has(id));
}

/** An invoice that was not voided or deleted since. */
async function standingInvoice({ client }: Context, id: string | null): Promise<BooksInvoice | undefined> {
  if (id === null) return undefined;
  try {
    const invoice = await client(zohoBooks).invoice(id);
    return invoice.status === 'void' ? undefined : invoice;
  } catch (thrown) {
    if (asLiaisonError(thrown).kind === 'gone') return undefined;
    throw thrown;
  }
}

function settle(context: Context, payment: Payment, invoice: Booked, day: string): Promise<{ id: string }> {
  const { client, write, settings, linkedElsewhere } = context;
  const books = () => client(zohoBooks);
  const find = async (): Promise<{ id: string } | null> => {
    if (!invoice.isNew && Number(invoice.balance) === 0) return { id: invoice.id };
    const isAlone = (await linkedElsewhere(keys.booked(payment.identity))).length === 0;
    const [found] = isAlone ? await books().paymentsByReference(payment.identity) : [];
    if (found !== undefined) return { id: found.id };
    const [applied] = await books().paymentsOfInvoice(invoice.id);
    return applied === undefined ? null : { id: applied };
  };
  return write('settlement', {
    findFirst: !invoice.isNew,
    find,
    send: () =>
      books().createPayment({
        customerId: invoice.customerId,
        invoiceId: invoice.id,
        amount: decimalOf(moneyOfMovement(payment)),
        date: day,
        mode: settings.paymentMode,
        reference: payment.identity,
      }),
  });
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
  const customer = earlier === null ? await findCustomer(context, payment) : null;
  // Announced as an intent and as an invoice, in whatever order: the second one must see what the first one made.
  return exclusively(keys.lock(identity), async () => {
    const made = await makeInvoice(context, payment, { earlier, customer, day });
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
    await settle(context, payment, invoice, day);
    await takeUpWhatIsTrue(context, payment, invoice);
    return { payment, invoice, day };
  });
}
