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
  const limit = Number(textOf(given, 'limit') ?? usual) || usual;
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new SlackRefusal('invalid_limit');
  const cursor = textOf(given, 'cursor');
  const start = cursor === undefined ? 0 : placeAfter(rows, cursor, keyOf);
  const page = rows.slice(start, start + limit);
  const last = page.at(-1);
  const more = start + limit < rows.length && last !== undefined;
  return { rows: page, next: more ? Buffer.from(`after:${keyOf(last)}`).toString('base64') : '' };
}

function placeAfter<Row>(rows: readonly Row[], cursor: string, keyOf: (row: Row) => string): number {
  const [word, key] = Buffer.from(cursor, 'base64').toString('utf8').split(/:(.*)/);
  const place = rows.findIndex((row) => keyOf(row) === key);
  if (word !== 'after' || place === -1) throw new SlackRefusal('invalid_cursor');
  return place + 1;
}
