import { type Scenario, ScenarioRefused } from '../../core/scenario.ts';
import { read } from '../../scenarios/parameters.ts';
import { spokenAmount } from '../../scenarios/spoken.ts';
import { dispute, turnDispute } from '../disputes.ts';
import { stripeTables } from '../rows.ts';
import { disputed } from './parameters.ts';

export const stripeDispute: Scenario = {
  id: 'stripe-dispute',
  titles: { en: 'A payment is disputed', fr: 'Un paiement est contesté' },
  parameters: disputed,
  description: {
    en: 'The payer of the last payment disputes it with the bank, and Stripe withdraws the money and a fee.',
    fr: 'Le payeur du dernier paiement le conteste auprès de sa banque, et Stripe retire l’argent et des frais.',
  },
  async play(stage) {
    const asked = read(stage, disputed);
    const desk = stage.desk('stripe');
    const chosen = stripeTables(desk)
      .charges.all()
      .findLast(({ id, status, disputed: already, refunded }) =>
        asked.charge ? id === asked.charge : status === 'succeeded' && !already && !refunded,
      );
    if (!chosen) throw new ScenarioRefused('Stripe has no such payment that could be disputed.');
    const opened = dispute(desk, { charge: chosen.id });
    const taken = turnDispute(desk, { dispute: opened.dispute.id, turn: 'withdrawn' });
    const amount = spokenAmount(chosen.amount, chosen.currency);
    return {
      sentence: {
        en: `A payment of ${amount.en} was disputed in Stripe, and its money withdrawn.`,
        fr: `Un paiement de ${amount.fr} a été contesté dans Stripe, et son argent retiré.`,
      },
      dispute: opened.dispute.id,
      charge: chosen.id,
      paymentIntent: chosen.payment_intent,
      amountMinor: chosen.amount,
      currency: chosen.currency,
      events: [...opened.events, ...taken.events],
    };
  },
};
