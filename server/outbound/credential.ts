import { z } from 'zod';
import type { Authorisation } from '../core/connector.ts';

/** What a request carries to be let in. */
export interface Credential {
  /** Lower or mixed case, as declared; null: nothing is carried. */
  readonly header: { readonly name: string; readonly value: string } | null;
  /** Every text that must not be seen in a log. */
  readonly secrets: readonly string[];
}

const fieldsSchema = z.record(z.string(), z.string());

/** Several keys that belong together, as they are sealed: one text. */
export const writeKeys = (keys: Readonly<Record<string, string>>): string => JSON.stringify(keys);

/** The other way round. Throws for a text that `writeKeys` did not give. */
export const readKeys = (text: string): Readonly<Record<string, string>> =>
  fieldsSchema.parse(JSON.parse(text));

/**
 * The header of a request, by the connector's declaration.
 *
 * @param secret the access token, the key, or several keys as `writeKeys` gives them.
 */
export function credentialOf(authorisation: Authorisation, host: string, secret: string): Credential {
  const name = authorisation.headerName ?? 'authorization';
  if (authorisation.kind === 'oauth') {
    const form = authorisation.hostHeaders?.[host] ?? authorisation.header;
    return { header: { name, value: filled(form, { token: secret }) }, secrets: [secret] };
  }
  const keys = authorisation.fields === undefined ? { token: secret } : readKeys(secret);
  const secrets = Object.entries(keys).flatMap(([field, value]) =>
    authorisation.fields?.[field]?.shown === true ? [] : [value],
  );
  const { header } = authorisation;
  if (header === null) return { header: null, secrets };
  if (typeof header === 'string') return { header: { name, value: filled(header, keys) }, secrets };
  const [user, password] = header.basic;
  const pair = Buffer.from(`${keys[user] ?? ''}:${keys[password] ?? ''}`).toString('base64');
  return { header: { name, value: `Basic ${pair}` }, secrets: [...secrets, pair] };
}

const filled = (form: string, values: Readonly<Record<string, string>>): string =>
  form.replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
