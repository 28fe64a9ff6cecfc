/** The words of a name, without case and accents: `Léa de La Tour` is `lea de la tour`. */
export const nameWords = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * Whether two names that stand with one address can be of one person: every word of the shorter one is in the longer
 * one, an initial counting for its word. An address alone says nothing against it.
 */
export function isSamePerson(one: string, other: string): boolean {
  const [few = [], many = []] = [nameWords(one), nameWords(other)].sort((a, b) => a.length - b.length);
  const left = [...many];
  return few.every((word) => {
    const at = left.findIndex((known) => known === word || isInitial(word, known) || isInitial(known, word));
    if (at === -1) return false;
    left.splice(at, 1);
    return true;
  });
}

const isInitial = (short: string, long: string): boolean => short.length === 1 && long.startsWith(short);
