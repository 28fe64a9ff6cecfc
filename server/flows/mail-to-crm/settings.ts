import { z } from 'zod';

/** What an admin sets of this flow. */
export const settings = z.object({
  attachments: z
    .boolean()
    .default(true)
    .meta({
      titles: { en: 'With attachments', fr: 'Avec les pièces jointes' },
      hints: {
        en: 'Attachments are put beside the e-mail, up to 20 files of 20 MB. They count in the CRM’s storage.',
        fr: 'Les pièces jointes accompagnent l’e-mail, jusqu’à 20 fichiers de 20 Mo. Elles comptent dans l’espace du CRM.',
      },
    }),
});

export type Settings = z.output<typeof settings>;
