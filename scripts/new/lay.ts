import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { formatted } from './formatted.ts';
import { KINDS, type Kind } from './kinds.ts';
import { type Names, namesOf, renamed } from './names.ts';
import { Refused } from './refused.ts';
import { registered } from './register.ts';

const SKELETONS = join(import.meta.dirname, 'skeleton');
const LONGEST_ID = 40;
/** Words that no name in code can be. */
const RESERVED = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield'.split(
    ' ',
  ),
);

/** A file that is to be written: its path from the project's folder, and its whole text. */
export interface Laid {
  readonly path: string;
  readonly text: string;
}

/**
 * Lays the skeleton of a new thing and adds its line to the registry. Everything is made before anything is written.
 *
 * @param root the project's folder, or a copy of it.
 * @returns what was written, the registry last. @throws Refused with a sentence; nothing was changed then.
 */
export function lay(root: string, kindName: string, id: string): Laid[] {
  const kind = Object.hasOwn(KINDS, kindName) ? KINDS[kindName] : undefined;
  if (kind === undefined)
    throw new Refused(`There is no kind “${kindName}”: choose one of ${Object.keys(KINDS).join(', ')}.`);
  const names = allowed(root, kindName, kind, id);
  const registry = `${kind.folder}/${kind.registry}`;
  const laid = [
    ...skeletonOf(kindName).map(({ path, text }) => {
      const own = posix.join(kind.folder, id, renamed(path, names));
      return { path: own, text: renamed(pointed(text, posix.dirname(own)), names) };
    }),
    { path: registry, text: registered(readFileSync(join(root, registry), 'utf8'), kind, names) },
  ].map(({ path, text }) => ({ path, text: formatted(path, text) }));
  for (const { path, text } of laid) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return laid;
}

function allowed(root: string, kindName: string, kind: Kind, id: string): Names {
  if (!kind.id.test(id)) {
    const also = kind.id.test('a1') ? 'letters and digits' : 'letters';
    throw new Refused(
      `“${id}” is no id of a ${kindName}: it is made of small ${also} in words with a hyphen between them.`,
    );
  }
  if (id.length > LONGEST_ID) throw new Refused(`“${id}” is longer than ${LONGEST_ID} characters.`);
  const folder = posix.join(kind.folder, id);
  if (existsSync(join(root, folder))) throw new Refused(`“${id}” is taken: ${folder} is there already.`);
  const names = namesOf(id);
  const registry = readFileSync(join(root, kind.folder, kind.registry), 'utf8');
  const known = [registry, ...skeletonOf(kindName).map(({ text }) => text)];
  const isKnown = known.some((text) => new RegExp(`\\b${names.camel}\\b`).test(text));
  if (RESERVED.has(names.camel) || isKnown)
    throw new Refused(`“${id}” would be called ${names.camel} in code, which means something else there.`);
  return names;
}

function skeletonOf(kindName: string): Laid[] {
  const folder = join(SKELETONS, kindName);
  return readdirSync(folder)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

/** The text with its imports as they are from another folder. */
function pointed(text: string, folder: string): string {
  return text.replaceAll(/'\.\.\/\.\.\/\.\.\/\.\.\/([^']+)'/g, (_all, target: string) => {
    const path = posix.relative(folder, target);
    return `'${path.startsWith('.') ? path : `./${path}`}'`;
  });
}
