/** How many rows of a file people are shown. */
const SHOWN = 5;

/** The lines of a CSV whose fields stand in double quotes: a field may hold line breaks. */
function linesOf(csv: string): string[] {
  const lines: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < csv.length; at += 1) {
    if (csv[at] === '"') isQuoted = !isQuoted;
    else if (csv[at] === '\n' && !isQuoted) {
      lines.push(csv.slice(from, at));
      from = at + 1;
    }
  }
  if (from < csv.length) lines.push(csv.slice(from));
  return lines.filter((line) => line.trim() !== '');
}

/** The fields of a line of a file as Liaison writes them: each in double quotes. */
export const fieldsOfLine = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, field = '']) => field.replaceAll('""', '"'));

/** A file of rows as it is about to leave in a form, in what people read. */
export interface SentRows {
  readonly columns: string;
  readonly count: number;
  /** The first few, a line each. */
  readonly first: readonly string[];
}

/** @param form the text of a multipart form with one file. */
export function sentRows(form: string): SentRows {
  const file = form.split('\r\n\r\n')[1]?.split('\r\n--')[0] ?? '';
  const [names = '', ...rows] = linesOf(file);
  return {
    columns: fieldsOfLine(names).join(', '),
    count: rows.length,
    first: rows.slice(0, SHOWN).map((row) => fieldsOfLine(row).join(' · ')),
  };
}
