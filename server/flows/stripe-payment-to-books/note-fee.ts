import { stripe } from '../../connectors/stripe/connector.ts';
import { carriedBy } from '../../connectors/stripe/event-object.ts';
import { type Fee, feeFrom, type Payment, paymentFrom } from '../../connectors/stripe/shapes.ts';
import { type Outcome, skipped } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { awaitsFee, carryFee } from './carry-fee.ts';
import { keys } from './keys.ts';
import { onInvoiceOf } from './note-aftermath.ts';
import type { Context } from './steps.ts';
import { payerOf } from './topics.ts';

/** Records a fee that Stripe tells of after its payment; of one that is not booked yet, it is kept until it is. */
export async function noteFee(context: Context): Promise<Outcome> {
  const { event, client, read, label, linked } = context;
  const carried = paymentFrom(carriedBy(event));
  if (carried === null || !carried.isPaid)
    return skipped({
      en: 'No money has come by this charge: nothing to do.',
      fr: 'Aucun argent n’est venu par ce débit\u00a0: rien à faire.',
    });
  const { identity } = carried;
  label(payerOf(event) ?? identity);
  const isBooked = (await linked(keys.booked(identity))) !== null;
  if (isBooked && !(await awaitsFee(context, identity)))
    return skipped({
      en: 'No fee is awaited for this payment: nothing to do.',
      fr: 'Aucuns frais ne sont attendus pour ce paiement\u00a0: rien à faire.',
    });
  const told = await read('fee', async (): Promise<{ fee: Fee | null }> => {
    const charge = await client(stripe).charge(carried.chargeId ?? '', { withFee: true });
    return { fee: feeFrom(charge) };
  });
  const { fee } = told;
  if (fee === null)
    return skipped({
      en: 'Stripe does not know the fee of this payment yet.',
      fr: 'Stripe ne connaît pas encore les frais de ce paiement.',
    });
  return recorded(context, carried, fee);
}

async function recorded(context: Context, payment: Payment, fee: Fee): Promise<Outcome> {
  const { identity, chargeId, currency, movedAt } = payment;
  const aftermath = { kind: 'fee', fee } as const;
  const said = await onInvoiceOf<Sentence>(context, { identity, chargeId }, [aftermath], async (invoice) => {
    if (invoice.customerName) context.label(invoice.customerName);
    const charged = { identity, currency, movedAt, invoiceId: invoice.id };
    return (await carryFee(context, charged, fee)) ?? { en: '', fr: '' };
  });
  if (said === null)
    return skipped({
      en: 'The payment is not in Zoho Books. Should it still be booked, its fee is recorded with it.',
      fr: 'Le paiement n’est pas dans Zoho Books. S’il y est enregistré plus tard, ses frais le seront avec lui.',
    });
  if (said.en === '')
    return skipped({ en: 'Already recorded, nothing to do.', fr: 'Déjà enregistré, rien à faire.' });
  return { state: 'done', summary: { en: said.en.trim(), fr: said.fr.trim() } };
}
