import { idOf, type Loose, listOf, numberOf, objectOf, textOf, timeOf } from './object-reader.ts';

/** A payment as flows see it, whichever object and version of Stripe it was read from. Plain data. */
export interface Payment {
  /** The payment intent where it can be told, else the charge, else the invoice: one for all their events. */
  readonly identity: string;
  /** What was paid, in Stripe's whole units of the currency (https://docs.stripe.com/currencies). */
  readonly amountMinor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
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
}

/**
 * Reads a payment intent, an invoice or a charge, in the shapes of old and new API versions. What an event
 * carries is rendered in the version of its webhook endpoint, which another program may have created.
 *
 * @returns null for any other object, or one without an amount.
 */
export function paymentFrom(object: unknown): Payment | null {
  const source = objectOf(object);
  switch (source?.object) {
    case 'payment_intent':
      return ofIntent(source);
    case 'invoice':
      return ofInvoice(source);
    case 'charge':
      return ofCharge(source);
    default:
      return null;
  }
}

/** Until 2022-11-15 the charges stood in the intent; since, its latest one is named, or expanded. */
function ofIntent(intent: Loose): Payment | null {
  const latest = intent.latest_charge ?? listOf(intent.charges)?.at(0);
  const charge = objectOf(latest);
  const received = numberOf(intent.amount_received);
  return payment(intent, {
    identity: idOf(intent),
    amountMinor: received || numberOf(intent.amount),
    isPaid: intent.status === 'succeeded',
    ...payer(intent, charge),
    chargeId: idOf(latest),
    invoiceId: idOf(intent.invoice) ?? idOf(charge?.invoice),
    receiptUrl: textOf(charge?.receipt_url),
  });
}

/** Until 2025-03-31 an invoice named its intent and charge; since, they stand in `payments`, if expanded. */
function ofInvoice(invoice: Loose): Payment | null {
  const id = idOf(invoice);
  const settled = listOf(invoice.payments)?.filter((one) => one.status === 'paid') ?? [];
  const made = settled.map((one) => objectOf(one.payment)).find((one) => one !== null);
  const chargeId = idOf(invoice.charge) ?? idOf(made?.charge);
  const customer = objectOf(invoice.customer);
  return payment(invoice, {
    identity: idOf(invoice.payment_intent) ?? idOf(made?.payment_intent) ?? chargeId ?? id,
    amountMinor: numberOf(invoice.amount_paid),
    isPaid: invoice.status === 'paid' || invoice.paid === true,
    email: first(invoice.customer_email, customer?.email),
    name: first(invoice.customer_name, customer?.name),
    phone: first(invoice.customer_phone, customer?.phone),
    description: first(invoice.description, listOf(invoice.lines)?.at(0)?.description),
    invoiceId: id,
    chargeId,
    receiptUrl: textOf(invoice.hosted_invoice_url),
  });
}

function ofCharge(charge: Loose): Payment | null {
  const id = idOf(charge);
  return payment(charge, {
    identity: idOf(charge.payment_intent) ?? id,
    amountMinor: numberOf(charge.amount_captured) ?? numberOf(charge.amount),
    isPaid: charge.paid === true && charge.captured !== false,
    ...payer(charge, charge),
    chargeId: id,
    invoiceId: idOf(charge.invoice),
    receiptUrl: textOf(charge.receipt_url),
  });
}

type Told = Omit<Payment, 'identity' | 'amountMinor' | 'currency' | 'customerId' | 'createdAt'> & {
  readonly identity: string | null;
  readonly amountMinor: number | null;
};

function payment(source: Loose, { identity, amountMinor, ...told }: Told): Payment | null {
  const currency = textOf(source.currency)?.toUpperCase();
  const createdAt = timeOf(source.created);
  if (identity === null || amountMinor === null || currency === undefined || createdAt === null) return null;
  return { identity, amountMinor, currency, ...told, customerId: idOf(source.customer), createdAt };
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
