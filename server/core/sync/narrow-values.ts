/**
 * Whether a telephone number is one of the North American plan: an area and an exchange that begin with 2 to 9,
 * and nothing after the ten digits. https://www.nanpa.com/numbering/area-codes
 *
 * @example isNorthAmerican('+1 404-555-1212') // true
 */
export function isNorthAmerican(text: string): boolean {
  const written = text.normalize('NFKC').trim();
  return (
    /^(?:\+?1)?[2-9]\d{2}[2-9]\d{6}$/.test(written.replace(/[\s().\u2010-\u2015\-/]/gu, '')) &&
    // A plus sign names a country: it has to be theirs.
    (!written.startsWith('+') || /^\+\s*1/.test(written))
  );
}

/** A month and a day, `03/12`: of no year, so 02/29 is one. */
export const isDayOfYear = (text: string): boolean =>
  /^(?:0?[1-9]|1[0-2])\/(?:0?[1-9]|[12]\d|3[01])$/.test(text.trim());
