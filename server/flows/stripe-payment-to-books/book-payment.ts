import type { Payment } from '../../connectors/stripe/shapes.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
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
}

function noCurrency(currency: string): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'currency',
    sentence: {
      en: `Zoho Books does not know the currency ${currency}. Add it under Settings, Currencies, then replay.`,
      fr: `Zoho Books ne connaît pas la devise ${currency}. Ajoutez-la dans Paramètres, Devises, puis rejouez.`,
    },
  });
}

async function findCurrency({ read, client }: Context, currency: string): Promise<string> {
  const id = await read('currency', async () => {
    const known = await client(zohoBooks).currencies();
    return known.find((one) => one.code === currency)?.id ?? null;
  });
  if (id === null) throw noCurrency(currency);
  return id;
}

/** One invoice for one payment: its reference is the payment's identity, by which a repeat is recognised. */
function makeInvoice(context: Context, payment: Payment, customer: Customer, day: string): Promise<Invoice> {
  const { client, write, organisation } = context;
  const amount = decimalOf({ minor: payment.amountMinor, currency: payment.currency });
  const find = async (): Promise<Invoice | null> => {
    const found = await client(zohoBooks).invoicesByReference(payment.identity);
    return found.find((invoice) => invoice.status !== 'void') ?? null;
  };
  return write('invoice', {
    findFirst: true,
    find,
    send: () =>
      client(zohoBooks).createInvoice({
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
      }),
  });
}

function settle(context: Context, payment: Payment, customer: Customer, invoice: Invoice, day: string) {
  const { client, write, settings } = context;
  const amount = decimalOf({ minor: payment.amountMinor, currency: payment.currency });
  const find = async (): Promise<{ id: string } | null> =>
    (await client(zohoBooks).paymentsByReference(payment.identity))[0] ?? null;
  return write('settlement', {
    findFirst: true,
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
  const { organisation, write, client, settings, label } = context;
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
  const currencyId = await findCurrency(context, payment.currency);
  const customer = await findCustomer(context, payment, currencyId);
  const invoice = await makeInvoice(context, payment, customer, day);
  if (invoice.status === 'draft') await write('sent', { send: () => client(zohoBooks).markSent(invoice.id) });
  await settle(context, payment, customer, invoice, day);
  const noted = settings.noteInCrm ? await noteOnContact(context, payment, invoice.number, day) : null;
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
