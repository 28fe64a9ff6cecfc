import { stripe } from '../../connectors/stripe/connector.ts';
import { invoiceIfThere, ownInvoices } from '../../connectors/zoho-books/booking/invoice-run.ts';
import { subjectOf } from './book-payment.ts';
import { keys } from './keys.ts';
import type { Context } from './steps.ts';
import { type Aftermath, early } from './take-up.ts';

/** The payment that a refund or a dispute is about, by whatever it names of it. */
export interface About {
  readonly paymentIdentity: string | null;
  readonly chargeId: string | null;
}

export interface InvoiceOfPayment {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly customerName: string;
}

/** The identity under which the payment is booked: its intent, where anybody knows which. */
export async function identityOf({ client, linked }: Context, about: About): Promise<string> {
  const { paymentIdentity, chargeId } = about;
  if (paymentIdentity !== null && paymentIdentity !== chargeId) return paymentIdentity;
  if (chargeId === null) return '';
  const known = await linked(keys.alias(chargeId));
  if (known !== null) return known;
  const intent = (await client(stripe).charge(chargeId))?.payment_intent;
  return (typeof intent === 'string' ? intent : intent?.id) ?? chargeId;
}

/**
 * Notes something on the invoice of a payment, or keeps it until the payment is booked.
 *
 * @returns what `note` answered, or null where it is kept.
 */
export async function onInvoiceOf<Noted>(
  context: Context,
  about: { readonly identity: string; readonly chargeId: string | null },
  aftermaths: readonly Aftermath[],
  note: (invoice: InvoiceOfPayment) => Promise<Noted>,
): Promise<Noted | null> {
  const { exclusively, keep, forget, linked, forItem } = context;
  const { identity, chargeId } = about;
  const facts = aftermaths.map((aftermath) => early(identity, aftermath));
  // Told on the charge and by itself: the second one must see what the first one noted.
  const noted = await exclusively(keys.lock(identity), async () => {
    const invoice = await invoiceOf(context, identity);
    if (invoice !== null) return note(invoice);
    for (const fact of facts) await keep(fact);
    return null;
  });
  if (noted !== null) return noted;
  // Whoever books the payment remembers that it did, then looks for what is kept; here it is the other way
  // round, so that one of the two sees the other, also where only the charge was known.
  const intent = (chargeId === null ? null : await linked(keys.alias(chargeId))) ?? identity;
  if ((await linked(keys.booked(intent))) === null) return null;
  return exclusively(keys.lock(intent), async () => {
    const invoice = await invoiceOf(forItem('booked-since'), intent);
    if (invoice === null) return null;
    const late = await note(invoice);
    await forget(facts);
    return late;
  });
}

async function invoiceOf(context: Context, identity: string): Promise<InvoiceOfPayment | null> {
  const { read, linked } = context;
  return read('refundedInvoice', async () => {
    const id = await linked(keys.booked(identity));
    const made = id === null ? null : await invoiceIfThere(context, id);
    const found = made ?? (await ownInvoices(context, subjectOf(identity)))[0];
    return found === undefined
      ? null
      : {
          id: found.id,
          number: found.number,
          customerId: found.customerId,
          customerName: found.customerName,
        };
  });
}
