import { pageAfter } from '../kit/cursor-pages.ts';
import { type Arguments, textOf } from './arguments.ts';
import { SlackRefusal } from './refusal.ts';

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Empty on the last page. */
  readonly next: string;
}

/**
 * One page by cursor; a cursor names the last row that was given. https://docs.slack.dev/apis/web-api/pagination
 *
 * @param usual page size where the call names none.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  given: Arguments,
  keyOf: (row: Row) => string,
  usual: number,
): Page<Row> {
  const size = Number(textOf(given, 'limit') ?? usual) || usual;
  if (!Number.isInteger(size) || size < 1 || size > 1000) throw new SlackRefusal('invalid_limit');
  const page = pageAfter(rows, keyOf, { size, token: textOf(given, 'cursor') });
  if (!page) throw new SlackRefusal('invalid_cursor');
  return { rows: page.rows, next: page.next ?? '' };
}
