import type { VendorDesk } from '../core/simulator.ts';
import { SheetsRefusal } from './refusal.ts';
import { type SpreadsheetRow, sheetsTables } from './rows.ts';

/** A spreadsheet that the connected account may open. */
export function findSpreadsheet(desk: VendorDesk, id: string): SpreadsheetRow {
  const found = sheetsTables(desk).spreadsheets.get(id);
  if (!found) throw new SheetsRefusal(404, 'Requested entity was not found.');
  if (!found.shared) throw new SheetsRefusal(403, 'The caller does not have permission');
  return found;
}
