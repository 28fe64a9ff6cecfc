import { company, leads } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type Cell, putCells, sheetsTables } from './rows.ts';
import { seedSales } from './sales-sheet.ts';
import { newSheet } from './spreadsheets.ts';

/** The same after every reset, so that a flow that was set to it goes on. */
export const LEADS_SPREADSHEET_ID = '1LumenLeadsSiteWeb7uQe2mKxv0pRzYtW4hJcDaSf9';
export const LEADS_SHEET = 'Leads';
/** Belongs to someone else: reading it is refused. */
export const PRIVATE_SPREADSHEET_ID = '1LumenSalaires5nBq8wXe3LkVrTzGyHcJdMfPs0Aa2';

const HEADER = ['Prénom', 'Nom', 'E-mail', 'Téléphone', 'Société', 'Source', 'Message'];
const SOURCE = 'Web Site';

/** People who wrote through the site and are in no other program yet. */
const NEWCOMERS: readonly (readonly Cell[])[] = [
  [
    'Éloïse',
    'Tran-Garnier',
    'eloise@atelier-garnier.example',
    '+33 6 39 98 50 01',
    'Atelier Garnier',
    SOURCE,
    'Bonjour, nous ouvrons en mars et il nous faut un site.',
  ],
  [
    'Mehdi',
    'Ait Ouarab',
    'mehdi@ait-couverture.example',
    null,
    'Aït Couverture',
    SOURCE,
    'Devis pour 5 pages, merci.',
  ],
  [
    'Ségolène',
    'de Brébœuf',
    'segolene@gite-breboeuf.example',
    '+33 4 65 71 50 03',
    'Gîte de Brébœuf',
    SOURCE,
    'Réservation en ligne possible ?',
  ],
];

/** The spreadsheet that the form on the company's site fills, and one that is not shared. */
export function seed(desk: VendorDesk): void {
  const { spreadsheets } = sheetsTables(desk);
  const place = { locale: 'fr_FR', timeZone: company.timeZone };
  spreadsheets.put(LEADS_SPREADSHEET_ID, {
    id: LEADS_SPREADSHEET_ID,
    title: 'Leads site web',
    ...place,
    shared: true,
    sheets: [newSheet(LEADS_SHEET, 0), newSheet('Traités en été', 1_482_095_630)],
  });
  putCells(desk, LEADS_SPREADSHEET_ID, 0, [HEADER, ...known(), ...NEWCOMERS]);
  seedSales(desk);
  spreadsheets.put(PRIVATE_SPREADSHEET_ID, {
    id: PRIVATE_SPREADSHEET_ID,
    title: 'Salaires',
    ...place,
    shared: false,
    sheets: [newSheet('Feuille 1', 0)],
  });
}

/** Two leads that the CRM has already: a sync has to find them, not to make them again. */
function known(): Cell[][] {
  return leads
    .filter(({ source }) => source === SOURCE)
    .slice(0, 2)
    .map((lead) => [lead.firstName, lead.lastName, lead.email, lead.phone, lead.company, SOURCE, null]);
}
