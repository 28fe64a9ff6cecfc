import { fitText } from './fit-text.ts';

const LONGEST_FILE_NAME = 200;

/**
 * A name that is a name everywhere: no path, no sign that a file's name cannot have or that hides how it ends, and short
 * enough, with its ending.
 *
 * @param otherwise what it is called where nothing is left of it.
 */
export function fileName(name: string, otherwise: string): string {
  const bare = name
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: such signs hide how a file's name ends.
    .replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069"*/:<>?\\|]/g, '_')
    .trim();
  if (bare === '' || /^\.+$/.test(bare)) return otherwise;
  if (bare.length <= LONGEST_FILE_NAME) return bare;
  const ending = /\.[^.]{1,10}$/.exec(bare)?.[0] ?? '';
  return `${fitText(bare, LONGEST_FILE_NAME - ending.length)}${ending}`;
}

/** What stands at the end of a path, as some programs send one in a name's place. */
export const endOfPath = (name: string): string => name.split(/[\\/]/).at(-1) ?? '';

/** The names, each another one: of equals the later ones are numbered before their ending. */
export function toldApart(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
    const stem = name.slice(0, name.length - ending.length);
    let own = name;
    for (let number = 2; taken.has(own.toLowerCase()); number += 1) own = `${stem} (${number})${ending}`;
    taken.add(own.toLowerCase());
    return own;
  });
}
