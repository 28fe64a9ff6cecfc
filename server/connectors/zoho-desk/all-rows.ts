import { failure } from '../../kit/failures.ts';
import { eachOf } from '../../kit/pages.ts';
import { PAGE } from './api.ts';
import { VENDOR } from './failures.ts';

/** Bounds a walk through a list: 3,000 rows. */
const MOST_PAGES = 30;
/** Desk shows no row behind so many, of a list or of a search. */
export const DEEPEST = 5_000;

/**
 * All rows of a list, page after page; those that move from one page to the next are told of twice. Rejects where there are
 * more than can be walked through: a person looks.
 *
 * @param read a page of `PAGE` rows, from a row on, counted from 0.
 * @param what the rows are, plural, for whoever is told that there are too many.
 */
export function allRows<Row>(
  read: (from: number) => Promise<readonly Row[]>,
  what: string,
  begin = 0,
): AsyncIterable<Row> {
  const beyond = () => failure('unknown', VENDOR, `Too many ${what} to look through.`);
  return eachOf(
    async (place: number | null) => {
      const from = place ?? begin;
      if (from >= DEEPEST) throw beyond();
      const items = await read(from);
      return { items, next: items.length < PAGE ? null : from + items.length };
    },
    { most: MOST_PAGES, beyond },
  );
}
