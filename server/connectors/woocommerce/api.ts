import type { z } from 'zod';
import type { ConnectorHttp } from '../../core/connector.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { failure } from '../../kit/failures.ts';
import { type JsonAnswer, type JsonCall, jsonApi } from '../../kit/json-api.ts';
import { VENDOR } from './failures.ts';

/** Most records in one page, and in one batch. https://woocommerce.github.io/woocommerce-rest-api-docs/#pagination */
export const PAGE = 100;

export type WooCall = <Schema extends z.ZodType>(
  call: JsonCall,
  schema: Schema,
) => Promise<{ readonly data: z.infer<Schema> } & Pick<JsonAnswer, 'headers' | 'at'>>;

/** Calls the shop's REST interface, version 3. Rejects with LiaisonErrors only. */
export function wooApi(http: ConnectorHttp): WooCall {
  const ask = jsonApi(http, () => `${siteOf(http)}/wp-json/wc/v3`);
  return async (call, schema) => {
    const { body, headers, at } = await ask(call);
    const isWrite = (call.method ?? 'GET') !== 'GET';
    return { data: readAnswer(schema, body, VENDOR, isWrite), headers, at };
  };
}

/** Where the shop stands: without an address there is nothing to call. */
export function siteOf({ apiUrl }: Pick<ConnectorHttp, 'apiUrl'>): string {
  if (apiUrl === null) throw failure('reconnect', VENDOR);
  return apiUrl;
}

/** The shop's address as people say it: no two shops have the same. */
export function shopName(http: Pick<ConnectorHttp, 'apiUrl'>): string {
  const { host, pathname } = new URL(siteOf(http));
  return `${host}${pathname === '/' ? '' : pathname}`;
}
