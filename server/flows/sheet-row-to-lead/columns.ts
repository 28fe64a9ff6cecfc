/** One column of the sheet and the CRM field that it fills. */
export interface Column {
  readonly header: string;
  readonly field: string;
}

/** People type headers as they please: case, accents and spaces do not matter. */
export function normaliseHeader(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s_-]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Reads lines of the form `Nom = Last_Name`; lines of any other form are left out. */
export function parseColumns(text: string): Column[] {
  return text.split('\n').flatMap((line) => {
    const at = line.lastIndexOf('=');
    const header = line.slice(0, at).trim();
    const field = line.slice(at + 1).trim();
    return at > 0 && header !== '' && field !== '' ? [{ header, field }] : [];
  });
}

/** Where each mapped field stands in the sheet, by the header row; fields without a column are left out. */
export function locateFields(headerRow: readonly string[], columns: readonly Column[]): Map<string, number> {
  const headers = headerRow.map(normaliseHeader);
  const places = new Map<string, number>();
  for (const { header, field } of columns) {
    const place = headers.indexOf(normaliseHeader(header));
    if (place >= 0 && !places.has(field)) places.set(field, place);
  }
  return places;
}

/** The mapped values of one row; empty cells are left out. */
export function readRow(row: readonly string[], places: ReadonlyMap<string, number>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [field, place] of places) {
    const cell = (row[place] ?? '').trim();
    if (cell !== '') values[field] = cell;
  }
  return values;
}
