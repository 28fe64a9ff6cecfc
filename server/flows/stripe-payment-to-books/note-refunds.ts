import { stripe } from '../../connectors/stripe/connector.ts';
import { carriedBy } from '../../connectors/stripe/event-object.ts';
import { type Refund, refundsFrom, returnState } from '../../connectors/stripe/shapes.ts';
import type { Outcome } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { carryRefunds } from './carry-refunds.ts';
import { type InvoiceOfPayment, identityOf, onInvoiceOf } from './note-aftermath.ts';
import { latestOf } from './notices.ts';
import type { Context } from './steps.ts';
import { aboutMoney } from './texts.ts';
import { payerOf } from './topics.ts';

const NONE: Sentence = {
  en: 'The event tells of no refund: nothing to note.',
  fr: 'L’événement ne parle d’aucun remboursement\u00a0: rien à inscrire.',
};

const KEPT: Sentence = {
  en: 'The refunded payment is not in Zoho Books. Should it still be booked, the refund is noted with it.',
  fr: 'Le paiement remboursé n’est pas dans Zoho Books. S’il y est enregistré plus tard, le remboursement sera inscrit avec lui.',
};

/**
 * Notes refunds on the invoice of the payment they give back, each in its state; those that went back become credit notes
 * where the settings say so.
 */
export async function noteRefunds(context: Context): Promise<Outcome> {
  const { event, client, read, label } = context;
  const refunds = await read('refunds', async (): Promise<readonly Refund[]> => {
    const carried = refundsFrom(carriedBy(event));
    const charge = carried.chargeId;
    const current = charge === null ? [] : await client(stripe).refundsOfCharge(charge);
    return current.length > 0 ? current : carried.refunds;
  });
  const [first] = refunds;
  if (first === undefined) return { state: 'skipped', summary: NONE };
  label(payerOf(event) ?? first.paymentIdentity);
  const about = { paymentIdentity: first.paymentIdentity, chargeId: first.chargeId };
  const identity =
    about.paymentIdentity === about.chargeId
      ? await read('refundedPayment', () => identityOf(context, about))
      : first.paymentIdentity;
  const aftermaths = refunds.map((refund) => ({ kind: 'refund', refund }) as const);
  const latest = latestOf(refunds);
  const noted = await onInvoiceOf(
    context,
    { identity, chargeId: first.chargeId },
    aftermaths,
    async (invoice) => {
      if (invoice.customerName) label(invoice.customerName);
      return { invoice, ...(await carryRefunds(context, invoice, latest)) };
    },
  );
  if (noted === null) return { state: 'skipped', summary: KEPT };
  return {
    state: noted.count > 0 ? 'done' : 'skipped',
    summary: summaryOf(latest, noted.invoice, noted.count > 0, noted.credits),
  };
}

function summaryOf(
  refunds: readonly Refund[],
  invoice: InvoiceOfPayment,
  isNew: boolean,
  credits: readonly string[],
): Sentence {
  const of = (state: string): Refund[] => refunds.filter(({ status }) => returnState(status) === state);
  const pending = of('pending').length;
  const failed = of('failed').length;
  const currency = refunds[0]?.currency ?? '';
  const minor = of('moved').reduce((sum, refund) => sum + refund.amountMinor, 0);
  const back = aboutMoney(
    { minor, currency },
    (amount) => (minor === 0 ? 'Nothing went back' : `Refunds of ${amount}`),
    (amount) => (minor === 0 ? 'Rien n’est reparti' : `Remboursements de ${amount}`),
  );
  const rest = {
    en: `${pending > 0 ? `, ${pending} pending` : ''}${failed > 0 ? `, ${failed} failed` : ''}`,
    fr: `${pending > 0 ? `, ${pending} en attente` : ''}${failed > 0 ? `, ${failed} en échec` : ''}`,
  };
  const numbers = credits.join(', ');
  const documents: Sentence =
    credits.length === 0
      ? { en: '', fr: '' }
      : {
          en: ` ${credits.length > 1 ? 'Credit notes' : 'Credit note'} ${numbers}.`,
          fr: ` ${credits.length > 1 ? 'Avoirs' : 'Avoir'} ${numbers}.`,
        };
  return isNew
    ? {
        en: `${back.en}${rest.en}: noted on invoice ${invoice.number}.${documents.en}`,
        fr: `${back.fr}${rest.fr}\u00a0: inscrit sur la facture ${invoice.number}.${documents.fr}`,
      }
    : {
        en: `Already recorded, nothing to do. ${back.en}${rest.en}, on invoice ${invoice.number}.`,
        fr: `Déjà enregistré, rien à faire. ${back.fr}${rest.fr}, sur la facture ${invoice.number}.`,
      };
}
