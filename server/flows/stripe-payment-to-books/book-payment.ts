import type { Payment } from '../../connectors/stripe/shapes.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { Outcome } from '../../core/flow.ts';
import { decimalOf, type Money } from '../../core/money.ts';
import { type Customer, findCustomer } from './find-customer.ts';
import { noteOnContact } from './note-on-contact.ts';
import { readPayment } from './read-payment.ts';
import type { Context } from './steps.ts';
import { aboutMoney, bookingTexts, dayIn } from './texts.ts';

interface Invoice {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  /** By this very run: then it cannot have been paid yet. */
  readonly isNew: boolean;
}

/** One invoice for one payment: its reference is the payment's identity, by which a repeat is recognised. */
function makeInvoice(context: Context, payment: Payment, customer: Customer, day: string): Promise<Invoice> {
  const { client, write, organisation } = context;
  const amount = decimalOf({ minor: payment.amountMinor, currency: payment.currency });
  const find = async (): Promise<Invoice | null> => {
    const found = await client(zohoBooks).invoicesByReference(payment.identity);
    const standing = found.find((invoice) => invoice.status !== 'void');
    return standing === undefined ? null : { ...standing, isNew: false };
  };
  return write('invoice', {
    findFirst: true,
    find,
    send: async () => ({
      isNew: true,
      ...(await client(zohoBooks).createInvoice({
        customerId: customer.id,
        reference: payment.identity,
        date: day,
        dueDate: day,
        lines: [
          {
            name: bookingTexts(organisation.locale).invoiceLine(payment.description),
            rate: amount,
            quantity: 1,
          },
        ],
      })),
    }),
  });
}

function settle(context: Context, payment: Payment, customer: Customer, invoice: Invoice, day: string) {
  const { client, write, settings } = context;
  const amount = decimalOf({ minor: payment.amountMinor, currency: payment.currency });
  const find = async (): Promise<{ id: string } | null> =>
    (await client(zohoBooks).paymentsByReference(payment.identity))[0] ?? null;
  return write('settlement', {
    findFirst: !invoice.isNew,
    find,
    send: () =>
      client(zohoBooks).createPayment({
        customerId: customer.id,
        invoiceId: invoice.id,
        amount,
        date: day,
        mode: settings.paymentMode,
        reference: payment.identity,
      }),
  });
}

/** A payment of Stripe becomes a customer, an invoice and its settlement in Books, and a note in the CRM. */
export async function bookPayment(context: Context): Promise<Outcome> {
  const { organisation, write, client, settings, label, once } = context;
  const payment = await readPayment(context);
  const money: Money = { minor: payment.amountMinor, currency: payment.currency };
  label(payment.name ?? payment.email ?? payment.identity);
  if (money.minor <= 0) {
    return {
      state: 'skipped',
      summary: { en: 'Nothing was paid: the amount is zero.', fr: 'Rien n’a été payé : le montant est nul.' },
    };
  }
  const day = dayIn(organisation.timeZone, new Date(payment.createdAt));
  const customer = await findCustomer(context, payment);
  // Announced as an intent and as an invoice, in whatever order: the second one must see what the first one made.
  const invoice = await context.exclusively(`payment ${payment.identity}`, async () => {
    const made = await makeInvoice(context, payment, customer, day);
    if (made.status === 'draft') await write('sent', { send: () => client(zohoBooks).markSent(made.id) });
    await settle(context, payment, customer, made, day);
    return made;
  });
  // Of the runs that tell of one payment, one notes it: they may be side by side.
  const notes = settings.noteInCrm && (await once(`note ${payment.identity}`));
  const noted = notes ? await noteOnContact(context, payment, invoice, day) : null;
  const where = noted === null ? { en: '', fr: '' } : noted;
  return {
    state: 'done',
    summary: aboutMoney(
      money,
      (amount) => `${amount} from ${customer.name} booked as invoice ${invoice.number}.${where.en}`,
      (amount) => `${amount} de ${customer.name} enregistrés : facture ${invoice.number}.${where.fr}`,
    ),
  };
}
