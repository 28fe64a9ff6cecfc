import { z } from 'zod';
import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { defineAutomation } from '../../core/flow.ts';
import { parseColumns } from './columns.ts';
import { pollRows } from './poll-rows.ts';
import { rowToLead } from './row-to-lead.ts';

const DEFAULT_COLUMNS = [
  'Prénom = First_Name',
  'Nom = Last_Name',
  'E-mail = Email',
  'Téléphone = Phone',
  'Société = Company',
  'Source = Lead_Source',
  'Message = Description',
].join('\n');

const settings = z.object({
  spreadsheetId: z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({
      titles: { en: 'Spreadsheet id', fr: 'Identifiant du tableur' },
      hints: {
        en: 'The long part of the sheet’s address, between /d/ and /edit.',
        fr: 'La longue partie de l’adresse du tableur, entre /d/ et /edit.',
      },
      empty: { en: 'not chosen yet', fr: 'pas encore choisi' },
    }),
  sheet: z
    .string()
    .trim()
    .max(100)
    .default('')
    .meta({
      titles: { en: 'Sheet', fr: 'Feuille' },
      hints: {
        en: 'Name of the tab; empty: the first one.',
        fr: 'Nom de l’onglet ; vide : le premier.',
      },
      empty: { en: 'the first tab', fr: 'le premier onglet' },
    }),
  columns: z
    .string()
    .default(DEFAULT_COLUMNS)
    .refine((text) => parseColumns(text).some((column) => column.field === 'Last_Name'), {
      message: 'One line must fill Last_Name, which every lead needs. / Une ligne doit remplir Last_Name.',
    })
    .meta({
      titles: { en: 'Columns', fr: 'Colonnes' },
      hints: {
        en: 'One line per column: header in the sheet = field of the lead.',
        fr: 'Une ligne par colonne : en-tête du tableur = champ du prospect.',
      },
      format: 'multiline',
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

export const sheetRowToLead = defineAutomation({
  kind: 'automation',
  id: 'sheet-row-to-lead',
  titles: { en: 'Sheet rows to leads', fr: 'Lignes de tableur vers prospects' },
  direction: {
    en: 'Each new row of a Google Sheet becomes a lead in Zoho CRM; a row that is corrected corrects its lead.',
    fr: 'Chaque nouvelle ligne d’un tableur Google devient un prospect dans Zoho CRM ; une ligne corrigée corrige son prospect.',
  },
  native: {
    en: 'Zoho Flow offers “row added” for Google Sheets, which makes a new lead of every edit and forgets rows it was not told of. Use it when rows are never corrected.',
    fr: 'Zoho Flow propose « ligne ajoutée » pour Google Sheets, qui crée un prospect à chaque modification et oublie les lignes non signalées. Utilisez-le si les lignes ne sont jamais corrigées.',
  },
  connectors: ['google-sheets', 'zoho-crm'],
  settings,
  trigger: {
    kind: 'poll',
    connector: 'google-sheets',
    everySeconds: (values: Settings) => values.everySeconds,
    poll: ({ client, settings: values, cursor }) => pollRows(client(googleSheets), values, cursor),
    record: (event) => (event.recordId === null ? null : { object: 'googleSheets.rows', id: event.recordId }),
  },
  steps: {
    update: {
      titles: { en: 'Correct the lead', fr: 'Corriger le prospect' },
      connector: 'zoho-crm',
      effect: 'keyed',
    },
    upsert: {
      titles: {
        en: 'Create the lead, or update the one with this e-mail',
        fr: 'Créer le prospect, ou mettre à jour celui qui a cet e-mail',
      },
      connector: 'zoho-crm',
      effect: 'keyed',
    },
    create: {
      titles: { en: 'Create the lead (no e-mail)', fr: 'Créer le prospect (sans e-mail)' },
      connector: 'zoho-crm',
      effect: 'lookup',
    },
  },
  run: rowToLead,
});
