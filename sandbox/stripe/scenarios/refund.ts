import { type Scenario, ScenarioRefused } from '../../core/scenario.ts';
import { read } from '../../scenarios/parameters.ts';
import { spokenAmount } from '../../scenarios/spoken.ts';
import { refund } from '../refund.ts';
import { stripeTables } from '../rows.ts';
import { refund as parameters } from './parameters.ts';

export const stripeRefund: Scenario = {
  id: 'stripe-refund',
  titles: { en: 'A payment is refunded', fr: 'Un paiement est remboursé' },
  parameters,
  description: {
    en: 'The last payment that can still be refunded is.',
    fr: 'Le dernier paiement encore remboursable l’est.',
  },
  async play(stage) {
    const asked = read(stage, parameters);
    const desk = stage.desk('stripe');
    const charges = stripeTables(desk).charges.all();
    const chosen = asked.charge
      ? charges.find(({ id }) => id === asked.charge)
      : charges.findLast(
          ({ status, amount, amount_refunded }) => status === 'succeeded' && amount_refunded < amount,
        );
    if (!chosen) throw new ScenarioRefused('Stripe has no such payment that could be refunded.');
    const left = chosen.amount - chosen.amount_refunded;
    const amountMinor = asked.amountMinor ?? left;
    if (amountMinor > left)
      throw new ScenarioRefused(
        `Only ${spokenAmount(left, chosen.currency).en} of ${chosen.id} are left to refund.`,
      );
    const done = refund(desk, { charge: chosen.id, amountMinor });
    const back = spokenAmount(amountMinor, chosen.currency);
    const whole = spokenAmount(chosen.amount, chosen.currency);
    return {
      sentence: {
        en: `${back.en} of a payment of ${whole.en} were refunded in Stripe.`,
        fr: `${back.fr} d’un paiement de ${whole.fr} ont été remboursés dans Stripe.`,
      },
      refund: done.refund.id,
      charge: chosen.id,
      paymentIntent: chosen.payment_intent,
      amountMinor,
      currency: chosen.currency,
      events: done.events,
    };
  },
};
