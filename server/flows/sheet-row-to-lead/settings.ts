import { z } from 'zod';
import { parseColumns } from './columns.ts';

const DEFAULT_COLUMNS = [
  { header: 'Prénom', field: 'First_Name' },
  { header: 'Nom', field: 'Last_Name' },
  { header: 'E-mail', field: 'Email' },
  { header: 'Téléphone', field: 'Phone' },
  { header: 'Société', field: 'Company' },
  { header: 'Source', field: 'Lead_Source' },
  { header: 'Message', field: 'Description' },
];

/** The id out of a spreadsheet's address, where one was pasted. */
function spreadsheetIdOf(text: string): string {
  return /\/d\/([\w-]{10,})/.exec(text)?.[1] ?? text;
}

/** Which spreadsheet, and which of its tabs. */
export const sheetSettings = {
  spreadsheetId: z
    .string()
    .trim()
    .max(200)
    .default('')
    .transform(spreadsheetIdOf)
    .meta({
      titles: { en: 'Spreadsheet', fr: 'Tableur' },
      hints: {
        en: 'Open it in the browser, and paste its address from there.',
        fr: 'Ouvrez-le dans le navigateur, et collez ici son adresse.',
      },
      empty: { en: 'not chosen yet', fr: 'pas encore choisi' },
      step: 'records',
    }),
  sheet: z
    .string()
    .trim()
    .max(100)
    .default('')
    .meta({
      titles: { en: 'Tab', fr: 'Onglet' },
      hints: {
        en: 'Empty: the one that stands first now. It stays the same when it is renamed or moved.',
        fr: 'Vide\u00a0: celui qui est le premier aujourd’hui. Il reste le même s’il est renommé ou déplacé.',
      },
      empty: { en: 'the first tab', fr: 'le premier onglet' },
      step: 'records',
    }),
};

export const settings = z.object({
  ...sheetSettings,
  columns: z
    .union([
      // A row that is begun is in hand: it is refused where the settings are checked.
      z.array(z.object({ header: z.string().trim(), field: z.string().trim() })).max(200),
      // As earlier versions stored it.
      z.string(),
    ])
    .default(DEFAULT_COLUMNS)
    .transform((given) => (typeof given === 'string' ? parseColumns(given) : given))
    .meta({
      titles: { en: 'Columns', fr: 'Colonnes' },
      hints: {
        en: 'Which column of the sheet fills which field of the lead.',
        fr: 'Quelle colonne du tableur remplit quel champ du prospect.',
      },
      format: 'columns',
      fieldsOf: 'zoho-crm',
      step: 'records',
    }),
  contacts: z
    .enum(['leave', 'lead'])
    .default('leave')
    .meta({
      titles: { en: 'Whoever is a contact already', fr: 'Qui est déjà un contact' },
      hints: {
        en: 'By the e-mail address with the name; without one, by the phone number with the name. Whose lead was converted is the contact that it became.',
        fr: 'Par l’adresse e-mail et le nom\u00a0; sans elle, par le numéro de téléphone et le nom. Qui était un prospect converti est le contact qu’il est devenu.',
      },
      choices: {
        leave: { en: 'Becomes no lead', fr: 'Ne devient pas un prospect' },
        lead: { en: 'Becomes a lead, too', fr: 'Devient aussi un prospect' },
      },
    }),
  begin: z
    .enum(['new', 'all'])
    .default('new')
    .meta({
      titles: { en: 'To begin with', fr: 'Pour commencer' },
      hints: {
        en: 'What becomes of the rows that are there when a tab is read for the first time.',
        fr: 'Ce que deviennent les lignes déjà présentes quand un onglet est lu pour la première fois.',
      },
      atStart: true,
      choices: {
        new: {
          en: 'Only what comes from now on',
          fr: 'Seulement ce qui arrive désormais',
        },
        all: {
          en: 'The rows that are there, too',
          fr: 'Aussi les lignes déjà présentes',
        },
      },
    }),
  everySeconds: z
    .number()
    .int()
    .min(5)
    .max(86_400)
    .default(60)
    .meta({
      titles: { en: 'Look every (seconds)', fr: 'Regarder toutes les (secondes)' },
      hints: {
        en: 'Google allows 60 reads a minute for each user.',
        fr: 'Google permet 60 lectures par minute et par utilisateur.',
      },
    }),
});

export type Settings = z.output<typeof settings>;
