import { CUT_MARK } from '../../core/fit-text.ts';
import type { WriteDeclaration } from '../../core/held-write.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { StandInBook } from '../../core/stand-ins.ts';
import type { TryAnswer } from '../contract.ts';

type Field = TryAnswer['steps'][number]['fields'][number];
type Titles = Readonly<Record<string, Sentence | null>>;

interface Leaf {
  /** Names only, without the places in lists: `line_items.rate`. */
  readonly path: string;
  readonly value: string | number | boolean | null;
}

/** Every value in what is read or written; of an object that is somebody or something, its name. */
function leavesOf(value: unknown, path = ''): Leaf[] {
  if (Array.isArray(value)) {
    const plain = value.every((one) => typeof one !== 'object');
    return plain && value.length > 0
      ? [{ path, value: value.join(', ') }]
      : value.flatMap((one) => leavesOf(one, path));
  }
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) =>
      leavesOf(inner, path === '' ? name : `${path}.${name}`),
    );
  return value === undefined ? [] : [{ path, value: value as Leaf['value'] }];
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

const titleOf = (path: string, titles: Titles): Sentence | null => {
  const found = [titles[path], titles[lastOf(path)]].find((one) => one !== undefined);
  if (found !== undefined) return found;
  const name = lastOf(path);
  return { en: name, fr: name };
};

/** Every field that a write would fill, in people's words; what only says how to write is left out. */
export function fieldsWritten(
  body: unknown,
  { fields = {}, named }: Pick<WriteDeclaration, 'fields' | 'named'>,
  known: Readonly<Record<string, Sentence>>,
  book: Pick<StandInBook, 'within'>,
): Field[] {
  return leavesOf(body).flatMap(({ path, value }) => {
    const own = named?.(path);
    const titles = own === undefined ? titleOf(path, { ...known, ...fields }) : own;
    if (titles === null) return [];
    const text = String(value ?? '');
    return [{ name: path, titles, value: text, filledIn: book.within(text).length > 0 }];
  });
}

/** What people would want to see of what was read: fields that are filled and that people know by a name. */
export function fieldsRead(output: unknown, known: Readonly<Record<string, Sentence>>): Field[] {
  return leavesOf(output).flatMap(({ path, value }) => {
    const parts = path.split('.');
    // Who owns a record is an object: its name says who.
    const own = parts.at(-1) === 'name' ? (parts.at(-2) ?? '') : (parts.at(-1) ?? '');
    const titles = known[own];
    if (titles === undefined || value === null || value === '') return [];
    return [{ name: path, titles, value: String(value), filledIn: false }];
  });
}

/** How near to the limit a text that was shortened comes: whole letters and blanks at the end go with it. */
const NEAR = 0.8;

/** Names of the fields that hold a text that was shortened to fit. */
export function shortened(
  body: unknown,
  { longest = {}, fields = {} }: Pick<WriteDeclaration, 'longest' | 'fields'>,
): { readonly titles: Sentence; readonly limit: number }[] {
  return leavesOf(body).flatMap(({ path, value }) => {
    const limit = longest[path];
    if (limit === undefined || typeof value !== 'string') return [];
    const isCut = value.includes(CUT_MARK) && value.length > limit * NEAR;
    const titles = titleOf(path, fields);
    return isCut && titles !== null ? [{ titles, limit }] : [];
  });
}
