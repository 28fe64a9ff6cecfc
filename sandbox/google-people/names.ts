import type { Entry } from './rows.ts';

/**
 * The computed parts of a name. A name that comes as free text only is taken apart: the last word is the
 * family name.
 */
export function completeName(entry: Entry): Entry {
  const parts = ['honorificPrefix', 'givenName', 'middleName', 'familyName', 'honorificSuffix'];
  const structured = parts.some((part) => text(entry[part]) !== '');
  const name = structured ? entry : { ...entry, ...takenApart(text(entry.unstructuredName)) };
  const [prefix, given, middle, family, suffix] = parts.map((part) => text(name[part]));
  const displayName = joined([prefix, given, middle, family, suffix], ' ');
  if (displayName === '') return {};
  const first = joined([given, middle], ' ');
  const displayNameLastFirst = joined([joined([prefix, family], ' '), joined([first, suffix], ', ')], ', ');
  return { ...name, displayName, displayNameLastFirst, unstructuredName: displayName };
}

function takenApart(name: string): Entry {
  const words = name.split(/\s+/).filter((word) => word !== '');
  if (words.length < 2) return words.length === 0 ? {} : { givenName: name };
  return { givenName: words.slice(0, -1).join(' '), familyName: words.at(-1) };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const joined = (parts: readonly (string | undefined)[], by: string): string =>
  parts.filter((part) => part !== undefined && part !== '').join(by);
