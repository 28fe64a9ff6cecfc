import type { ConnectorHttp } from '../../../core/connector.ts';
import { dataCentreOf } from './data-centres.ts';

export interface ZohoCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path from the API host: `/crm/v8/Deals`. */
  readonly path: string;
  /** Parameters that are undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ZohoAnswer {
  /** Null where Zoho answers 204 or 304: nothing found, nothing new. */
  readonly body: unknown;
  /** Epoch milliseconds by Zoho's own clock, from the `Date` header; null when it sent none. */
  readonly at: number | null;
}

export type ZohoApi = (call: ZohoCall) => Promise<ZohoAnswer>;

/** Calls one of Zoho's JSON APIs in the connection's data centre. Rejects with LiaisonErrors only. */
export function zohoApi(http: ConnectorHttp): ZohoApi {
  const { apiUrl } = dataCentreOf(http.apiUrl);
  return async ({ method = 'GET', path, query = {}, json, headers = {} }) => {
    const url = new URL(apiUrl + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await http.fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const at = Date.parse(response.headers.get('date') ?? '');
    const text = response.status === 204 ? '' : await response.text();
    // What is no JSON was turned into a failure before it came here.
    return { body: text === '' ? null : JSON.parse(text), at: Number.isNaN(at) ? null : at };
  };
}
