import { z } from 'zod';
import { readAnswer } from '../core/read-answer.ts';
import { failure } from './failures.ts';
import type { JsonAnswer, JsonCall } from './json-api.ts';
import { byToken, eachOf } from './pages.ts';

/** A list of a JSON API whose pages each name the next one by a token. */
export interface TokenList<Row extends z.ZodType> {
  readonly path: string;
  readonly query?: JsonCall['query'];
  /** Member of the answer that holds the rows, and what of each the caller relies on. */
  readonly member: string;
  readonly row: Row;
  /** What the vendor calls the size of a page, and the most it gives; and the token, in the query and the answer. */
  readonly size: { readonly name: string; readonly most: number };
  readonly token: string;
}

const MOST_PAGES = 200;

/** Every row of the list. @throws LiaisonError also where the list does not end. */
export async function tokenList<Row extends z.ZodType>(
  call: (call: JsonCall) => Promise<JsonAnswer>,
  vendor: string,
  { path, query, member, row, size, token }: TokenList<Row>,
): Promise<z.output<Row>[]> {
  const answer = z.looseObject({ [member]: z.array(row) });
  const rows: z.output<Row>[] = [];
  const page = async (place: string | null) => {
    const asked = { ...query, [size.name]: size.most, [token]: place ?? undefined };
    const { body } = await call({ path, query: asked });
    const read = readAnswer(answer, body ?? { [member]: [] }, vendor) as Readonly<Record<string, unknown>>;
    const next = read[token] ?? null;
    return { items: read[member] as z.output<Row>[], next: byToken(next === null ? null : String(next)) };
  };
  const beyond = () => failure('unknown', vendor, `The list ${path} does not end.`);
  for await (const one of eachOf(page, { most: MOST_PAGES, beyond })) rows.push(one);
  return rows;
}
