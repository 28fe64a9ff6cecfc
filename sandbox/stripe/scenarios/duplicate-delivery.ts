import type { Scenario } from '../../core/scenario.ts';
import { payByCard, purchaseAsked } from './pay-by-card.ts';
import { type Payer, unbilledContact } from './payer.ts';

export const duplicateDelivery: Scenario = {
  id: 'duplicate-delivery',
  titles: { en: 'A payment is announced twice', fr: 'Un paiement est annoncé deux fois' },
  description: {
    en: 'A customer pays, and Stripe delivers each event of it twice, as it sometimes does.',
    fr: 'Un client paie, et Stripe livre chaque événement deux fois, comme cela lui arrive.',
  },
  async play(stage) {
    const desk = stage.desk('stripe');
    const stuttering: typeof desk = {
      ...desk,
      deliver(delivery) {
        desk.deliver(delivery);
        desk.deliver(delivery);
      },
    };
    const payer = (): Payer => unbilledContact(stage);
    const usual = { payer, amountMinor: 78_000, currency: 'eur', description: 'Journée de prise de vue' };
    const done = payByCard(stage, purchaseAsked(stage, usual), stuttering);
    return {
      ...done,
      sentence: {
        en: `${done.sentence.en} Stripe sends each of its events twice.`,
        fr: `${done.sentence.fr} Stripe envoie chacun de ses événements deux fois.`,
      },
    };
  },
};
