import { z } from 'zod';
import { placeField, templateField } from './message-settings.ts';
import type { Announcement } from './occasion.ts';
import { moduleField, stageField } from './record-settings.ts';

/** What an admin sets of this flow. */
export const settings = z.object({
  module: moduleField({
    en: 'Whose records are announced. One of your own is written by its API name (Setup › Developer Hub › APIs).',
    fr: 'Celui dont les fiches sont annoncées. L’un des vôtres s’écrit par son nom API (Paramètres › Espace développeur › API).',
  }),
  when: z
    .enum(['reached', 'created', 'edited'])
    .default('reached')
    .meta({
      titles: { en: 'When', fr: 'Quand' },
      hints: {
        en: 'Only deals have stages: records of other modules are announced when they are created.',
        fr: 'Seules les affaires ont des étapes\u00a0: les fiches des autres modules sont annoncées à leur création.',
      },
      step: 'records',
      choices: {
        reached: { en: 'A deal reaches the stage', fr: 'Une affaire atteint l’étape' },
        created: { en: 'A record is created', fr: 'Une fiche est créée' },
        edited: { en: 'A record is created or changed', fr: 'Une fiche est créée ou modifiée' },
      },
    }),
  stage: stageField({
    en: 'A stage of your CRM, for deals that reach it. A new name of it there is followed.',
    fr: 'Une étape de votre CRM, pour les affaires qui l’atteignent. Si elle y change de nom, Liaison suit.',
  }),
  place: placeField(''),
  template: templateField('🎉 {Deal_Name} - {Amount+Currency}, {Owner}', {
    en: 'What stands in braces is filled from the record: put fields in below. {Amount+Currency} is an amount with its record’s currency.',
    fr: 'Ce qui est entre accolades est rempli depuis la fiche\u00a0: insérez les champs ci-dessous. {Amount+Currency} est un montant avec la devise de sa fiche.',
  }),
});

type Settings = z.output<typeof settings>;

/** What they mean: only deals have a stage that they could reach. */
export const readSettings = (set: Settings): Announcement => ({
  ...set,
  when: set.when === 'reached' && set.module !== 'Deals' ? 'created' : set.when,
});
