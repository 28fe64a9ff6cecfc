import type { Answer } from './answer.ts';

/** Members that say how much there is, or that there is more: what an empty list has none of. */
const COUNT = /^total|^count$|_count$/i;
const MORE = /^(has_?more|more|more_records|has_more_page)$/i;
const NEXT_PAGE = /^next_?page/i;

/**
 * An answer with every list of it empty, one level below the top too, and nothing more to come. Anything
 * but a JSON object of a success stays as it is.
 */
export function emptied({ status, body }: Answer): Buffer {
  const parsed = status < 300 ? objectOf(body) : undefined;
  return parsed === undefined ? body : Buffer.from(JSON.stringify(without(parsed, 1)));
}

function without(value: object, depth: number): object {
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    if (Array.isArray(member)) return [[name, []]];
    if (NEXT_PAGE.test(name)) return [];
    if (typeof member === 'number' && COUNT.test(name)) return [[name, 0]];
    if (typeof member === 'boolean' && MORE.test(name)) return [[name, false]];
    if (typeof member === 'object' && member !== null && depth > 0)
      return [[name, without(member, depth - 1)]];
    return [[name, member]];
  });
  return Object.fromEntries(members);
}

function objectOf(body: Buffer): object | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
