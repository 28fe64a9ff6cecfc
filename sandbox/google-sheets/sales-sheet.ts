import { accounts, company } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type Cell, putCells, sheetsTables } from './rows.ts';
import { serialOf } from './shown-text.ts';
import { newSheet } from './spreadsheets.ts';

/** The team's own list of sales, which an analyst wants as a table. The same after every reset. */
export const SALES_SPREADSHEET_ID = '1LumenVentes2026kT4wQe8mZxYv0pRrUiOaSdFgHjKlBnC';
export const SALES_SHEET = 'Ventes';
/** A tab that people fill by hand, as they please. */
export const TYPED_SHEET_ID = 730_114_209;
const TYPED_SHEET = 'Saisie libre';

const HEADER = ['Numéro', 'Date', 'Client', 'Quantité', 'Montant', 'Payée', 'Relevé le'];
const ROWS = 240;

const day = (number: number): Cell => ({ number, format: 'DATE' });
const money = (number: number): Cell => ({ number, format: 'CURRENCY' });

/** One sale: numbers that begin with zeros, days, amounts with cents. */
function sale(index: number): Cell[] {
  const serial = serialOf(2026, 1, 5) + Math.floor(index * 1.3);
  const quantity = 1 + (index % 12);
  return [
    String(index + 1).padStart(5, '0'),
    day(serial),
    accounts[index % accounts.length]?.name ?? '',
    quantity,
    money(Math.round(quantity * (1_990 + (index % 37) * 55)) / 100),
    index % 5 !== 0,
    { number: serial + 0.375 + (index % 8) / 24, format: 'DATE_TIME' },
  ];
}

/** What people type where no format helps them: some of it can be read, some must not be guessed. */
const TYPED: readonly (readonly Cell[])[] = [
  ['Référence', 'Jour', 'Montant', 'Remarque'],
  ['00042', '13.03.21', '1 234,5', 'Par téléphone'],
  ['00043', '01 NOV 2021', 99, null],
  ['00044', '03/13/2021', '12', 'Écrit par un collègue de Boston'],
  ['00045', '2026-02-30', '12', 'Ce jour n’existe pas'],
  ['00046', day(serialOf(2021, 3, 14)), '12.50', 'Un point au lieu d’une virgule'],
  [{ number: 447_900_000_000, format: 'SCIENTIFIC' }, day(serialOf(2021, 3, 15)), 12, 'Chiffres perdus'],
  ['00048', 44_270, 12, 'Un nombre, pas une date'],
  ['00049', day(serialOf(2021, 3, 16)), 12, "=cmd|' /C calc'!A0"],
  ['00050', day(serialOf(2021, 3, 17)), { error: 'DIVIDE_BY_ZERO' }, null],
];

export function seedSales(desk: VendorDesk): void {
  sheetsTables(desk).spreadsheets.put(SALES_SPREADSHEET_ID, {
    id: SALES_SPREADSHEET_ID,
    title: 'Ventes 2026',
    locale: 'fr_FR',
    timeZone: company.timeZone,
    shared: true,
    sheets: [newSheet(SALES_SHEET, 0), newSheet(TYPED_SHEET, TYPED_SHEET_ID)],
  });
  const sales = Array.from({ length: ROWS }, (_, index) => sale(index));
  putCells(desk, SALES_SPREADSHEET_ID, 0, [HEADER, ...sales]);
  putCells(desk, SALES_SPREADSHEET_ID, TYPED_SHEET_ID, TYPED);
}
