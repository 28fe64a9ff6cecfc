import type { Connector } from '../../core/connector.ts';
import { googleAuthorisation } from '../families/google/authorisation.ts';
import { type GoogleSheetsClient, googleSheetsClient } from './client.ts';
import { classify } from './failures.ts';

/** The tab of a row, where its id tells it: `<spreadsheet>/gid-<tab>/<row>`. */
function rowUrl(id: string): string {
  const [spreadsheet = id, tab = ''] = id.split('/');
  const address = `https://docs.google.com/spreadsheets/d/${encodeURIComponent(spreadsheet)}`;
  const gid = /^gid-(\d+)$/.exec(tab)?.[1];
  return gid === undefined ? address : `${address}/edit#gid=${gid}`;
}

export const googleSheets: Connector<GoogleSheetsClient> = {
  id: 'google-sheets',
  titles: { en: 'Google Sheets', fr: 'Google Sheets' },
  mark: 'M3 2.5h10v11H3ZM3 6h10M3 9.7h10M7 6v7.5',
  authorisation: googleAuthorisation([
    {
      scope: 'https://www.googleapis.com/auth/spreadsheets.readonly',
      reason: {
        en: 'Read the sheets that you choose. Liaison cannot change them.',
        fr: 'Lire les feuilles que vous choisissez. Liaison ne peut pas les modifier.',
      },
    },
  ]),
  hosts: {
    'sheets.googleapis.com': 'google-sheets',
    'www.googleapis.com': 'google-accounts',
    'accounts.google.com': 'google-accounts',
    'oauth2.googleapis.com': 'google-accounts',
  },
  // https://developers.google.com/workspace/sheets/api/limits: reads a minute of one user.
  budgets: [{ calls: 60, perMs: 60_000 }],
  objects: [
    {
      id: 'googleSheets.rows',
      titles: { en: 'Row', fr: 'Ligne' },
      url: rowUrl,
      ownIds: true,
    },
  ],
  client: googleSheetsClient,
  identify: (client) => client.user(),
  classify,
};
