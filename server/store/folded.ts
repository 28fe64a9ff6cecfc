/**
 * SQL of a text as it is searched: without case, accents and ligatures. PostgreSQL's own words only: an
 * organisation's database may not have the extension for it.
 *
 * @param text an SQL expression.
 */
export const folded = (text: string): string =>
  `replace(replace(regexp_replace(normalize(lower(${text}), nfd), '[\\u0300-\\u036f]', '', 'g'), 'œ', 'oe'), 'æ', 'ae')`;

/** SQL: whether a text holds another one, as people search: `pelissier` is in `Pélissier`. */
export const holds = (text: string, sought: string): string =>
  `strpos(${folded(text)}, ${folded(sought)}) > 0`;

/**
 * The figures of what may be a telephone number however it is written, without the zeros before it (`06 12`
 * and `+33 6 12` have `612` in common); null where it is none.
 */
export function figuresOf(sought: string): string | null {
  if (!/^[\d\s().+/-]+$/.test(sought)) return null;
  const figures = sought.replaceAll(/\D/g, '').replace(/^0+/, '');
  return figures.length >= 4 ? figures : null;
}
