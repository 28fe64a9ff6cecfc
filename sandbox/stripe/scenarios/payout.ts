import { z } from 'zod';
import { type Scenario, ScenarioRefused } from '../../core/scenario.ts';
import { read } from '../../scenarios/parameters.ts';
import { spokenAmount } from '../../scenarios/spoken.ts';
import { endPayout, payOut } from '../balance.ts';

const parameters = z.strictObject({
  /** Whether the bank sends it back. */
  fails: z.boolean().default(false),
});

export const stripePayout: Scenario = {
  id: 'stripe-payout',
  titles: { en: 'Stripe pays out to the bank', fr: 'Stripe verse l’argent à la banque' },
  parameters,
  description: {
    en: 'All that is available on the balance goes to the bank: what was paid a week ago or before.',
    fr: 'Tout ce qui est disponible sur le solde part à la banque : ce qui a été payé il y a une semaine ou plus.',
  },
  expect: {
    en: 'Liaison’s Money shows at the next check what the payout consists of.',
    fr: 'L’écran Argent de Liaison montre à la prochaine vérification ce que contient le versement.',
  },
  async play(stage) {
    const { fails } = read(stage, parameters);
    const desk = stage.desk('stripe');
    const { payout } = made(() => payOut(desk));
    const paid = endPayout(desk, { payout: payout.id, status: 'paid' });
    const failed = fails ? endPayout(desk, { payout: payout.id, status: 'failed' }) : { events: [] };
    const amount = spokenAmount(payout.amount, payout.currency);
    return {
      sentence: fails
        ? {
            en: `Stripe paid ${amount.en} out to the bank, which sent it back.`,
            fr: `Stripe a versé ${amount.fr} à la banque, qui les a renvoyés.`,
          }
        : {
            en: `Stripe paid ${amount.en} out to the bank.`,
            fr: `Stripe a versé ${amount.fr} à la banque.`,
          },
      payout: payout.id,
      amountMinor: payout.amount,
      currency: payout.currency,
      events: [...paid.events, ...failed.events],
    };
  },
};

/** Nothing may be available yet: whoever plays is told. */
function made<Made>(work: () => Made): Made {
  try {
    return work();
  } catch (refusal) {
    throw new ScenarioRefused(refusal instanceof Error ? refusal.message : String(refusal));
  }
}
