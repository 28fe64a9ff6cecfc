import type { Scenario } from '../../core/scenario.ts';
import { nothing, read } from '../../scenarios/parameters.ts';
import { spokenAmount } from '../../scenarios/spoken.ts';
import { credit, takeOwnFee } from '../balance.ts';
import { emit } from '../events.ts';
import { newPayer, settle } from '../pay.ts';
import { payment } from './parameters.ts';
import { personOfTheCompany } from './payer.ts';

/** With asynchronous capture the fee comes after the payment: https://docs.stripe.com/payments/payment-intents/asynchronous-capture */
export const stripeFeeLater: Scenario = {
  id: 'stripe-fee-later',
  titles: { en: 'Stripe tells a fee later', fr: 'Stripe annonce des frais plus tard' },
  parameters: payment,
  description: {
    en: 'A payment succeeds before Stripe knows what it keeps of it; the fee is told a moment later.',
    fr: 'Un paiement aboutit avant que Stripe sache ce qu’il en retient ; les frais sont annoncés un instant plus tard.',
  },
  async play(stage) {
    const { email, amountMinor = 12_000, currency = 'eur' } = read(stage, payment);
    const desk = stage.desk('stripe');
    const payer = newPayer(desk, email === undefined ? personOfTheCompany('juliette') : { email });
    const { intent, charge } = settle(desk, { amountMinor, currency, description: 'Hébergement' }, payer);
    const told = emit(desk, { type: 'payment_intent.succeeded', object: intent });
    const credited = credit(desk, charge);
    const previous = { balance_transaction: null };
    const later = emit(desk, { type: 'charge.updated', object: credited, previous });
    const amount = spokenAmount(amountMinor, currency);
    return {
      sentence: {
        en: `${amount.en} were paid through Stripe, and its fee was told after it.`,
        fr: `${amount.fr} ont été payés avec Stripe, et ses frais annoncés ensuite.`,
      },
      paymentIntent: intent.id,
      charge: charge.id,
      events: [told, later],
    };
  },
};

export const stripeOwnFee: Scenario = {
  id: 'stripe-own-fee',
  titles: { en: 'Stripe charges for a service', fr: 'Stripe facture un service' },
  description: {
    en: 'Stripe takes a fee for a service of its own off the balance, which no event tells.',
    fr: 'Stripe prélève sur le solde le prix d’un de ses services, qu’aucun événement n’annonce.',
  },
  expect: {
    en: 'Liaison’s Money names it at the next check, where the integration records fees: open it there, and ask for one.',
    fr: 'L’écran Argent de Liaison le nomme à la prochaine vérification, si l’intégration enregistre les frais : ouvrez-le et demandez-en une.',
  },
  async play(stage) {
    read(stage, nothing);
    const amountMinor = 250;
    takeOwnFee(stage.desk('stripe'), { amountMinor, description: 'Radar' });
    const amount = spokenAmount(amountMinor, 'eur');
    return {
      sentence: {
        en: `Stripe took ${amount.en} for a service.`,
        fr: `Stripe a prélevé ${amount.fr} pour un service.`,
      },
      amountMinor,
    };
  },
};
