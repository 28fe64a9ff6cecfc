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
      hints: { en: 'The channel that messages go to.', fr: 'Le canal où vont les messages.' },
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
        en: 'What stands in braces is filled from the deal: put fields in below. {Amount+Currency} is the amount with its deal’s currency.',
        fr: 'Ce qui est entre accolades est rempli depuis l’affaire\u00a0: insérez les champs ci-dessous. {Amount+Currency} est le montant avec la devise de l’affaire.',
      },
    }),
  wonStage: z
    .string()
    .trim()
    .min(1)
    .default('Closed Won')
    .meta({
      titles: { en: 'Won stage', fr: 'Étape gagnée' },
      hints: {
        en: 'The stage of your CRM that means won. A new name of it there is followed.',
        fr: 'L’étape de votre CRM qui veut dire gagnée. Si elle y change de nom, Liaison suit.',
      },
      step: 'records',
    }),
});
