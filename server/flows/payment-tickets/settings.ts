import { z } from 'zod';
import { DEFAULT_SUBJECT, places } from './texts.ts';

const wish = (isOn: boolean, en: string, fr: string) =>
  z.boolean().default(isOn).meta({ titles: { en, fr } });

/** Where tickets are opened: of every flow that opens some. */
export const departmentField = z
  .string()
  .trim()
  .max(200)
  .default('')
  .meta({
    titles: { en: 'Department', fr: 'Département' },
    hints: {
      en: 'Where tickets are opened. A new name of it there is followed.',
      fr: 'Où les tickets sont ouverts. S’il y change de nom, Liaison suit.',
    },
    empty: { en: 'the usual one', fr: 'celui par défaut' },
  });

/** With which priority. */
export const priorityField = z
  .string()
  .trim()
  .max(120)
  .default('')
  .meta({
    titles: { en: 'Priority', fr: 'Priorité' },
    hints: {
      en: 'Of a ticket that is opened. One that is there keeps its own.',
      fr: 'D’un ticket qui est ouvert. Un ticket déjà là garde la sienne.',
    },
    empty: { en: 'the one that Desk gives by itself', fr: 'celle que Desk donne de lui-même' },
  });

/** What an admin sets of this flow. */
export const settings = z.object({
  department: departmentField,
  failed: wish(true, 'For payments that fail', 'Pour les paiements échoués'),
  disputed: wish(true, 'For disputes', 'Pour les litiges'),
  refund: wish(false, 'For refunds', 'Pour les remboursements'),
  priority: priorityField,
  subject: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default(DEFAULT_SUBJECT)
    .meta({
      titles: { en: 'Subject', fr: 'Objet' },
      hints: {
        en: `What stands in braces is filled: ${places.written}.`,
        fr: `Ce qui est entre accolades est rempli\u00a0: ${places.written}.`,
      },
    }),
  introduction: z
    .string()
    .trim()
    .max(2_000)
    .default('')
    .meta({
      titles: { en: 'First lines of the ticket', fr: 'Premières lignes du ticket' },
      hints: {
        en: 'What your team is to do, for example. The same places are filled; the facts follow below.',
        fr: 'Par exemple ce que votre équipe doit faire. Les mêmes accolades sont remplies\u00a0; les faits suivent.',
      },
      empty: { en: 'no words of your own', fr: 'pas de texte à vous' },
    }),
  closeWhenPaid: z
    .boolean()
    .default(false)
    .meta({
      titles: { en: 'Close the ticket once all is paid', fr: 'Fermer le ticket une fois tout réglé' },
      hints: {
        en: 'A comment says so either way.',
        fr: 'Un commentaire le dit dans les deux cas.',
      },
    }),
  begin: z
    .enum(['new', 'month'])
    .default('new')
    .meta({
      titles: { en: 'To begin with', fr: 'Pour commencer' },
      hints: {
        en: 'What becomes of the payments that failed before it is turned on.',
        fr: 'Ce que deviennent les paiements échoués avant l’activation.',
      },
      atStart: true,
      choices: {
        new: { en: 'Only what comes from now on', fr: 'Seulement ce qui arrive désormais' },
        month: {
          en: 'What failed in the last thirty days and was not paid since, too',
          fr: 'Aussi ce qui a échoué ces trente derniers jours sans être réglé depuis',
        },
      },
    }),
});

export type Settings = z.output<typeof settings>;
