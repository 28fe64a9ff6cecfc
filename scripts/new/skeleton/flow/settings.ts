import { z } from 'zod';

/** What an admin sets of this flow: every setting has a value to begin with. */
export const settings = z.object({
  // To fill in: the settings, in words for whoever sees the form.
  prefix: z
    .string()
    .trim()
    .max(100)
    .default('')
    .meta({
      titles: { en: 'Begins with', fr: 'Commence par' },
      hints: {
        en: 'Only contacts whose last name begins so. Empty: all of them.',
        fr: 'Seulement les contacts dont le nom commence ainsi. Vide : tous.',
      },
      empty: { en: 'any name', fr: 'tous les noms' },
    }),
});

export type Settings = z.output<typeof settings>;
