import type { Request } from 'express';
import { jsonBody, type Members } from './json-body.ts';
import type { Refusal } from './refusal.ts';

/** What a member of a body has to be. */
export type BodyField =
  | { readonly is: 'text'; readonly most?: number; readonly required?: true }
  | { readonly is: 'boolean' }
  | { readonly is: 'object'; readonly required?: true }
  | { readonly is: 'list'; readonly most?: number };

/** What a body may hold, by member. */
export type BodyFields = Readonly<Record<string, BodyField>>;

/** One thing that is wrong with a body; the vendor words it. */
export interface Violation {
  readonly field: string;
  readonly because: 'missing' | 'type' | 'length' | 'unknown';
  /** The bound that was passed, of a `length`. */
  readonly most?: number;
}

/**
 * The JSON object of a request that takes these members.
 *
 * @param refuse what is thrown for the first thing that is wrong with it; null: it is no JSON object at all.
 */
export function readFields(
  request: Request,
  fields: BodyFields,
  refuse: (wrong: Violation | null) => Refusal,
): Members {
  const body = jsonBody(request, () => refuse(null));
  const [first] = violationsOf(body, fields);
  if (first) throw refuse(first);
  return body;
}

/** Everything that is wrong with a body, in the order of the declared fields; members nobody declared come last. */
export function violationsOf(body: Members, fields: BodyFields): Violation[] {
  const declared = Object.entries(fields).flatMap(([field, wanted]): Violation[] => {
    const value = body[field];
    if (value === undefined || value === null || value === '')
      return 'required' in wanted ? [{ field, because: 'missing' }] : [];
    if (!isOf(value, wanted.is)) return [{ field, because: 'type' }];
    const most = 'most' in wanted ? wanted.most : undefined;
    const tooLong = most !== undefined && (value as string | readonly unknown[]).length > most;
    return tooLong ? [{ field, because: 'length', most }] : [];
  });
  const unknown = Object.keys(body).filter((name) => !Object.hasOwn(fields, name));
  return [...declared, ...unknown.map((field): Violation => ({ field, because: 'unknown' }))];
}

function isOf(value: unknown, kind: BodyField['is']): boolean {
  if (kind === 'text') return typeof value === 'string';
  if (kind === 'boolean') return typeof value === 'boolean';
  return typeof value === 'object' && Array.isArray(value) === (kind === 'list');
}
