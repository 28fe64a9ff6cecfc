/**
 * Sentences of the server have plain spaces, for messages and logs too. On a page no line begins with a colon or
 * ends after an opening guillemet: French spaces there do not break.
 */
export function frenchSpaces(text: string): string {
  return text.replace(/ (?=[:;!?»])/g, '\u00a0').replaceAll('« ', '«\u00a0');
}
