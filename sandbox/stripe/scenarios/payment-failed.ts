import { z } from 'zod';
import { type Scenario, ScenarioRefused } from '../../core/scenario.ts';
import { read } from '../../scenarios/parameters.ts';
import { spokenAmount } from '../../scenarios/spoken.ts';
import { DECLINE_CODES, failPayment, payAfterAll } from '../fail.ts';
import { newPayer } from '../pay.ts';
import { stripeTables } from '../rows.ts';
import { payment } from './parameters.ts';
import { personOfTheCompany } from './payer.ts';

const asked = payment.extend({
  /** Of a payment that failed before: it is tried once more. */
  payment: z.string().min(1).optional(),
  decline: z.enum(DECLINE_CODES).optional(),
});

export const paymentFailed: Scenario = {
  id: 'payment-failed',
  titles: { en: 'A card payment fails', fr: 'Un paiement par carte échoue' },
  parameters: asked,
  description: {
    en: 'A customer’s card is declined for want of money; Stripe sends signed events.',
    fr: 'La carte d’un client est refusée, provision insuffisante ; Stripe envoie des événements signés.',
  },
  async play(stage) {
    const wish = read(stage, asked);
    const desk = stage.desk('stripe');
    const usual = personOfTheCompany('juliette');
    const payer = wish.email === undefined ? usual : { email: wish.email, name: wish.email };
    const customer = wish.payment === undefined ? newPayer(desk, payer) : null;
    const tried = failPayment(
      desk,
      {
        amountMinor: wish.amountMinor ?? 24_900,
        currency: wish.currency ?? 'eur',
        description: 'Hébergement et suivi',
        decline: wish.decline ?? 'insufficient_funds',
      },
      customer,
      wish.payment,
    );
    const amount = spokenAmount(tried.intent.amount, tried.intent.currency);
    return {
      sentence: {
        en: `A payment of ${amount.en} failed in Stripe.`,
        fr: `Un paiement de ${amount.fr} a échoué dans Stripe.`,
      },
      payment: tried.intent.id,
      charge: tried.charge.id,
      events: tried.events,
    };
  },
};

export const paidAfterAll: Scenario = {
  id: 'payment-after-failure',
  titles: { en: 'A failed payment is paid after all', fr: 'Un paiement échoué est finalement réglé' },
  parameters: z.strictObject({ payment: z.string().min(1).optional() }),
  description: {
    en: 'The customer tries the last payment that failed with another card, and it is paid.',
    fr: 'Le client refait le dernier paiement échoué avec une autre carte, et il aboutit.',
  },
  async play(stage) {
    const desk = stage.desk('stripe');
    const { payment: wanted } = stage.parameters;
    const failed = stripeTables(desk)
      .paymentIntents.all()
      .findLast(({ id, status }) => status === 'requires_payment_method' && (wanted ?? id) === id);
    if (!failed)
      throw new ScenarioRefused('Stripe has no payment that failed. Play “A card payment fails” first.');
    const paid = payAfterAll(desk, failed.id);
    const amount = spokenAmount(paid.intent.amount, paid.intent.currency);
    return {
      sentence: {
        en: `The payment of ${amount.en} that had failed was paid.`,
        fr: `Le paiement de ${amount.fr} qui avait échoué a été réglé.`,
      },
      payment: paid.intent.id,
      charge: paid.charge.id,
      events: paid.events,
    };
  },
};
