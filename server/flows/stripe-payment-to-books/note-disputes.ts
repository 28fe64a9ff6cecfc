import { announcedAt, carriedBy } from '../../connectors/stripe/event-object.ts';
import { type Dispute, disputeFrom } from '../../connectors/stripe/shapes.ts';
import { LiaisonError } from '../../core/errors.ts';
import type { Outcome } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import { carryDisputes } from './carry-disputes.ts';
import { identityOf, onInvoiceOf } from './note-aftermath.ts';
import type { Context } from './steps.ts';
import { aboutMoney } from './texts.ts';

const KEPT: Sentence = {
  en: 'The disputed payment is not in Zoho Books. Should it still be booked, the dispute is noted with it.',
  fr: 'Le paiement contesté n’est pas dans Zoho Books. S’il y est enregistré plus tard, le litige sera inscrit avec lui.',
};

/**
 * Notes on the invoice of a disputed payment what became of it, and records how its money moved where the settings say so;
 * what it comes to in the end is the accountant's to book.
 */
export async function noteDisputes(context: Context): Promise<Outcome> {
  const { event, read, label } = context;
  const found = await read('dispute', async (): Promise<{ dispute: Dispute; identity: string }> => {
    const dispute = disputeFrom(carriedBy(event), event.topic, announcedAt(event));
    if (dispute === null) throw notUnderstood();
    return { dispute, identity: await identityOf(context, dispute) };
  });
  const { dispute, identity } = found;
  label(identity);
  const aftermath = { kind: 'dispute', dispute } as const;
  const about = { identity, chargeId: dispute.chargeId };
  const noted = await onInvoiceOf(context, about, [aftermath], async (invoice) => {
    if (invoice.customerName) label(invoice.customerName);
    return { invoice, ...(await carryDisputes(context, invoice.id, [dispute])) };
  });
  if (noted === null) return { state: 'skipped', summary: KEPT };
  const { invoice, count, moved } = noted;
  const [opened] = dispute.facts;
  const money = { minor: opened?.amountMinor ?? 0, currency: opened?.currency ?? '' };
  if (count === 0 && moved.length === 0)
    return {
      state: 'skipped',
      summary: aboutMoney(
        money,
        (amount) => `Already recorded, nothing to do: the dispute of ${amount} on invoice ${invoice.number}.`,
        (amount) =>
          `Déjà enregistré, rien à faire\u00a0: le litige de ${amount} sur la facture ${invoice.number}.`,
      ),
    };
  return {
    state: 'done',
    summary: aboutMoney(
      money,
      (amount) =>
        `The dispute of ${amount} is noted on invoice ${invoice.number}.${moved.map(({ en }) => en).join('')}`,
      (amount) =>
        `Le litige de ${amount} est inscrit sur la facture ${invoice.number}.${moved.map(({ fr }) => fr).join('')}`,
    ),
  };
}

function notUnderstood(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'The event carries no dispute of a payment that Liaison understands. Send us the run.',
      fr: 'L’événement ne porte aucun litige de paiement que Liaison comprenne. Envoyez-nous l’exécution.',
    },
  });
}
