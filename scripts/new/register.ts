import type { Kind } from './kinds.ts';
import type { Names } from './names.ts';
import { Refused } from './refused.ts';

/**
 * A registry's text with one more line in it: the import, and the last entry of its list. The formatter puts the
 * import where it belongs.
 */
export function registered(
  text: string,
  { list, entry, registry, folder }: Kind,
  { id, camel }: Names,
): string {
  const begin = text.search(new RegExp(`^export const ${list}\\b`, 'm'));
  // The list is the first pair of brackets that holds names and commas only.
  const names = /\[\s*(\w[\w\s,]*?),?\s*\]/g;
  names.lastIndex = Math.max(begin, 0);
  const found = begin < 0 ? null : names.exec(text);
  if (!found) throw new Refused(`${folder}/${registry} has no list “${list}” that a line could be added to.`);
  const longer = `[${found[1]}, ${camel}]`;
  const added = text.slice(0, found.index) + longer + text.slice(found.index + found[0].length);
  return `import { ${camel} } from './${id}/${entry}';\n${added}`;
}
