import type { Reply } from '../kit/refusal.ts';
import { invalid } from './refusal.ts';
import { shop } from './shop.ts';

const MOST = 100;

export function integerOf(query: URLSearchParams, name: string, usual: number, most: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  const value = Number(text);
  if (!/^-?\d{1,9}$/.test(text)) throw invalid(name, `${name} is not of type integer.`);
  if (value < 1 || value > most)
    throw invalid(name, `${name} must be between 1 (inclusive) and ${most} (inclusive)`);
  return value;
}

export function choiceOf(
  query: URLSearchParams,
  name: string,
  values: readonly string[],
  usual: string,
): string {
  const text = query.get(name) ?? usual;
  if (!values.includes(text)) throw invalid(name, `${name} is not one of ${values.join(', ')}.`);
  return text;
}

/** A page of a collection; its size and how many pages there are stand in headers. */
export function paged<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  path: string,
  view: (row: Row) => object,
): Reply {
  const size = integerOf(query, 'per_page', 10, MOST);
  const page = integerOf(query, 'page', 1, 1_000_000);
  const pages = Math.ceil(rows.length / size);
  const to = (number: number): string => {
    const next = new URLSearchParams(query);
    next.set('page', String(number));
    return `<${shop.address}/wp-json/wc/v3${path}?${next}>`;
  };
  const links = [
    ...(page > 1 ? [`${to(page - 1)}; rel="prev"`] : []),
    ...(page < pages ? [`${to(page + 1)}; rel="next"`] : []),
  ];
  return {
    headers: {
      'X-WP-Total': String(rows.length),
      'X-WP-TotalPages': String(pages),
      ...(links.length > 0 ? { Link: links.join(', ') } : {}),
    },
    body: rows.slice((page - 1) * size, page * size).map(view),
  };
}

/**
 * Only the members that a request names, by WordPress' own parameter for all of its paths.
 * https://developer.wordpress.org/rest-api/using-the-rest-api/global-parameters/#_fields
 */
export function onlyFields(reply: Reply, query: URLSearchParams): Reply {
  const named = query.get('_fields');
  if (named === null) return reply;
  const wanted = new Set(named.split(',').map((name) => name.trim()));
  const picked = (record: object): object =>
    Object.fromEntries(Object.entries(record).filter(([name]) => wanted.has(name)));
  const { body } = reply;
  return { ...reply, body: Array.isArray(body) ? body.map(picked) : picked(body as object) };
}
