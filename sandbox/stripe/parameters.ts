import type { FormTree } from './form.ts';
import { badParameter, StripeRefusal } from './refusal.ts';

/**
 * What an operation takes. `unsimulated` is a parameter that Stripe has and this simulator does not act
 * on: refused, because to ignore it would be a false answer.
 */
export type Kind = 'text' | 'integer' | 'boolean' | 'texts' | 'metadata' | 'range' | 'unsimulated' | Spec;
export interface Spec {
  readonly [name: string]: Kind;
}

export interface Range {
  readonly gt?: number;
  readonly gte?: number;
  readonly lt?: number;
  readonly lte?: number;
}

/** Parameters as read: an empty text unsets, and is null here. */
export type Value = string | number | boolean | null | readonly string[] | Values;
export interface Values {
  readonly [name: string]: Value;
}

/** Reads and checks parameters. Throws what Stripe answers to those it does not take. */
export function readParameters(tree: FormTree, spec: Spec, path = ''): Values {
  const unknown = Object.keys(tree).filter((name) => !Object.hasOwn(spec, name));
  if (unknown.length > 0) {
    const names = unknown.map((name) => within(path, name));
    const plural = names.length > 1 ? 's' : '';
    throw badParameter(
      names[0] ?? '',
      'parameter_unknown',
      `Received unknown parameter${plural}: ${names.join(', ')}`,
    );
  }
  const values = Object.entries(tree).map(([name, value]) => {
    const kind = spec[name] ?? 'unsimulated';
    return [name, readValue(within(path, name), kind, value)] as const;
  });
  return Object.fromEntries(values);
}

function within(path: string, name: string): string {
  return path === '' ? name : `${path}[${name}]`;
}

function readValue(param: string, kind: Kind, value: string | FormTree): Value {
  if (kind === 'unsimulated')
    throw badParameter(
      param,
      'parameter_not_simulated',
      `Stripe takes "${param}", but this sandbox does not act on it.`,
    );
  if (kind === 'metadata') return readMetadata(param, value);
  if (kind === 'texts') return readTexts(param, value);
  if (kind === 'range')
    return typeof value === 'string' ? { equal: integer(param, value) } : readRange(param, value);
  if (typeof kind === 'object') {
    if (value === '') return null;
    if (typeof value === 'string') throw badParameter(param, 'parameter_invalid', 'Invalid object');
    return readParameters(value, kind, param);
  }
  if (typeof value !== 'string') throw badParameter(param, `parameter_invalid_${kind}`, `Invalid ${kind}`);
  if (kind === 'integer') return integer(param, value);
  if (kind === 'boolean') return boolean(param, value);
  return value === '' ? null : value;
}

function integer(param: string, value: string): number {
  if (!/^-?\d{1,15}$/.test(value))
    throw badParameter(param, 'parameter_invalid_integer', `Invalid integer: ${value}`);
  return Number(value);
}

function boolean(param: string, value: string): boolean {
  if (value !== 'true' && value !== 'false')
    throw badParameter(param, 'parameter_invalid_boolean', `Invalid boolean: ${value}`);
  return value === 'true';
}

function readTexts(param: string, value: string | FormTree): readonly string[] {
  const items = typeof value === 'string' ? [] : Object.values(value);
  if (typeof value === 'string' && value !== '')
    throw badParameter(param, 'parameter_invalid_array', 'Invalid array');
  return items.map((item, index) => {
    if (typeof item === 'string') return item;
    throw badParameter(`${param}[${index}]`, 'parameter_invalid_string', 'Invalid string');
  });
}

function readRange(param: string, tree: FormTree): Values {
  return readParameters(tree, { gt: 'integer', gte: 'integer', lt: 'integer', lte: 'integer' }, param);
}

// https://docs.stripe.com/api/metadata: 50 keys, names of 40 characters, values of 500.
function readMetadata(param: string, value: string | FormTree): Values | null {
  if (typeof value === 'string') {
    if (value === '') return null;
    throw badParameter(param, 'parameter_invalid', 'Metadata must be a hash of names and values');
  }
  const entries = Object.entries(value);
  if (entries.length > 50) throw badParameter(param, 'parameter_invalid', 'Metadata can have up to 50 keys');
  for (const [name, text] of entries) {
    if (typeof text !== 'string' || text.length > 500)
      throw badParameter(
        `${param}[${name}]`,
        'parameter_invalid',
        'Metadata values are texts of up to 500 characters',
      );
    if (name.length > 40)
      throw badParameter(
        `${param}[${name}]`,
        'parameter_invalid',
        'Metadata keys can have up to 40 characters',
      );
  }
  return Object.fromEntries(entries.map(([name, text]) => [name, typeof text === 'string' ? text : '']));
}

export function textIn(values: Values, name: string): string | null | undefined {
  const value = values[name];
  return typeof value === 'string' || value === null ? value : undefined;
}

export function numberIn(values: Values, name: string): number | undefined {
  const value = values[name];
  return typeof value === 'number' ? value : undefined;
}

export function textsIn(values: Values, name: string): readonly string[] | undefined {
  const value = values[name];
  return Array.isArray(value) ? value : undefined;
}

export function valuesIn(values: Values, name: string): Values | null | undefined {
  const value = values[name];
  if (value === null) return null;
  return typeof value === 'object' && !isTexts(value) ? value : undefined;
}

function isTexts(value: readonly string[] | Values): value is readonly string[] {
  return Array.isArray(value);
}

/** The value of a parameter that the operation cannot do without. */
export function required<T>(value: T | null | undefined, param: string): T {
  if (value !== undefined && value !== null) return value;
  throw new StripeRefusal(400, {
    type: 'invalid_request_error',
    code: 'parameter_missing',
    param,
    message: `Missing required param: ${param}.`,
  });
}
