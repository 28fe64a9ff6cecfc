import { type Scenario, ScenarioRefused } from '../../core/scenario.ts';
import { spokenAmount } from '../../scenarios/spoken.ts';
import { payOut } from '../balance.ts';

export const stripePayout: Scenario = {
  id: 'stripe-payout',
  titles: { en: 'Stripe pays out to the bank', fr: 'Stripe verse à la banque' },
  description: {
    en: 'All that is available on Stripe’s balance goes to the bank: payments of seven days ago and earlier, less refunds and fees.',
    fr: 'Tout ce qui est disponible sur le solde Stripe part à la banque : les paiements d’il y a sept jours et plus, moins remboursements et commissions.',
  },
  expect: {
    en: 'Liaison’s Money shows at the next check what the payout consists of.',
    fr: 'L’écran Argent de Liaison montre à la prochaine vérification ce que contient le versement.',
  },
  async play(stage) {
    try {
      const { payout } = payOut(stage.desk('stripe'));
      const amount = spokenAmount(payout.amount, payout.currency);
      return {
        sentence: {
          en: `${amount.en} are on their way from Stripe to the bank.`,
          fr: `${amount.fr} sont en route de Stripe vers la banque.`,
        },
        payout: payout.id,
        amountMinor: payout.amount,
      };
    } catch (thrown) {
      throw new ScenarioRefused(thrown instanceof Error ? thrown.message : String(thrown));
    }
  },
};
