import type { OwnEvent } from '../../core/flow.ts';
import type { RefusedRow } from './read-lot.ts';
import { furtherRefused } from './sentences.ts';

/** As many rows stand on the shelf one by one; the others together. */
const MOST_SHELVED = 200;

/** By which a refusal of no single row is known. */
const OTHERS = 'others';

/** What stands on the shelf: a row by its number, or those that have none of their own. */
interface Shelved {
  readonly name: string;
  readonly sentence: RefusedRow['sentence'];
}

/** @param count of all rows that were refused; those that are not among `named` are told of together. */
export function toShelve(
  named: readonly RefusedRow[],
  count: number,
  unnamed: RefusedRow['sentence'] | null,
): Shelved[] {
  const shown = named.slice(0, MOST_SHELVED).map(({ row, sentence }) => ({ name: String(row), sentence }));
  const more = count - shown.length;
  const others = unnamed ?? (more > 0 ? furtherRefused(more) : null);
  return others === null ? shown : [...shown, { name: OTHERS, sentence: others }];
}

/**
 * What is told of rows after a run: those that are refused for the first time or for another reason, and those that stand
 * on the shelf and are fine by now, which takes them off it.
 *
 * @param before what stands there, with its reason.
 */
export function rowEvents(
  shelved: readonly Shelved[],
  before: Readonly<Record<string, string>>,
  { prefix, slot }: { readonly prefix: string; readonly slot: string },
): { readonly events: OwnEvent[]; readonly refused: Record<string, string> } {
  const now = new Map(shelved.map(({ name, sentence }) => [name, sentence]));
  const fine = Object.keys(before).filter((name) => now.get(name)?.en !== before[name]);
  const fresh = shelved.filter(({ name, sentence }) => before[name] !== sentence.en);
  return {
    events: [
      ...fine.map((name) => ({
        key: `${slot} fine ${name}`,
        recordId: `${prefix}/${name}`,
        body: { row: name },
      })),
      ...fresh.map(({ name, sentence }) => ({
        key: `${slot} refused ${name}`,
        recordId: `${prefix}/${name}`,
        body: { row: name, refused: sentence },
      })),
    ],
    refused: Object.fromEntries(shelved.map(({ name, sentence }) => [name, sentence.en])),
  };
}
