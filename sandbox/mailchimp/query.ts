import { invalid } from './problem.ts';

const MOST = 1000;

/** `count` (10 unless given, at most 1000) and `offset` of a collection. */
export function pageOf<Row>(rows: readonly Row[], query: URLSearchParams): readonly Row[] {
  const count = integerOf(query, 'count', 10);
  const offset = integerOf(query, 'offset', 0);
  if (count > MOST) throw invalid({ field: 'count', message: `Must be less than or equal to ${MOST}.` });
  return rows.slice(offset, offset + count);
}

function integerOf(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  if (!/^\d{1,9}$/.test(text))
    throw invalid({ field: name, message: 'Schema describes integer, string found instead' });
  return Number(text);
}

/** One of the values that a parameter may have, or undefined when it is not given. */
export function choiceOf<Value extends string>(
  query: URLSearchParams,
  name: string,
  values: readonly Value[],
): Value | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const found = values.find((value) => value === text);
  if (found === undefined) throw invalid({ field: name, message: `Must be one of: ${values.join(', ')}` });
  return found;
}

/** Epoch milliseconds of a time parameter, or undefined when it is not given. */
export function momentOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  // A plus sign that was not encoded arrives as a space.
  const at = Date.parse(text.replace(/ (\d\d:?\d\d)$/, '+$1'));
  if (Number.isNaN(at)) throw invalid({ field: name, message: 'This value is not a valid datetime.' });
  return at;
}

/** Rows whose moment lies after `since_…` and before `before_…`, where those are given. */
export function within<Row>(
  rows: readonly Row[],
  query: URLSearchParams,
  name: string,
  at: (row: Row) => string | null,
): readonly Row[] {
  const since = momentOf(query, `since_${name}`);
  const before = momentOf(query, `before_${name}`);
  if (since === undefined && before === undefined) return rows;
  return rows.filter((row) => {
    const moment = Date.parse(at(row) ?? '');
    return (since === undefined || moment > since) && (before === undefined || moment < before);
  });
}
