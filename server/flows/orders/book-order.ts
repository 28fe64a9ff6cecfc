import {
  type Customer,
  findCustomer,
  type Payer,
} from '../../connectors/zoho-books/booking/find-customer.ts';
import {
  asBooked,
  type Booked,
  invoiceIfThere,
  makeInvoice,
  settleInvoice,
} from '../../connectors/zoho-books/booking/invoice-run.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { NewInvoice } from '../../connectors/zoho-books/invoices.ts';
import { emailFor } from '../../connectors/zoho-books/lengths.ts';
import type { BooksTax } from '../../connectors/zoho-books/organisations.ts';
import { LiaisonError } from '../../core/errors.ts';
import { decimalOf, moneyOf } from '../../core/money.ts';
import { documentLines } from '../../core/order/document-lines.ts';
import { type Order, personOf } from '../../core/order/order.ts';
import { isSamePerson, nameWords } from '../../core/order/same-person.ts';
import { keys, subjectOf } from './keys.ts';
import { phoneOf } from './phone-of.ts';
import type { Context } from './steps.ts';
import { aboutMoney, counterName, dayIn, invoiceNotes, lineName, roundingText, totalOf } from './texts.ts';

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
 * Whoever ordered: a company where the order names one, else the person. Known by the e-mail address with the name, by
 * their phone number where there is no address, by the shop's own customer where there is neither, else as somebody at the
 * counter.
 */
function payerOf({ customer, currency, reference }: Order, locale: string): Payer {
  const phone = phoneOf(customer, locale);
  const person = personOf(customer);
  const email = emailFor(customer.email);
  const shop = reference.slice(0, reference.lastIndexOf(' #'));
  const knownBy =
    customer.email ?? phone?.canonical ?? (customer.id === null ? null : `${shop} ${customer.id}`);
  const isNobody = person === '' && customer.company === '' && knownBy === null;
  const name = customer.company || person || (knownBy ?? counterName(locale));
  const ownId =
    phone !== null
      ? phone.canonical
      : isNobody
        ? shop
        : customer.id === null
          ? reference
          : `${shop} ${customer.id}`;
  const who =
    email === null && phone === null
      ? ownId
      : `${email?.toLowerCase() ?? phone?.canonical} ${nameWords(name).join(' ')}`;
  return {
    name,
    personName: person || null,
    email,
    ...(email === null && phone !== null ? { phone } : {}),
    of: 'Shop',
    ownId,
    currency,
    key: keys.customer(who, currency),
    isThis: (contact) =>
      customer.company === ''
        ? isSamePerson(contact.person || contact.name, person)
        : isSamePerson(contact.name, customer.company),
  };
}

function invoiceOf(
  { organisation: { locale, timeZone } }: Context,
  order: Order,
  customer: Customer,
  taxes: readonly BooksTax[],
): Omit<NewInvoice, 'reference'> {
  const taxOf = (percent: number): BooksTax | undefined => taxes.find((tax) => tax.percent === percent);
  const { lines, roundingMinor } = documentLines(order, (percent) => taxOf(percent) !== undefined);
  const amount = (minor: number): string => decimalOf({ minor, currency: order.currency });
  const date = dayIn(timeZone, order.placedAt);
  return {
    customerId: customer.id,
    date,
    dueDate: date,
    notes: invoiceNotes(order, locale),
    lines: lines.map((line) => {
      const tax = line.taxPercent === null ? undefined : taxOf(line.taxPercent);
      return {
        name: lineName(line, locale),
        rate: amount(line.unitMinor),
        quantity: line.quantity,
        ...(tax === undefined ? {} : { taxId: tax.id }),
      };
    }),
    ...(roundingMinor === 0
      ? {}
      : { adjustment: { amount: amount(roundingMinor), text: roundingText(locale) } }),
  };
}

/** Books an order: its customer, its invoice and, where it is paid, its payment, each found where it is there. */
export async function bookOrder(context: Context, order: Order, earlier: Booked | null): Promise<Booked> {
  const { client, read, write, link, organisation, settings } = context;
  const subject = subjectOf(order);
  const invoice = earlier ?? (await newInvoice(context, order));
  await link(subject.key, invoice.id);
  if (invoice.status === 'draft') {
    sameTotal(order, invoice);
    await write('sent', { send: () => client(zohoBooks).markSent(invoice.id) });
  }
  if (order.paidAt !== null && Number(invoice.balance) > 0)
    await settleInvoice(context, subject, invoice, {
      amount: invoice.balance,
      date: dayIn(organisation.timeZone, order.paidAt),
      mode: settings.paymentMode,
      accountId: settings.account,
      ...(order.paidBy === '' ? {} : { description: order.paidBy }),
    });
  return invoice;

  async function newInvoice(run: Context, of: Order): Promise<Booked> {
    const taxes = await read('taxes', () => client(zohoBooks).taxes());
    const customer = await findCustomer(run, payerOf(of, organisation.locale));
    return makeInvoice(run, subject, null, () => invoiceOf(run, of, customer, taxes));
  }
}

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
        `Le client a payé ${amount}, et Zoho Books compte ${other.fr} pour le brouillon ${number} : il n’a pas été envoyé. Corrigez-y le brouillon au montant payé, puis rejouez.`,
    ),
  });
}
