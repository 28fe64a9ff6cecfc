import type { Request } from 'express';
import { bodyOf } from '../core/body.ts';
import type { Refusal } from './refusal.ts';

/** The members of a request's JSON. */
export type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The JSON object of a request's body; empty where there was no body.
 *
 * @param refuse what is thrown for a text that is no JSON (`json`), and for JSON that is no object.
 */
export function jsonBody(request: Request, refuse: (because: 'json' | 'object') => Refusal): Members {
  const { text, json } = bodyOf(request);
  if (text === '') return {};
  if (json === undefined) throw refuse('json');
  if (!isMembers(json)) throw refuse('object');
  return json;
}
