import { asWords } from '../../../core/record-card.ts';
import type { Sentence } from '../../../core/sentence.ts';
import { type Loose, objectOf, textOf } from '../object-reader.ts';

/** Why a payment fails, as a person says it. https://docs.stripe.com/declines/codes */
const DECLINES: Readonly<Record<string, Sentence>> = {
  insufficient_funds: { en: 'not enough money on the account', fr: 'provision insuffisante' },
  expired_card: { en: 'the card has expired', fr: 'carte expirée' },
  lost_card: { en: 'the card was reported lost', fr: 'carte déclarée perdue' },
  stolen_card: { en: 'the card was reported stolen', fr: 'carte déclarée volée' },
  incorrect_cvc: { en: 'the security code is wrong', fr: 'code de sécurité erroné' },
  incorrect_number: { en: 'the card number is wrong', fr: 'numéro de carte erroné' },
  authentication_required: {
    en: 'the bank wants the payer to confirm it',
    fr: 'la banque demande une confirmation du payeur',
  },
  payment_intent_authentication_failure: {
    en: 'the payer did not confirm it with the bank',
    fr: 'le payeur ne l’a pas confirmé auprès de sa banque',
  },
  card_velocity_exceeded: { en: 'the card’s limit is reached', fr: 'plafond de la carte atteint' },
  generic_decline: { en: 'the bank declined it', fr: 'refusé par la banque' },
  do_not_honor: { en: 'the bank declined it', fr: 'refusé par la banque' },
  card_declined: { en: 'the bank declined it', fr: 'refusé par la banque' },
  processing_error: { en: 'an error while it was processed', fr: 'erreur pendant le traitement' },
  debit_not_authorized: { en: 'the account holder did not allow the debit', fr: 'prélèvement non autorisé' },
};

/** Of a payment that failed: by its code, else in Stripe's words. */
export function declineWords(error: unknown): Sentence | null {
  const said: Loose | null = objectOf(error);
  const codes = [said?.decline_code, said?.failure_code, said?.code].map(textOf);
  const known = codes.map((code) => (code === null ? undefined : DECLINES[code])).find(Boolean);
  if (known !== undefined) return known;
  const words = textOf(said?.message) ?? textOf(said?.failure_message) ?? codes.find(Boolean) ?? null;
  return words === null ? null : asWords(words);
}

const DISPUTES: Readonly<Record<string, Sentence>> = {
  fraudulent: { en: 'said to be fraud', fr: 'signalé comme une fraude' },
  duplicate: { en: 'said to be charged twice', fr: 'signalé comme prélevé deux fois' },
  product_not_received: { en: 'nothing was received', fr: 'rien n’a été reçu' },
  product_unacceptable: { en: 'what was received is not as it should be', fr: 'reçu non conforme' },
  subscription_canceled: { en: 'the subscription was cancelled', fr: 'abonnement résilié' },
  unrecognized: { en: 'the payer does not recognise it', fr: 'le payeur ne le reconnaît pas' },
  credit_not_processed: { en: 'a refund did not come', fr: 'remboursement non reçu' },
};

/** Of a dispute: why, as the bank says it. https://docs.stripe.com/disputes/categories */
export const disputeWords = (reason: string | null): Sentence | null =>
  reason === null ? null : (DISPUTES[reason] ?? asWords(reason.replaceAll('_', ' ')));
