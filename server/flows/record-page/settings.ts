import { z } from 'zod';
import { pastedId } from '../../connectors/notion/ids.ts';
import { moduleField, stageField } from '../announce/record-settings.ts';
import { ADDRESS, ADDRESS_TITLES } from './crm-values.ts';

/** Which property takes which field: by its name as people see it, and by the id that stays when it is renamed. */
export interface MappedProperty {
  readonly header: string;
  readonly field: string;
  readonly id?: string | undefined;
}

/** What an admin sets of this flow. */
export const settings = z.object({
  module: moduleField({
    en: 'Whose records get a page. One of your own is written by its API name (Setup › Developer Hub › APIs).',
    fr: 'Celui dont les fiches ont une page. L’un des vôtres s’écrit par son nom API (Paramètres › Espace développeur › API).',
  }),
  begin: z
    .enum(['always', 'stage'])
    .default('always')
    .meta({
      titles: { en: 'A page is made', fr: 'Une page est créée' },
      hints: {
        en: 'When it is created or changed, or reaches the stage below; every later change is carried over. Only deals have stages.',
        fr: 'Quand elle est créée ou modifiée, ou atteint l’étape ci-dessous\u00a0; chaque changement ultérieur est reporté. Seules les affaires ont des étapes.',
      },
      step: 'records',
      choices: {
        always: { en: 'For every record', fr: 'Pour chaque fiche' },
        stage: { en: 'From a stage on', fr: 'À partir d’une étape' },
      },
    }),
  stage: stageField({
    en: 'A stage of your CRM. A new name of it there is followed.',
    fr: 'Une étape de votre CRM. Si elle y change de nom, Liaison suit.',
  }),
  lostStage: z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({
      titles: {
        en: 'Stage at which the page goes to the trash',
        fr: 'Étape à laquelle la page va à la corbeille',
      },
      hints: {
        en: 'For deals that are lost. A deal that leaves this stage gets its page back.',
        fr: 'Pour les affaires perdues. Une affaire qui quitte cette étape retrouve sa page.',
      },
      empty: { en: 'pages stay', fr: 'les pages restent' },
      step: 'records',
    }),
  dataSource: z
    .string()
    .trim()
    // An address may be longer than what people type: it is a line all the same.
    .refine((text) => text.length <= 1_000)
    .default('')
    .transform((text) => pastedId(text) ?? text)
    .meta({
      titles: { en: 'Database in Notion', fr: 'Base de données dans Notion' },
      hints: {
        en: 'One of those that are shared with Liaison, or its address, pasted from the browser.',
        fr: 'L’une de celles partagées avec Liaison, ou son adresse, collée depuis le navigateur.',
      },
      empty: { en: 'not chosen yet', fr: 'pas encore choisie' },
    }),
  properties: z
    .array(
      z.object({
        // A row that is begun is asked about, too: it is refused where the settings are checked.
        header: z.string().trim().max(500),
        field: z.string().trim().max(100),
        id: z.string().max(200).optional(),
      }),
    )
    .max(100)
    .default([])
    .meta({
      titles: { en: 'Properties', fr: 'Propriétés' },
      hints: {
        en: 'Which property of the page takes which field of the record. The title is the record’s name unless another field is chosen for it.',
        fr: 'Quelle propriété de la page reçoit quel champ de la fiche. Le titre est le nom de la fiche, sauf si un autre champ est choisi pour lui.',
      },
      empty: { en: 'the title alone', fr: 'le titre seul' },
      format: 'properties',
      fieldsOf: 'zoho-crm',
      ownFields: { [ADDRESS]: ADDRESS_TITLES },
    }),
  idProperty: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .default('Zoho CRM ID')
    .meta({
      titles: { en: 'Property for the record’s id', fr: 'Propriété de l’identifiant de la fiche' },
      hints: {
        en: 'A text property by which each page is found again. Where the database has none of this name it is made.',
        fr: 'Une propriété de texte qui permet de retrouver chaque page. Si la base n’en a pas de ce nom, elle est créée.',
      },
    }),
  body: z
    .string()
    .max(10_000)
    .default('')
    .meta({
      titles: { en: 'Text of the page', fr: 'Texte de la page' },
      hints: {
        en: 'Written once, when the page is made, so that what people add there stays. Each line is a paragraph; # begins a heading, - an item of a list. What stands in braces is filled from the record.',
        fr: 'Écrit une fois, à la création de la page, pour que ce que vous y ajoutez reste. Chaque ligne est un paragraphe\u00a0; # commence un titre, - un élément de liste. Ce qui est entre accolades est rempli depuis la fiche.',
      },
      empty: { en: 'the page is empty', fr: 'la page est vide' },
      format: 'multiline',
    }),
  whenGone: z
    .enum(['leave', 'make'])
    .default('leave')
    .meta({
      titles: {
        en: 'If somebody deletes the page in Notion',
        fr: 'Si quelqu’un supprime la page dans Notion',
      },
      hints: {
        en: 'At the next change of the record. Either way the log says so.',
        fr: 'Au prochain changement de la fiche. Dans les deux cas, le journal le dit.',
      },
      choices: {
        leave: { en: 'Leave it so', fr: 'La laisser ainsi' },
        make: { en: 'Make it anew', fr: 'La recréer' },
      },
    }),
});

export type Settings = z.output<typeof settings>;

/** Only deals have stages. */
export const ofDeals = ({ module }: Pick<Settings, 'module'>): boolean => module === 'Deals';
