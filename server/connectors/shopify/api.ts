import { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { failure } from '../../kit/failures.ts';
import { jsonApi } from '../../kit/json-api.ts';
import { VENDOR } from './failures.ts';

/** Supported until October 2027. https://shopify.dev/docs/api/usage/versioning */
const VERSION = '2026-10';

export interface ShopifyAnswer<Data> {
  readonly data: Data;
  /** Epoch milliseconds by Shopify's clock. */
  readonly at: number;
}

export type ShopifyCall = <Schema extends z.ZodType>(
  document: string,
  variables: Readonly<Record<string, unknown>>,
  schema: Schema,
) => Promise<ShopifyAnswer<z.infer<Schema>>>;

/** Whether a document asks, and changes nothing. */
export const isQuery = (document: string): boolean => /^\s*query\b/.test(document);

/** Calls the shop's Admin API, which is GraphQL alone. Rejects with LiaisonErrors only. */
export function shopifyApi(http: ConnectorHttp): ShopifyCall {
  const ask = jsonApi(http, () => `${siteOf(http)}/admin/api/${VERSION}`);
  return async (document, variables, schema) => {
    const json = { query: document, variables };
    const { body, at } = await ask({ method: 'POST', path: '/graphql.json', json });
    const isWrite = !isQuery(document);
    const { data } = readAnswer(z.object({ data: z.unknown() }), body, VENDOR, isWrite);
    // Ages are told by the clock that stamps the orders.
    if (at === null) throw failure('retry-later', VENDOR, 'An answer came without a date.');
    return { data: readAnswer(schema, data, VENDOR, isWrite), at };
  };
}

export function siteOf({ apiUrl }: Pick<ConnectorHttp, 'apiUrl'>): string {
  if (apiUrl === null) throw failure('reconnect', VENDOR);
  return apiUrl;
}

/** The shop's address at Shopify, which no other shop has: as Shopify says it, where it was asked. */
export const shopName = (http: Pick<ConnectorHttp, 'apiUrl' | 'account'>): string =>
  http.account.id || new URL(siteOf(http)).host;
