import { z } from 'zod';

/** What an admin sets of this flow. */
export const settings = z.object({
  channel: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .default('#ventes')
    .meta({
      titles: { en: 'Slack channel', fr: 'Canal Slack' },
      hints: { en: 'Name of the channel, with its #.', fr: 'Nom du canal, avec son #.' },
    }),
  template: z
    .string()
    .trim()
    .min(1)
    .max(3_000)
    .default('🎉 Deal gagné ! {Deal_Name} - {Amount}€ par {Owner}')
    .meta({
      titles: { en: 'Message', fr: 'Message' },
      hints: {
        en: 'Names of deal fields in braces are filled from the record.',
        fr: 'Les noms de champs de l’affaire entre accolades sont remplis depuis l’enregistrement.',
      },
    }),
  wonStage: z
    .string()
    .trim()
    .min(1)
    .default('Closed Won')
    .meta({
      titles: { en: 'Won stage', fr: 'Étape gagnée' },
      hints: { en: 'The value of Stage that means won.', fr: 'La valeur de Stage qui veut dire gagnée.' },
    }),
});

export type Settings = z.output<typeof settings>;
