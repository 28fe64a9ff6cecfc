import type { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { failure } from '../../kit/failures.ts';
import { type JsonCall, jsonApi } from '../../kit/json-api.ts';
import { byOffset, eachOf } from '../../kit/pages.ts';
import { VENDOR } from './failures.ts';

export interface MailchimpApi {
  /** The answer, read as a shape. */
  <Schema extends z.ZodType>(
    call: JsonCall,
    schema: Schema,
    /** Told when the answer was given, by Mailchimp's own clock (epoch milliseconds), where it says. */
    at?: (moment: number) => void,
  ): Promise<z.infer<Schema>>;
  /** A call that is answered without a body. */
  (call: JsonCall): Promise<void>;
}

/** Most records in one page of a collection. */
export const PAGE = 1000;
/** Bounds a walk: 10 million records. */
const MOST_PAGES = 10_000;

/** Calls the Marketing API in the connection's data centre. Rejects with LiaisonErrors only. */
export function mailchimpApi(http: ConnectorHttp): MailchimpApi {
  const ask = jsonApi(http, () => {
    // Without a data centre there is nothing to call: the account has to be connected first.
    if (http.apiUrl === null) throw failure('reconnect', VENDOR);
    return `${http.apiUrl}/3.0`;
  });
  return async <Schema extends z.ZodType>(call: JsonCall, schema?: Schema, at?: (moment: number) => void) => {
    const answer = await ask(call);
    if (answer.at !== null) at?.(answer.at);
    if (schema === undefined) return undefined;
    return readAnswer(schema, answer.body, VENDOR, (call.method ?? 'GET') !== 'GET');
  };
}

/** Reads a collection page by page to its end. */
export async function everyPage<Item>(
  page: (offset: number) => Promise<{ readonly items: readonly Item[]; readonly total: number }>,
): Promise<Item[]> {
  const all: Item[] = [];
  const pages = eachOf(
    async (place: number | null) => {
      const offset = place ?? 0;
      const { items, total } = await page(offset);
      return { items, next: byOffset(offset, items.length, total) };
    },
    { most: MOST_PAGES },
  );
  for await (const item of pages) all.push(item);
  return all;
}

/** Where a member stands: by its contact id, or by the MD5 of its address. */
export const memberPath = (audience: string, id: string): string =>
  `/lists/${encodeURIComponent(audience)}/members/${encodeURIComponent(id)}`;
