import { z } from 'zod';
import { sheetSettings } from '../sheet-row-to-lead/settings.ts';
import { TYPE_FACTS, TYPES } from './column-types.ts';

/** What an admin sets of this flow. */
export const settings = z.object({
  ...sheetSettings,
  columns: z
    .array(z.object({ header: z.string().trim().max(500), field: z.string().trim().max(20) }))
    .max(200)
    .default([])
    .meta({
      titles: { en: 'Columns', fr: 'Colonnes' },
      hints: {
        en: 'Which columns are sent, and what each holds. Leave it empty, and all of them are entered here, with what the formats of the sheet’s cells say.',
        fr: 'Quelles colonnes sont envoyées, et ce que chacune contient. Laissez vide\u00a0: elles sont toutes inscrites ici, avec ce que disent les formats des cellules.',
      },
      empty: { en: 'all, by the formats of their cells', fr: 'toutes, selon le format de leurs cellules' },
      format: 'types',
      ownFields: Object.fromEntries(TYPES.map((type) => [type, TYPE_FACTS[type].words])),
      step: 'records',
    }),
  workspace: z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({
      titles: { en: 'Workspace of Zoho Analytics', fr: 'Espace de travail Zoho Analytics' },
      empty: { en: 'not chosen yet', fr: 'pas encore choisi' },
    }),
  table: z
    .string()
    .trim()
    .max(100)
    .default('')
    .meta({
      titles: { en: 'Table', fr: 'Table' },
      hints: {
        en: 'One of the workspace’s, or a name for a new one. Chosen columns that it does not have are added to it.',
        fr: 'L’une de celles de l’espace, ou un nom pour une nouvelle. Les colonnes choisies qu’elle n’a pas y sont ajoutées.',
      },
      empty: { en: 'not chosen yet', fr: 'pas encore choisie' },
    }),
  way: z
    .enum(['replace', 'update', 'append'])
    .default('replace')
    .meta({
      titles: { en: 'The rows of the sheet', fr: 'Les lignes du tableur' },
      hints: {
        en: 'Where they are added, each run adds all of them, and a column “Liaison import” says of when they are.',
        fr: 'Si elles sont ajoutées, chaque exécution les ajoute toutes, et une colonne «\u00a0Liaison import\u00a0» dit de quand elles datent.',
      },
      choices: {
        replace: { en: 'Replace those of the table', fr: 'Remplacent celles de la table' },
        update: {
          en: 'Update those that match, and add the others',
          fr: 'Mettent à jour celles qui correspondent, et ajoutent les autres',
        },
        append: { en: 'Are added to those of the table', fr: 'S’ajoutent à celles de la table' },
      },
    }),
  matching: z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({
      titles: { en: 'Columns that tell a row from others', fr: 'Colonnes qui distinguent une ligne' },
      hints: {
        en: 'Only to update: a row of the table with the same values in these columns is the same row. Several with commas between them.',
        fr: 'Seulement pour mettre à jour\u00a0: une ligne de la table avec les mêmes valeurs dans ces colonnes est la même. Plusieurs avec des virgules.',
      },
      empty: { en: 'no column', fr: 'pas de colonne' },
    }),
  every: z
    .enum(['hour', 'day', 'weekdays'])
    .default('day')
    .meta({
      titles: { en: 'How often', fr: 'Fréquence' },
      hints: {
        en: 'The first time is when it is turned on; turning it off and on again is a way to run it now. What came due while it could not run is done once.',
        fr: 'La première fois est à l’activation\u00a0; désactiver puis réactiver est une façon d’exécuter maintenant. Ce qui était prévu alors que rien ne pouvait être fait est fait une fois.',
      },
      choices: {
        hour: { en: 'Every hour', fr: 'Toutes les heures' },
        day: { en: 'Every day', fr: 'Tous les jours' },
        weekdays: { en: 'From Monday to Friday', fr: 'Du lundi au vendredi' },
      },
    }),
  hour: z
    .number()
    .int()
    .min(0)
    .max(23)
    .default(6)
    .meta({
      titles: { en: 'At this hour', fr: 'À cette heure' },
      hints: {
        en: 'From 0 to 23, on your organisation’s clocks. Not asked where it is every hour.',
        fr: 'De 0 à 23, à l’heure de votre organisation. Sans effet pour toutes les heures.',
      },
    }),
});

export type Settings = z.output<typeof settings>;
export type Way = Settings['way'];
