import type { Scenario } from '../../core/scenario.ts';
import { payment } from './parameters.ts';
import { payByCard, purchaseAsked } from './pay-by-card.ts';
import { type Payer, personOfTheCompany } from './payer.ts';

export const stripePaymentJpy: Scenario = {
  id: 'stripe-payment-jpy',
  titles: { en: 'A customer pays in yen', fr: 'Un client paie en yens' },
  parameters: payment,
  description: {
    en: 'A customer in Kyoto pays ¥49,900: a currency without a smaller unit, where 49900 means 49900.',
    fr: 'Une cliente de Kyoto paie 49 900 ¥ : une monnaie sans centimes, où 49900 veut dire 49900.',
  },
  async play(stage) {
    const payer = (): Payer => personOfTheCompany('haruka');
    const usual = { payer, amountMinor: 49_900, currency: 'jpy', description: '写真撮影' };
    return payByCard(stage, purchaseAsked(stage, usual));
  },
};
