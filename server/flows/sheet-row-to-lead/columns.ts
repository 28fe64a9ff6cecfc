/** One column of the sheet and the CRM field that it fills. */
export interface Column {
  readonly header: string;
  readonly field: string;
}

/**
 * People type headers as they please: case, accents, spaces and signs do not matter. A header of signs alone
 * is compared as it stands.
 */
export function normaliseHeader(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const letters = plain.replace(/[^\p{L}\p{N}]/gu, '');
  return letters === '' ? plain.trim() : letters;
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

/** The columns of the sheet that each mapped field is filled from: those with its header, one or several. */
export function locateFields(
  headerRow: readonly string[],
  columns: readonly Column[],
): Map<string, readonly number[]> {
  const headers = headerRow.map(normaliseHeader);
  const places = new Map<string, readonly number[]>();
  for (const { header, field } of columns) {
    const wanted = normaliseHeader(header);
    const found = headers.flatMap((one, index) => (one === wanted ? [index] : []));
    if (wanted !== '' && found.length > 0 && !places.has(field)) places.set(field, found);
  }
  return places;
}

/** `A` is 0, `AA` is 26. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}
