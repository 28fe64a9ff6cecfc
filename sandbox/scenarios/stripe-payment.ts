import { type Scenario, ScenarioRefused, type Stage } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { pay } from '../stripe/pay.ts';
import { payment, read } from './parameters.ts';
import { type Payer, personOfTheCompany, unbilledContact } from './payer.ts';
import { type Said, spokenAmount } from './spoken.ts';

export interface Payment {
  readonly sentence: Said;
  readonly paymentIntent: string;
  readonly charge: string;
  readonly customer: string | null;
  readonly email: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly events: readonly string[];
}

interface Purchase {
  readonly payer: Payer;
  readonly amountMinor: number;
  readonly currency: string;
  readonly description: string;
}

/** Somebody pays by card. @param desk Stripe's, where it is not the stage's own. */
export function payByCard(
  stage: Stage,
  purchase: Purchase,
  desk: VendorDesk = stage.desk('stripe'),
): Payment {
  const { payer, amountMinor, currency, description } = purchase;
  const { intent, charge, customer, events } = pay(desk, { ...payer, amountMinor, currency, description });
  const spoken = spokenAmount(amountMinor, currency);
  return {
    sentence: {
      en: `${payer.name} (${payer.email}) paid ${spoken.en} by card through Stripe.`,
      fr: `${payer.name} (${payer.email}) a payé ${spoken.fr} par carte avec Stripe.`,
    },
    paymentIntent: intent.id,
    charge: charge.id,
    customer: customer?.id ?? null,
    email: payer.email,
    amountMinor,
    currency: currency.toLowerCase(),
    events,
  };
}

/** The purchase that the call asks for, with what it leaves open taken from elsewhere. */
export function purchaseAsked(
  stage: Stage,
  otherwise: Omit<Purchase, 'payer'> & { readonly payer: () => Payer },
): Purchase {
  const asked = read(stage, payment);
  return {
    payer: asked.email === undefined ? otherwise.payer() : { email: asked.email, name: asked.email },
    amountMinor: asked.amountMinor ?? otherwise.amountMinor,
    currency: currencyOf(asked.currency ?? otherwise.currency),
    description: otherwise.description,
  };
}

function currencyOf(code: string): string {
  if (Intl.supportedValuesOf('currency').includes(code.toUpperCase())) return code.toLowerCase();
  throw new ScenarioRefused(`There is no currency ${code.toUpperCase()}.`);
}

export const stripePayment: Scenario = {
  id: 'stripe-payment',
  titles: { en: 'A customer pays by card', fr: 'Un client paie par carte' },
  description: {
    en: 'A contact of the CRM whom Books does not know yet pays; Stripe sends signed events. Optional: email, amountMinor, currency.',
    fr: 'Un contact du CRM que Books ne connaît pas encore paie ; Stripe envoie des événements signés. Facultatif : email, amountMinor, currency.',
  },
  async play(stage) {
    const payer = (): Payer => unbilledContact(stage);
    const usual = { payer, amountMinor: 144_000, currency: 'eur', description: 'Maintenance annuelle' };
    return payByCard(stage, purchaseAsked(stage, usual));
  },
};

export const stripePaymentJpy: Scenario = {
  id: 'stripe-payment-jpy',
  titles: { en: 'A customer pays in yen', fr: 'Un client paie en yens' },
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
