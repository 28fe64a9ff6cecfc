import { type Cell, isFailed, isFormatted } from './rows.ts';
import { errorText, inLanguage, numberText } from './shown-text.ts';

/** How an answer shows cells: the parameters of the same names. */
export interface Rendering {
  /** `FORMATTED_VALUE`, `UNFORMATTED_VALUE` or `FORMULA`. */
  readonly render: string;
  /** `SERIAL_NUMBER` or `FORMATTED_STRING`: days and times where values are not formatted anyway. */
  readonly dates: string;
}

/** A cell as an answer shows it: as people see it in the spreadsheet's language, or as it is stored. */
export function rendered(cell: Cell, how: Rendering, locale: string): string | number | boolean {
  if (cell === null) return '';
  if (how.render === 'FORMATTED_VALUE') return shownCell(cell, locale);
  if (isFailed(cell)) return errorText(cell.error, locale);
  if (!isFormatted(cell)) return cell;
  const isDay = cell.format === 'DATE' || cell.format === 'DATE_TIME';
  return isDay && how.dates === 'FORMATTED_STRING' ? shownCell(cell, locale) : cell.number;
}

/** What people see of a cell. */
export function shownCell(cell: Cell, locale: string): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return inLanguage(locale, cell ? ['VRAI', 'TRUE'] : ['FAUX', 'FALSE']);
  if (isFailed(cell)) return errorText(cell.error, locale);
  return isFormatted(cell) ? numberText(cell.number, cell.format, locale) : numberText(cell, null, locale);
}
