import type { Request } from 'express';
import { invalid } from './refusal.ts';

export interface Listing<Row> {
  /** What a query parameter of the same name is compared with; `_contains` and `_startswith` come free. */
  readonly texts: Readonly<Record<string, (row: Row) => readonly string[]>>;
  /** Parameters that must equal a value exactly, letter case included. */
  readonly exact?: Readonly<Record<string, (row: Row) => string>>;
  /** Days by which a list is bounded: `date` takes `date_start`, `date_end` (both within), `date_before` and `date_after`. */
  readonly days?: Readonly<Record<string, (row: Row) => string>>;
  /** What `search_text` looks into. */
  readonly search: (row: Row) => readonly string[];
  readonly sort: Readonly<Record<string, (row: Row) => string | number>>;
  readonly defaultSort: { readonly column: string; readonly order: 'A' | 'D' };
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly context: {
    readonly page: number;
    readonly per_page: number;
    readonly has_more_page: boolean;
    readonly sort_column: string;
    readonly sort_order: 'A' | 'D';
  };
}

const MOST_PER_PAGE = 200;

/** Filters, sorts and cuts out the page that a list call asks for. */
export function listed<Row>(rows: readonly Row[], request: Request, listing: Listing<Row>): Page<Row> {
  const page = positive(request, 'page', 1);
  const per_page = Math.min(positive(request, 'per_page', MOST_PER_PAGE), MOST_PER_PAGE);
  const column = query(request, 'sort_column') || listing.defaultSort.column;
  const asked = query(request, 'sort_order').toUpperCase();
  const order = asked === 'A' || asked === 'D' ? asked : listing.defaultSort.order;
  const key = listing.sort[column];
  if (!key) throw invalid('sort_column');

  const chosen = rows.filter((row) => matches(row, request, listing));
  const sign = order === 'A' ? 1 : -1;
  const sorted = chosen
    .map((row, index) => ({ row, index, key: key(row) }))
    .sort((a, b) => sign * (compare(a.key, b.key) || a.index - b.index));
  const from = (page - 1) * per_page;
  return {
    rows: sorted.slice(from, from + per_page).map(({ row }) => row),
    context: {
      page,
      per_page,
      has_more_page: sorted.length > from + per_page,
      sort_column: column,
      sort_order: order,
    },
  };
}

export function query(request: Request, name: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? value.trim() : '';
}

function matches<Row>(row: Row, request: Request, listing: Listing<Row>): boolean {
  for (const [name, values] of Object.entries(listing.texts)) {
    const own = values(row).map((value) => value.toLowerCase());
    const equal = query(request, name).toLowerCase();
    if (equal !== '' && !own.includes(equal)) return false;
    const part = query(request, `${name}_contains`).toLowerCase();
    if (part !== '' && !own.some((value) => value.includes(part))) return false;
    const start = query(request, `${name}_startswith`).toLowerCase();
    if (start !== '' && !own.some((value) => value.startsWith(start))) return false;
  }
  for (const [name, value] of Object.entries(listing.exact ?? {})) {
    const wanted = query(request, name);
    if (wanted !== '' && value(row) !== wanted) return false;
  }
  for (const [name, dayOf] of Object.entries(listing.days ?? {}))
    if (!isWithin(dayOf(row), (bound) => day(request, `${name}_${bound}`))) return false;
  const searched = query(request, 'search_text').toLowerCase();
  return searched === '' || listing.search(row).some((value) => value.toLowerCase().includes(searched));
}

function isWithin(
  own: string,
  bound: (name: 'start' | 'end' | 'before' | 'after') => string | null,
): boolean {
  const [start, end, before, after] = [bound('start'), bound('end'), bound('before'), bound('after')];
  return (
    own >= (start ?? own) &&
    own <= (end ?? own) &&
    (before === null || own < before) &&
    (after === null || own > after)
  );
}

/** `2026-11-23`; null where the list is not bounded by it. */
function day(request: Request, name: string): string | null {
  const value = query(request, name);
  if (value === '') return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw invalid(name);
  return value;
}

function positive(request: Request, name: string, fallback: number): number {
  const text = query(request, name);
  if (text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw invalid(name);
  return value;
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'fr');
}
