import { type Scenario, ScenarioRefused } from '../../core/scenario.ts';
import { read } from '../../scenarios/parameters.ts';
import { spokenAmount } from '../../scenarios/spoken.ts';
import { endRefund, refund } from '../refund.ts';
import { stripeTables } from '../rows.ts';
import { refund as parameters } from './parameters.ts';

export const stripeRefundFails: Scenario = {
  id: 'stripe-refund-fails',
  titles: { en: 'A refund fails', fr: 'Un remboursement échoue' },
  parameters,
  description: {
    en: 'The last payment that can still be refunded is, and the payer’s bank sends the money back: nothing was given back.',
    fr: 'Le dernier paiement encore remboursable l’est, puis la banque du payeur renvoie l’argent : rien n’a été rendu.',
  },
  async play(stage) {
    const asked = read(stage, parameters);
    const desk = stage.desk('stripe');
    const charges = stripeTables(desk).charges.all();
    const chosen = charges.findLast(({ id, status, amount, amount_refunded }) =>
      asked.charge ? id === asked.charge : status === 'succeeded' && amount_refunded < amount,
    );
    if (!chosen) throw new ScenarioRefused('Stripe has no such payment that could be refunded.');
    const left = chosen.amount - chosen.amount_refunded;
    const amountMinor = asked.amountMinor ?? left;
    if (amountMinor > left || left === 0)
      throw new ScenarioRefused(
        `Only ${spokenAmount(left, chosen.currency).en} of ${chosen.id} are left to refund.`,
      );
    const begun = refund(desk, { charge: chosen.id, amountMinor, status: 'pending' });
    const ended = endRefund(desk, { refund: begun.refund.id, status: 'failed' });
    const back = spokenAmount(amountMinor, chosen.currency);
    return {
      sentence: {
        en: `A refund of ${back.en} failed in Stripe: nothing went back.`,
        fr: `Un remboursement de ${back.fr} a échoué dans Stripe : rien n’est reparti.`,
      },
      refund: begun.refund.id,
      charge: chosen.id,
      paymentIntent: chosen.payment_intent,
      amountMinor,
      currency: chosen.currency,
      events: [...begun.events, ...ended.events],
    };
  },
};
