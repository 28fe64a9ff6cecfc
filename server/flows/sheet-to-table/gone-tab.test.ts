import type { GoogleSheetsClient } from '../../connectors/google-sheets/client.ts';
import { asLiaisonError } from '../../core/errors.ts';
import { planSheet } from './sheet-plan.ts';

const client = {
  tabs: async () => ({
    ...{ title: 'Livre', locale: 'fr_FR', timeZone: 'Europe/Paris' },
    tabs: [{ gid: 2, title: 'Notes', index: 0, rowCount: 10, columnCount: 2 }],
  }),
} as unknown as GoogleSheetsClient;

it.each([
  [
    'as it was called when it was last read',
    '',
    'Ventes',
    'the tab “Ventes”',
    'plus l’onglet «\u00a0Ventes\u00a0»',
  ],
  [
    'and not as it was called before',
    'Sales',
    'Ventes',
    'the tab “Ventes”',
    'plus l’onglet «\u00a0Ventes\u00a0»',
  ],
  ['as it was chosen', 'Sales', undefined, 'the tab “Sales”', 'plus l’onglet «\u00a0Sales\u00a0»'],
] as const)('a tab that is gone is named, %s', async (_how, sheet, title, en, fr) => {
  const known = title === undefined ? null : { gid: 1, title, headers: [] };
  const planned = planSheet(client, { spreadsheetId: 'abc', sheet, columns: [] }, known);
  const { sentence } = asLiaisonError(await planned.catch((thrown: unknown) => thrown)).details;
  expect(sentence.en).toContain(`does not have ${en} any more. It has: “Notes”`);
  expect(sentence.fr).toContain(fr);
});
