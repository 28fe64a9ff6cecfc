import type { Request } from 'express';
import { bodyOf } from '../core/body.ts';
import { SlackRefusal } from './refusal.ts';

/** Arguments of a call: texts from a form or a query, any JSON from a JSON body. */
export type Arguments = Readonly<Record<string, unknown>>;

/**
 * Reads what a call brought. A JSON body counts only for methods that take one; the others do not see it.
 * https://docs.slack.dev/apis/web-api#request-format
 */
export function argumentsOf(request: Request, takesJson: boolean): Arguments {
  const query = Object.fromEntries(new URL(request.url, 'http://slack').searchParams);
  const { form, json, text } = bodyOf(request);
  if (!/^application\/json/i.test(request.get('content-type') ?? '')) return { ...query, ...form };
  if (!takesJson || text === '') return query;
  if (json === undefined) throw new SlackRefusal('invalid_json');
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new SlackRefusal('json_not_object');
  return { ...query, ...json };
}

export function textOf(given: Arguments, name: string): string | undefined {
  const value = given[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function required(given: Arguments, name: string, error: string): string {
  const value = textOf(given, name);
  if (value === undefined) throw new SlackRefusal(error);
  return value;
}

/** `true`, `1` and a JSON true. */
export function flagOf(given: Arguments, name: string): boolean {
  return [true, 'true', '1', 1].some((yes) => given[name] === yes);
}

/** A member that is JSON, or JSON as text in a form. Throws the error when it is not readable. */
export function jsonOf(given: Arguments, name: string, error: string): unknown {
  const value = given[name];
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new SlackRefusal(error);
  }
}
