import type { Table, VendorDesk } from '../core/simulator.ts';
import type { Operation } from './operation.ts';
import { numberIn, type Spec, textIn, type Value, type Values } from './parameters.ts';
import { badParameter, missing, StripeRefusal } from './refusal.ts';

const PAGE: Spec = { limit: 'integer', starting_after: 'text', ending_before: 'text' };

interface Held {
  readonly id: string;
  readonly created: number;
}

export interface Collection<Row extends Held> {
  readonly path: string;
  /** What Stripe calls one of them in "No such …". */
  readonly noun: string;
  readonly table: (desk: VendorDesk) => Table<Row>;
  readonly filters: Spec;
  /** True when the row is in the list that the parameters ask for; `created` is seen to already. */
  readonly keeps?: (row: Row, values: Values) => boolean;
  /** False for a row that the API no longer shows at all. */
  readonly lives?: (row: Row, desk: VendorDesk) => boolean;
  /** The row as the API shows it. */
  readonly shown?: (row: Row, desk: VendorDesk) => object;
}

/** `GET /v1/things` and `GET /v1/things/:id`, newest first. https://docs.stripe.com/api/pagination */
export function readOperations<Row extends Held>(collection: Collection<Row>): Operation[] {
  const { path, noun, filters, keeps = () => true, lives = () => true, shown = (row) => row } = collection;
  return [
    {
      method: 'GET',
      path,
      parameters: { created: 'range', ...filters, ...PAGE },
      run({ desk, values }) {
        const rows = collection
          .table(desk)
          .all()
          .reverse()
          .filter((row) => lives(row, desk) && inRange(row.created, values.created) && keeps(row, values));
        const { data, hasMore } = pageOf(rows, values, (id) => Boolean(collection.table(desk).get(id)), noun);
        return { object: 'list', data: data.map((row) => shown(row, desk)), has_more: hasMore, url: path };
      },
    },
    {
      method: 'GET',
      path: `${path}/{id}`,
      parameters: {},
      run({ desk, id }) {
        const row = collection.table(desk).get(id);
        if (!row || !lives(row, desk)) throw missing(noun, id);
        return shown(row, desk);
      },
    },
  ];
}

/** A parameter given as a number means that very second; else each bound that is there holds. */
export function inRange(at: number, range: Value | undefined): boolean {
  if (typeof range !== 'object' || range === null || Array.isArray(range)) return true;
  const bounds = range as Values;
  const bound = (name: string): number | undefined => numberIn(bounds, name);
  return (
    at === (bound('equal') ?? at) &&
    at > (bound('gt') ?? Number.NEGATIVE_INFINITY) &&
    at >= (bound('gte') ?? Number.NEGATIVE_INFINITY) &&
    at < (bound('lt') ?? Number.POSITIVE_INFINITY) &&
    at <= (bound('lte') ?? Number.POSITIVE_INFINITY)
  );
}

/** Rows whose members equal the parameters of the same names. */
export function matches(row: object, values: Values, names: readonly string[]): boolean {
  const members = new Map<string, unknown>(Object.entries(row));
  return names.every((name) => values[name] === undefined || members.get(name) === values[name]);
}

function pageOf<Row extends Held>(
  rows: readonly Row[],
  values: Values,
  exists: (id: string) => boolean,
  noun: string,
): { data: readonly Row[]; hasMore: boolean } {
  const limit = numberIn(values, 'limit') ?? 10;
  if (limit < 1 || limit > 100)
    throw badParameter('limit', 'parameter_invalid_integer', 'The limit must be from 1 to 100.');
  const after = textIn(values, 'starting_after');
  const before = textIn(values, 'ending_before');
  if (after && before)
    throw new StripeRefusal(400, {
      type: 'invalid_request_error',
      code: 'parameters_exclusive',
      message: 'Only one of ending_before and starting_after may be given.',
    });
  const place = (id: string, param: string): number => {
    if (!exists(id)) throw missing(noun, id, param);
    return rows.findIndex((row) => row.id === id);
  };
  if (before) {
    const end = place(before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { data: rows.slice(start, Math.max(0, end)), hasMore: start > 0 };
  }
  const start = after ? place(after, 'starting_after') + 1 : 0;
  return { data: rows.slice(start, start + limit), hasMore: start + limit < rows.length };
}
