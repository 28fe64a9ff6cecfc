import { stripe } from '../../connectors/stripe/connector.ts';
import { announcedAt, carriedBy } from '../../connectors/stripe/event-object.ts';
import {
  type InvoicePayments,
  invoicePaymentsFrom,
  type NoPayment,
  type Payment,
  paymentFrom,
} from '../../connectors/stripe/shapes.ts';
import { LiaisonError } from '../../core/errors.ts';
import { keys } from './keys.ts';
import type { Context } from './steps.ts';

/** The movements of money that an event tells of; without one, why there is none. */
export interface Reading {
  readonly payments: readonly Payment[];
  readonly none: NoPayment | 'not-yet' | 'by-its-invoice' | null;
}

/** What a run of an earlier version stored: the payment alone. */
type Stored = Reading | Payment;

/**
 * The payments as Stripe has them now. An object that Stripe does not know (an account's test data that was
 * cleared) is taken from the event itself: it was signed, and payments do not change once they succeeded.
 */
export async function readPayments(context: Context): Promise<Reading> {
  const stored: Stored = await context.read('payment', (): Promise<Stored> => fromEvent(context));
  return 'payments' in stored ? stored : { payments: [stored], none: null };
}

async function fromEvent(context: Context): Promise<Reading> {
  const carried = carriedBy(context.event);
  if (carried.object === 'invoice') return ofInvoice(context);
  if (carried.object === 'checkout.session') return ofCheckout(context);
  const at = announcedAt(context.event);
  const id = String(carried.id ?? '');
  const { client } = context;
  const asked = withFee(context);
  const current =
    carried.object === 'charge'
      ? await client(stripe).charge(id, asked)
      : await client(stripe).paymentIntent(id, asked);
  return ofOne((current === null ? null : paymentFrom(current, at)) ?? paymentFrom(carried, at));
}

/** The fee is asked for where it is wished: it costs no call, and a permission of the key. */
const withFee = ({ settings }: Context) => ({ withFee: settings.fees !== 'none' });

function ofOne(payment: Payment | null): Reading {
  if (payment === null) throw notUnderstood();
  if (payment.amountMinor === 0) return { payments: [], none: 'zero' };
  return payment.isPaid ? { payments: [payment], none: null } : { payments: [], none: 'not-yet' };
}

async function ofInvoice(context: Context): Promise<Reading> {
  const carried = carriedBy(context.event);
  const at = announcedAt(context.event);
  const current = await context.client(stripe).invoice(String(carried.id ?? ''));
  const read: InvoicePayments | null =
    (current === null ? null : invoicePaymentsFrom(current, at)) ?? invoicePaymentsFrom(carried, at);
  if (read === null) throw notUnderstood();
  const payments: Payment[] = [];
  for (const payment of read.payments) payments.push(await whole(context, payment));
  return { payments, none: read.none };
}

/**
 * An invoice tells of its own part of a payment; one payment may settle several. What moved is the whole, and
 * so it stands in Books whichever invoice is heard of first.
 */
async function whole(context: Context, part: Payment): Promise<Payment> {
  const { client, linked } = context;
  if (part.identity === part.invoiceId) {
    // Nobody could tell its payments; one that was booked may have named it.
    const identity = await linked(keys.alias(part.identity));
    return identity === null ? part : { ...part, identity };
  }
  if (!part.identity.startsWith('pi_') || (await linked(keys.booked(part.identity))) !== null) return part;
  const current = await client(stripe).paymentIntent(part.identity, withFee(context));
  const intent = current === null ? null : paymentFrom(current);
  if (intent?.isPaid !== true) return part;
  return {
    ...intent,
    movedAt: part.movedAt,
    email: part.email ?? intent.email,
    name: part.name ?? intent.name,
    phone: part.phone ?? intent.phone,
    customerId: part.customerId ?? intent.customerId,
    description: part.description ?? intent.description,
    invoiceId: part.invoiceId,
  };
}

async function ofCheckout(context: Context): Promise<Reading> {
  const { event, client } = context;
  const carried = carriedBy(event);
  const at = announcedAt(event);
  const total = carried.amount_total;
  if (total === 0 || carried.payment_status === 'no_payment_required') return { payments: [], none: 'zero' };
  const payment = paymentFrom(carried, at);
  if (payment === null) return { payments: [], none: 'by-its-invoice' };
  const current = await client(stripe).paymentIntent(payment.identity, withFee(context));
  const intent = current === null ? null : paymentFrom(current, at);
  if (intent === null) return ofOne(payment);
  return ofOne({ ...intent, email: intent.email ?? payment.email, name: intent.name ?? payment.name });
}

function notUnderstood(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'The event carries no payment that Liaison understands. Send us the run.',
      fr: 'L’événement ne porte aucun paiement que Liaison comprenne. Envoyez-nous l’exécution.',
    },
  });
}
