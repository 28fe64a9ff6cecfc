import { minorUnits } from '../../core/movement.ts';
import { idOf, type Loose, listOf, numberOf, objectOf, timeOf } from './object-reader.ts';
import { type Payment, paymentFrom } from './payment.ts';

/** Why an invoice that is paid brought no money through Stripe, or none that it tells of. */
export type NoPayment = 'zero' | 'elsewhere';

export type InvoicePayments =
  | { readonly payments: readonly [Payment, ...Payment[]]; readonly none: null }
  | { readonly payments: readonly []; readonly none: NoPayment };

/**
 * The payments by which an invoice was paid through Stripe: each is a movement of its own, by its intent. Since
 * 2025-03-31 there may be several (https://docs.stripe.com/api/invoice-payment),
 * and one that was paid elsewhere has none: neither has the receipt invoice of a checkout, whose payment is
 * announced by itself.
 *
 * @returns null for an object that is no paid invoice.
 */
export function invoicePaymentsFrom(
  object: unknown,
  announcedAt: string | null = null,
): InvoicePayments | null {
  const invoice = objectOf(object);
  const whole = invoice?.object === 'invoice' ? paymentFrom(invoice, announcedAt) : null;
  if (invoice === null || whole === null) return null;
  if (whole.amountMinor === 0) return { payments: [], none: 'zero' };
  const listed = listOf(invoice.payments);
  if (listed !== null) {
    const [first, ...rest] = listed.flatMap((one) => partOf(one, whole));
    return first === undefined
      ? { payments: [], none: 'elsewhere' }
      : { payments: [first, ...rest], none: null };
  }
  if (isPaidElsewhere(invoice)) return { payments: [], none: 'elsewhere' };
  return { payments: [whole], none: null };
}

/** A payment record is money that somebody says came another way: https://docs.stripe.com/api/payment-record */
function partOf(listed: Loose, whole: Payment): Payment[] {
  const made = objectOf(listed.payment);
  const identity = idOf(made?.payment_intent) ?? idOf(made?.charge);
  if (listed.status !== 'paid' || identity === null) return [];
  const charge = idOf(made?.charge);
  return [
    {
      ...whole,
      identity,
      alsoKnownAs: charge === null || charge === identity ? [] : [charge],
      chargeId: charge,
      amountMinor: minorUnits(listed.amount_paid) ?? whole.amountMinor,
      movedAt: timeOf(objectOf(listed.status_transitions)?.paid_at) ?? whole.movedAt,
    },
  ];
}

/** For an invoice that lists no payments: an event's, of a version that leaves them out or did not have them. */
function isPaidElsewhere(invoice: Loose): boolean {
  if (invoice.paid_out_of_band === true) return true;
  if (idOf(invoice.payment_intent) !== null || idOf(invoice.charge) !== null) return false;
  const namesNone = invoice.payment_intent === null && invoice.charge === null;
  // Stripe tries every payment that it takes for an invoice by itself.
  const wasNeverTried = invoice.attempted === false && (numberOf(invoice.attempt_count) ?? 0) === 0;
  return namesNone || wasNeverTried;
}
