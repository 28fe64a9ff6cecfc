import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import { fillableFields } from '../../connectors/zoho-crm/fillable-fields.ts';
import { defineAutomation } from '../../core/flow.ts';
import type { Step } from './lead-of-row.ts';
import { pollRows } from './poll-rows.ts';
import { previewRows } from './preview-rows.ts';
import { rowFilter } from './row-filter.ts';
import { rowToLead } from './row-to-lead.ts';
import { columns, crmFields, sheetColumns, spreadsheet, tab } from './setting-sources.ts';
import { type Settings, settings } from './settings.ts';
import { rowTrial } from './try-row.ts';

export const sheetRowToLead = defineAutomation<Settings, Step>({
  kind: 'automation',
  id: 'sheet-row-to-lead',
  titles: { en: 'Sheet rows to leads', fr: 'Lignes de tableur vers prospects' },
  direction: {
    en: 'Each new row of a Google Sheet becomes a lead in Zoho CRM; a row that is corrected corrects its lead.',
    fr: 'Chaque nouvelle ligne d’un tableur Google devient un prospect dans Zoho CRM\u00a0; une ligne corrigée corrige son prospect.',
  },
  native: {
    en: 'Zoho Flow offers “row added” for Google Sheets, which makes a new lead of every edit and forgets rows it was not told of. Use it when rows are never corrected.',
    fr: 'Zoho Flow propose «\u00a0ligne ajoutée\u00a0» pour Google Sheets, qui crée un prospect à chaque modification et oublie les lignes non signalées. Utilisez-le si les lignes ne sont jamais corrigées.',
  },
  purpose: 'leads',
  nativePage: 'https://help.zoho.com/portal/en/kb/flow/user-guide/create-a-flow/articles/app-trigger',
  roles: { source: { connector: 'google-sheets' }, target: { connector: 'zoho-crm' } },
  settings,
  vendorSettings: {
    spreadsheetId: spreadsheet,
    sheet: tab,
    columns,
    // What the two sides of a column are chosen from.
    'columns.header': sheetColumns,
    'columns.field': crmFields,
  },
  filter: rowFilter,
  preview: previewRows,
  trial: rowTrial,
  trigger: {
    kind: 'poll',
    connector: 'google-sheets',
    everySeconds: (values: Settings) => values.everySeconds,
    poll: ({ client, open, settings: values, cursor }) =>
      pollRows(client(googleSheets), values, cursor, async () => {
        try {
          return fillableFields(await (await open(zohoCrm)).fields('Leads'));
        } catch {
          // The sheet is read whether or not the CRM answers: each row then asks for itself, and is tried again.
          return null;
        }
      }),
    record: (event) => (event.recordId === null ? null : { object: 'googleSheets.rows', id: event.recordId }),
  },
  steps: {
    fields: {
      titles: { en: 'Read what the lead’s fields take', fr: 'Lire ce que les champs du prospect acceptent' },
      connector: 'zoho-crm',
      effect: 'read',
    },
    look: {
      titles: { en: 'Look for the lead with this e-mail', fr: 'Chercher le prospect qui a cet e-mail' },
      connector: 'zoho-crm',
      effect: 'read',
    },
    contact: {
      titles: {
        en: 'Look whether they are a contact already',
        fr: 'Chercher si c’est déjà un contact',
      },
      connector: 'zoho-crm',
      effect: 'read',
    },
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
