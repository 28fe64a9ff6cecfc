import { currencyCode, type Movement, minorUnits } from '../../core/movement.ts';
import { type Fee, feeFrom } from './fee.ts';
import { idOf, type Loose, listOf, objectOf, textOf, timeOf } from './object-reader.ts';

/**
 * A payment as flows see it, whichever object and version of Stripe it was read from. Plain data. Its identity
 * is the payment intent where it can be told, else the charge, else the invoice: one for all their events. Its
 * amount is in Stripe's whole units of the currency (https://docs.stripe.com/currencies).
 */
export interface Payment extends Movement {
  readonly isPaid: boolean;
  readonly email: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly customerId: string | null;
  readonly description: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly invoiceId: string | null;
  readonly chargeId: string | null;
  readonly receiptUrl: string | null;
  /** How much of it has gone back, as far as the object tells. */
  readonly refundedMinor: number;
  /** What the merchant's own programs noted on it; absent where an object has none. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** What Stripe kept of it; absent where nobody asked, or Stripe does not know it yet. */
  readonly fee?: Fee;
}

/**
 * Reads a payment intent, a charge, a checkout session or an invoice, in the shapes of old and new API
 * versions. What an event carries is rendered in the version of its webhook endpoint, which another program
 * may have created.
 *
 * @param announcedAt when Stripe said that it succeeded, ISO 8601. Money of a debit or a transfer moves days
 *   after its intent and its charge were made, and nothing else in them says when.
 * @returns null for any other object, or one without an amount.
 * @throws LiaisonError `rejected` for an amount or a currency that can never be booked.
 */
export function paymentFrom(object: unknown, announcedAt: string | null = null): Payment | null {
  const source = objectOf(object);
  switch (source?.object) {
    case 'payment_intent':
      return ofIntent(source, announcedAt);
    case 'invoice':
      return ofInvoice(source, announcedAt);
    case 'charge':
      return ofCharge(source, announcedAt);
    case 'checkout.session':
      return ofSession(source, announcedAt);
    default:
      return null;
  }
}

/** Until 2022-11-15 the charges stood in the intent; since, its latest one is named, or expanded. */
function ofIntent(intent: Loose, announcedAt: string | null): Payment | null {
  const latest = intent.latest_charge ?? listOf(intent.charges)?.at(0);
  const charge = objectOf(latest);
  return payment(intent, {
    identity: idOf(intent),
    amountMinor: minorUnits(intent.amount_received) ?? minorUnits(intent.amount),
    movedAt: announcedAt ?? timeOf(charge?.created),
    isPaid: intent.status === 'succeeded' || intent.status === undefined,
    ...payer(intent, charge),
    chargeId: idOf(latest),
    invoiceId: idOf(intent.invoice) ?? idOf(charge?.invoice) ?? invoiceReferredTo(intent),
    receiptUrl: textOf(charge?.receipt_url),
    refundedMinor: minorUnits(charge?.amount_refunded) ?? 0,
    ...feeMember(charge),
  });
}

function feeMember(charge: Loose | null): Pick<Payment, 'fee'> {
  const fee = feeFrom(charge);
  return fee === null ? {} : { fee };
}

/** Since 2025-03-31 an intent names its invoice as the order that it pays, where it does at all. */
function invoiceReferredTo(intent: Loose): string | null {
  const reference = textOf(objectOf(intent.payment_details)?.order_reference);
  return reference?.startsWith('in_') === true ? reference : null;
}

/**
 * Until 2025-03-31 an invoice named its intent and charge; since, they stand in `payments`, if expanded. Its
 * first payment, with what the invoice tells of all of them: see `invoice-payments.ts`.
 */
function ofInvoice(invoice: Loose, announcedAt: string | null): Payment | null {
  const id = idOf(invoice);
  const settled = listOf(invoice.payments)?.filter((one) => one.status === 'paid') ?? [];
  const made = settled.map((one) => objectOf(one.payment)).find((one) => one !== null);
  const chargeId = idOf(invoice.charge) ?? idOf(made?.charge);
  const customer = objectOf(invoice.customer);
  return payment(invoice, {
    identity: idOf(invoice.payment_intent) ?? idOf(made?.payment_intent) ?? chargeId ?? id,
    amountMinor: minorUnits(invoice.amount_paid),
    movedAt: timeOf(objectOf(invoice.status_transitions)?.paid_at) ?? announcedAt,
    isPaid: invoice.status === 'paid' || invoice.paid === true,
    email: first(invoice.customer_email, customer?.email),
    name: first(invoice.customer_name, customer?.name),
    phone: first(invoice.customer_phone, customer?.phone),
    description: first(invoice.description, listOf(invoice.lines)?.at(0)?.description),
    invoiceId: id,
    chargeId,
    receiptUrl: textOf(invoice.hosted_invoice_url),
    refundedMinor: 0,
  });
}

function ofCharge(charge: Loose, announcedAt: string | null): Payment | null {
  const id = idOf(charge);
  return payment(charge, {
    identity: idOf(charge.payment_intent) ?? id,
    amountMinor: minorUnits(charge.amount_captured) ?? minorUnits(charge.amount),
    movedAt: announcedAt,
    isPaid: charge.paid === true && charge.captured !== false,
    ...payer(charge, charge),
    chargeId: id,
    invoiceId: idOf(charge.invoice),
    receiptUrl: textOf(charge.receipt_url),
    refundedMinor: minorUnits(charge.amount_refunded) ?? 0,
    ...feeMember(charge),
  });
}

/** A visit to the checkout is paid by an intent, which goes by its own identity. */
function ofSession(session: Loose, announcedAt: string | null): Payment | null {
  const details = objectOf(session.customer_details);
  return payment(session, {
    identity: idOf(session.payment_intent),
    amountMinor: minorUnits(session.amount_total),
    movedAt: announcedAt,
    isPaid: session.payment_status === 'paid',
    email: first(details?.email, session.customer_email),
    name: first(details?.name, details?.individual_name, details?.business_name),
    phone: first(details?.phone),
    description: null,
    chargeId: null,
    invoiceId: idOf(session.invoice),
    receiptUrl: null,
    refundedMinor: 0,
  });
}

type Told = Omit<
  Payment,
  'identity' | 'alsoKnownAs' | 'amountMinor' | 'currency' | 'customerId' | 'createdAt' | 'movedAt'
> & {
  readonly identity: string | null;
  readonly amountMinor: number | null;
  readonly movedAt: string | null;
};

function payment(source: Loose, { identity, amountMinor, movedAt, ...told }: Told): Payment | null {
  const currency = currencyCode(source.currency);
  const createdAt = timeOf(source.created) ?? movedAt;
  if (identity === null || amountMinor === null || currency === null || createdAt === null) return null;
  return {
    identity,
    alsoKnownAs: told.chargeId === null || told.chargeId === identity ? [] : [told.chargeId],
    amountMinor,
    currency,
    ...told,
    customerId: idOf(source.customer),
    createdAt,
    movedAt: movedAt ?? createdAt,
    ...metadataOf(source),
  };
}

function metadataOf(source: Loose): Pick<Payment, 'metadata'> {
  const entries = Object.entries(objectOf(source.metadata) ?? {}).flatMap(([name, value]) => {
    const text = textOf(value);
    return text === null ? [] : [[name, text] as const];
  });
  return entries.length === 0 ? {} : { metadata: Object.fromEntries(entries) };
}

/** Who paid: what was typed at the payment says more than the customer's record, which may be older. */
function payer(source: Loose, charge: Loose | null): Pick<Told, 'email' | 'name' | 'phone' | 'description'> {
  const billing = objectOf(charge?.billing_details);
  const customer = objectOf(source.customer) ?? objectOf(charge?.customer);
  const shipping = objectOf(source.shipping) ?? objectOf(charge?.shipping);
  return {
    email: first(source.receipt_email, charge?.receipt_email, billing?.email, customer?.email),
    name: first(billing?.name, customer?.name, shipping?.name),
    phone: first(billing?.phone, customer?.phone, shipping?.phone),
    description: first(source.description, charge?.description),
  };
}

/** The first text that says something. */
function first(...values: readonly unknown[]): string | null {
  return values.map(textOf).find((text) => text !== null) ?? null;
}
