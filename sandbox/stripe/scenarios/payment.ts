import type { Scenario } from '../../core/scenario.ts';
import { payment } from './parameters.ts';
import { payByCard, purchaseAsked } from './pay-by-card.ts';
import { type Payer, unbilledContact } from './payer.ts';

export const stripePayment: Scenario = {
  id: 'stripe-payment',
  titles: { en: 'A customer pays by card', fr: 'Un client paie par carte' },
  parameters: payment,
  description: {
    en: 'A contact of the CRM whom Books does not know yet pays; Stripe sends signed events.',
    fr: 'Un contact du CRM que Books ne connaît pas encore paie ; Stripe envoie des événements signés.',
  },
  async play(stage) {
    const payer = (): Payer => unbilledContact(stage);
    const usual = { payer, amountMinor: 144_000, currency: 'eur', description: 'Maintenance annuelle' };
    return payByCard(stage, purchaseAsked(stage, usual));
  },
};
