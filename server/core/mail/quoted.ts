/** How mail programs begin what they quote of an earlier mail, in the languages of the product and a few more. */
const BEGINS_A_QUOTE = [
  /^-{2,}\s*(?:original message|message d.origine|message transf[ée]r[ée]|forwarded message|urspr[üu]ngliche nachricht|mensaje original)\s*-{2,}$/i,
  /^(?:on|le|am|el|il)\b.{5,200}(?:wrote|a [ée]crit|schrieb|escribi[óo]|ha scritto)(?:\s[^:]{1,100})?\s*:$/i,
  /^_{10,}$/,
  /^(?:from|de|von|da)\s*:\s*\S.*@.*$/i,
];
const QUOTED = /^>/;
const HEADER = /^(?:from|de|von|da)\s*:/i;
const NEXT_HEADER = /^(?:sent|date|to|envoy[ée]|[àa]|gesendet|an|enviado|para|subject|objet)\s*:/i;

/** The lines that the sender wrote: what is quoted below of others is left aside. */
export function ownLines(text: string): string[] {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  const end = lines.findIndex(
    (line, index) =>
      BEGINS_A_QUOTE.some((form) => form.test(line)) ||
      // The sentence may be broken into two lines.
      BEGINS_A_QUOTE.slice(1, 2).some((form) => form.test(`${line} ${lines[index + 1] ?? ''}`)) ||
      (HEADER.test(line) && NEXT_HEADER.test(lines[index + 1] ?? '')),
  );
  return (end === -1 ? lines : lines.slice(0, end)).filter((line) => !QUOTED.test(line));
}

/** What parts the text of a mail from its signature. RFC 3676. */
const BORDER = /^--\s*$/;
const FAREWELL =
  /^(?:(?:bien\s+)?cordialement|(?:bien )?[àa] vous|salutations|sinc[èe]res salutations|bonne (?:journ[ée]e|soir[ée]e)|merci(?: d.avance)?|best(?: regards| wishes)?|kind regards|regards|many thanks|thanks|cheers|sincerely|yours(?: truly| sincerely)?|mit freundlichen gr[üu]ßen|viele gr[üu]ße|saludos|un saludo)\b.{0,40}$/i;
const MOST_LINES = 12;

/** The lines of the signature, as far as one can be told; empty: none. */
export function signatureOf(lines: readonly string[]): string[] {
  const written = lines.filter((line) => line !== '');
  const border = written.findLastIndex((line) => BORDER.test(line));
  if (border !== -1) return written.slice(border + 1, border + 1 + MOST_LINES);
  const farewell = written.findLastIndex((line) => FAREWELL.test(line));
  if (farewell === -1) return [];
  return written.slice(farewell + 1, farewell + 1 + MOST_LINES);
}
