import { z } from 'zod';
import { type Scenario, ScenarioRefused } from '../../core/scenario.ts';
import { read } from '../../scenarios/parameters.ts';
import { spokenAmount } from '../../scenarios/spoken.ts';
import { turnDispute } from '../disputes.ts';
import { stripeTables } from '../rows.ts';

const parameters = z.strictObject({
  dispute: z.string().min(1).optional(),
  lost: z.boolean().default(false),
});

export const stripeDisputeEnds: Scenario = {
  id: 'stripe-dispute-ends',
  titles: { en: 'A dispute is decided', fr: 'Une contestation est tranchée' },
  parameters,
  description: {
    en: 'The bank decides on the last dispute: won, its money and the fee come back; lost, they stay away.',
    fr: 'La banque tranche la dernière contestation : gagnée, l’argent et les frais reviennent ; perdue, ils restent partis.',
  },
  async play(stage) {
    const { dispute: wanted, lost } = read(stage, parameters);
    const desk = stage.desk('stripe');
    const open = stripeTables(desk)
      .disputes.all()
      .findLast(({ id, status }) => status !== 'won' && status !== 'lost' && (wanted ?? id) === id);
    if (!open)
      throw new ScenarioRefused('Stripe has no dispute that waits. Play “A payment is disputed” first.');
    const wish = { dispute: open.id };
    const back = lost ? [] : turnDispute(desk, { ...wish, turn: 'reinstated' }).events;
    const { events } = turnDispute(desk, { ...wish, turn: lost ? 'lost' : 'won' });
    const amount = spokenAmount(open.amount, open.currency);
    return {
      sentence: lost
        ? {
            en: `The dispute of ${amount.en} was lost.`,
            fr: `La contestation de ${amount.fr} est perdue.`,
          }
        : {
            en: `The dispute of ${amount.en} was won: the money is back.`,
            fr: `La contestation de ${amount.fr} est gagnée : l’argent est revenu.`,
          },
      dispute: open.id,
      charge: open.charge,
      events: [...back, ...events],
    };
  },
};
