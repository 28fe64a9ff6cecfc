import type { Cell } from './cell.ts';

/**
 * What spreadsheet programs show where a formula failed or is not computed yet, in English and French. A cell
 * may also hold these as a plain text, where it was copied from another sheet.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ErrorType
 */
const SHOWN = new Set(
  [
    '#N/A',
    '#N/D',
    '#REF!',
    '#ERROR!',
    '#ERREUR!',
    '#VALUE!',
    '#VALEUR!',
    '#DIV/0!',
    '#DIV/0',
    '#NUM!',
    '#NOMBRE!',
    '#NULL!',
    '#NUL!',
    '#NAME?',
    '#NOM?',
    '#SPILL!',
    '#CALC!',
    '#GETTING_DATA',
    'Loading...',
    'Loading…',
    'Chargement...',
    'Chargement…',
    'Chargement en cours...',
    'Chargement en cours…',
  ].map((text) => text.toLowerCase()),
);

/** Whether nothing is known of a cell yet: its formula failed, or is being computed. */
export function isUnready(cell: Cell): boolean {
  const text = cell.shown
    .replace(/\s+/g, ' ')
    .replace(/\s*(\.\.\.|…)$/, '$1')
    .trim()
    .toLowerCase();
  return cell.failed === true || SHOWN.has(text);
}
