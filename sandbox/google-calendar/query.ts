import { invalidParameter } from './refusal.ts';
import { isZone } from './time.ts';

/** A query parameter that is true, false or absent. */
export function flag(query: URLSearchParams, name: string): boolean {
  const given = query.get(name);
  if (given === null || given === 'false') return false;
  if (given !== 'true') throw invalidParameter(name, given);
  return true;
}

export function count(query: URLSearchParams, name: string, usual: number, most: number): number {
  const given = query.get(name);
  if (given === null) return usual;
  if (!/^\d+$/.test(given) || Number(given) < 1) throw invalidParameter(name, given);
  return Math.min(Number(given), most);
}

/** RFC 3339 with an offset, in milliseconds since 1970; null when it is not given. */
export function moment(query: URLSearchParams, name: string): number | null {
  const given = query.get(name);
  if (given === null) return null;
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(given)
    ? Date.parse(given)
    : Number.NaN;
  if (Number.isNaN(at)) throw invalidParameter(name, given);
  return at;
}

export function zone(query: URLSearchParams, usual: string): string {
  const given = query.get('timeZone');
  if (given !== null && !isZone(given)) throw invalidParameter('timeZone', given);
  return given ?? usual;
}
