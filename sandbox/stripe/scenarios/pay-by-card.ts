import { ScenarioRefused, type Stage } from '../../core/scenario.ts';
import type { VendorDesk } from '../../core/simulator.ts';
import { read } from '../../scenarios/parameters.ts';
import { type Said, spokenAmount } from '../../scenarios/spoken.ts';
import { pay } from '../pay.ts';
import { payment } from './parameters.ts';
import type { Payer } from './payer.ts';

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
