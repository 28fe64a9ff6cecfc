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
import { settledKey, settleSent } from '../../connectors/zoho-books/booking/settle-sent.ts';
import { zohoBooks } from '../../connectors/zoho-books/connector.ts';
import type { NewInvoice } from '../../connectors/zoho-books/invoices.ts';
import { dayIn } from '../../core/day-in.ts';
import type { Fact } from '../../core/facts/facts.ts';
import { decimalOf } from '../../core/money.ts';
import { moneyOfMovement } from '../../core/movement.ts';
import type { Sentence } from '../../core/sentence.ts';
import { chargesAtOnce, expectFee, saidOf } from './carry-fee.ts';
import { childInvoice } from './child-invoice.ts';
import { linesOf, type PaidDocument, paidDocument } from './invoice-lines.ts';
import { keys } from './keys.ts';
import { asPayer } from './payer.ts';
import { sameAmount } from './same-amount.ts';
import { sentInvoice } from './sent-invoice.ts';
import type { Context } from './steps.ts';
import { takeUpWhatIsTrue } from './take-up.ts';
import { bookingTexts, excessText } from './texts.ts';

/** A movement as Books knows it. */
export const subjectOf = (identity: string): Subject => ({
  reference: identity,
  key: keys.booked(identity),
});

/** An invoice of one line: the money that moved; or of the lines of Stripe's own. */
function invoiceOf(
  context: Context,
  payment: Payment,
  customer: Customer | null,
  day: string,
  paid: PaidDocument | null,
): Omit<NewInvoice, 'reference'> {
  const name = bookingTexts(context.organisation.locale).invoiceLine(payment.description);
  const rate = decimalOf(moneyOfMovement(payment));
  return {
    customerId: customer?.id ?? '',
    date: day,
    dueDate: day,
    ...(paid === null
      ? { lines: [{ name, rate, quantity: 1 }] }
      : linesOf(context, paid, payment.amountMinor)),
  };
}

/** What one movement became in Books. */
export interface Booking {
  readonly payment: Payment;
  readonly invoice: Booked;
  readonly day: string;
  /** What else is to be said of it: of its fee, of what its invoice did not take. */
  readonly more: readonly Sentence[];
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
  const { organisation, client, write, exclusively } = context;
  const { identity } = payment;
  // A run that began under an earlier version read no day of the money's own.
  const day = dayIn(organisation.timeZone, payment.movedAt ?? payment.createdAt);
  const known = await bookedAs(context, payment);
  const earlier = known === null ? null : await readStanding(context, known);
  const settles = context.settings.settles !== 'none' || context.settings.subscriptions === 'profiles';
  // Whoever comes second needs no customer: the invoice has one, be the payer told in other words this time.
  const customer = earlier === null && !settles ? await findCustomer(context, asPayer(payment)) : null;
  // Announced as an intent and as an invoice, in whatever order: the second one must see what the first one made.
  return exclusively(keys.lock(identity), async () => {
    const sent = await sentOne(context, payment);
    const made =
      (sent === null ? null : (earlier ?? (await readStanding(context, sent)))) ??
      (await ownInvoice(context, payment, earlier, customer, day));
    const invoice = {
      ...made,
      // What a run of an earlier version stored of its invoice does not name the customer.
      customerId: made.customerId ?? customer?.id ?? '',
      customerName: made.customerName || (customer?.name ?? ''),
    };
    // Before it counts as booked: whoever takes this run up again finds it booked.
    if (earlier === null) await expectFee(context, identity);
    const isSent = sent === invoice.id;
    // One that others made is this payment's once it took the money: until then somebody else may pay it.
    if (!isSent) await remember(context, payment, invoice);
    if (invoice.status === 'draft') {
      sameAmount(payment, invoice);
      await write('sent', { send: () => client(zohoBooks).markSent(invoice.id) });
    }
    const settled = await settle(context, payment, invoice, day, isSent);
    if (isSent) await context.link(keys.sent(identity), invoice.id);
    if (isSent) await remember(context, payment, invoice);
    const told = await takeUpWhatIsTrue(context, payment, invoice);
    return {
      payment,
      invoice,
      day,
      more: [settled.excess, settled.fee ?? told].filter((one) => one !== null),
    };
  });
}

/** From here on the payment is booked by this invoice, whichever of its names it is told by. */
async function remember({ link }: Context, payment: Payment, { id }: Booked): Promise<void> {
  await link(keys.booked(payment.identity), id);
  for (const other of otherNames(payment)) await link(keys.alias(other), payment.identity);
}

/** The invoice that others made and the payment settles, by its id; null: it gets one of its own. */
async function sentOne(context: Context, payment: Payment): Promise<string | null> {
  const { settings, linked } = context;
  const { identity } = payment;
  const known = await linked(keys.sent(identity));
  if (known !== null || (await bookedAs(context, payment)) !== null) return known;
  const child = await childInvoice(context, payment);
  if (child !== null || settings.settles === 'none') return child;
  return (await sentInvoice(context, payment))?.id ?? null;
}

const readStanding = (context: Context, id: string): Promise<Booked | null> =>
  context.read('booked', async () => {
    const standing = await standingInvoice(context, id);
    return standing === undefined ? null : asBooked(standing, false);
  });

/** An invoice that is made of the payment alone. */
async function ownInvoice(
  context: Context,
  payment: Payment,
  earlier: Booked | null,
  found: Customer | null,
  day: string,
): Promise<Booked> {
  const customer = earlier === null ? (found ?? (await findCustomer(context, asPayer(payment)))) : null;
  const paid = earlier === null ? await paidDocument(context, payment) : null;
  return makeInvoice(context, subjectOf(payment.identity), earlier, () =>
    invoiceOf(context, payment, customer, day, paid),
  );
}

interface Recorded {
  readonly id: string;
  readonly isNew?: boolean;
  readonly excessMinor?: number;
}

const paymentBooked = (payment: Payment, invoice: Booked): Fact => {
  const money = moneyOfMovement(payment);
  return {
    type: 'payment.booked',
    key: `stripe ${payment.identity}`,
    data: {
      reference: payment.identity,
      source: 'stripe',
      amount: { value: decimalOf(money), currency: money.currency },
      customer: invoice.customerName || payment.name || null,
      invoice: {
        application: 'zoho-books',
        object: 'zohoBooks.invoices',
        id: invoice.id,
        name: invoice.number,
      },
    },
  };
};

interface Settled {
  /** What to say of what the invoice did not take; null: it took all. */
  readonly excess: Sentence | null;
  /** What to say of a fee that went with the payment; null: none did. */
  readonly fee: Sentence | null;
}

/** Records the payment, with its fee where that is known and wished there. */
async function settle(
  context: Context,
  payment: Payment,
  invoice: Booked,
  day: string,
  isSent: boolean,
): Promise<Settled> {
  const { settings, link } = context;
  const { identity, fee } = payment;
  const charges = chargesAtOnce(context, payment);
  const wish = {
    date: day,
    mode: settings.paymentMode,
    accountId: settings.account,
    ...(charges === null ? {} : { bankCharges: charges }),
  };
  const money = moneyOfMovement(payment);
  const tells = () => paymentBooked(payment, invoice);
  const made: Recorded = isSent
    ? await settleSent(context, invoice, { ...wish, reference: identity, money }, tells)
    : await settleInvoice(
        context,
        subjectOf(identity),
        invoice,
        { ...wish, amount: decimalOf(money) },
        tells,
      );
  if (!isSent && made.id !== invoice.id) await link(settledKey(identity), made.id);
  const { excessMinor = 0 } = made;
  const isCharged = charges !== null && made.isNew === true && fee !== undefined;
  if (isCharged) await link(keys.feeDone(identity), fee.transactionId);
  return {
    excess: excessMinor === 0 ? null : excessText({ ...money, minor: excessMinor }),
    fee: isCharged ? saidOf({ minor: fee.amountMinor, currency: fee.currency }, true) : null,
  };
}
