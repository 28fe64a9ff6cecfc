import type { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { failureSentence } from '../../core/failure-sentences.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { VENDOR } from './failures.ts';

export interface MailchimpCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/3.0`: `/lists/abc/members`. */
  readonly path: string;
  /** Parameters that are undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly json?: unknown;
}

export interface MailchimpApi {
  /** The answer, read as a shape. */
  <Schema extends z.ZodType>(
    call: MailchimpCall,
    schema: Schema,
    /** Told when the answer was given, by Mailchimp's own clock (epoch milliseconds), where it says. */
    at?: (moment: number) => void,
  ): Promise<z.infer<Schema>>;
  /** A call that is answered without a body. */
  (call: MailchimpCall): Promise<void>;
}

/** Most records in one page of a collection. */
export const PAGE = 1000;

/** Calls the Marketing API in the connection's data centre. Rejects with LiaisonErrors only. */
export function mailchimpApi(http: ConnectorHttp): MailchimpApi {
  return async <Schema extends z.ZodType>(
    call: MailchimpCall,
    schema?: Schema,
    at?: (moment: number) => void,
  ) => {
    const { method = 'GET', path, query = {}, json } = call;
    // Without a data centre there is nothing to call: the account has to be connected first.
    if (http.apiUrl === null)
      throw new LiaisonError('reconnect', { sentence: failureSentence('reconnect', VENDOR) });
    const url = new URL(`${http.apiUrl}/3.0${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await http.fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) at?.(date);
    if (schema === undefined) return undefined;
    return readAnswer(schema, await response.json(), VENDOR, method !== 'GET');
  };
}

/** Reads a collection page by page to its end. */
export async function everyPage<Item>(
  page: (offset: number) => Promise<{ readonly items: readonly Item[]; readonly total: number }>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (;;) {
    const { items, total } = await page(all.length);
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

/** Where a member stands: by its contact id, or by the MD5 of its address. */
export const memberPath = (audience: string, id: string): string =>
  `/lists/${encodeURIComponent(audience)}/members/${encodeURIComponent(id)}`;
