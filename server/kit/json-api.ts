import type { ConnectorHttp } from '../core/connector.ts';

export interface JsonCall {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the API's base address: `/crm/v8/Deals`. */
  readonly path: string;
  /** Parameters that are undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly json?: unknown;
  /** Instead of `json`. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface JsonAnswer {
  /** Null where nothing came: nothing found, nothing new, nothing to say. */
  readonly body: unknown;
  readonly headers: Headers;
  /** Epoch milliseconds by the vendor's own clock, from the `Date` header; null when it sent none. */
  readonly at: number | null;
}

/**
 * Calls a vendor's JSON API. Rejects with LiaisonErrors only: what is no JSON was turned into a failure before it
 * came here.
 *
 * @param base without a trailing slash; asked at each call, because only then it must be known.
 */
export function jsonApi(http: ConnectorHttp, base: () => string): (call: JsonCall) => Promise<JsonAnswer> {
  return async ({ method = 'GET', path, query = {}, json, form, headers = {} }) => {
    const url = new URL(base() + path);
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
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    const at = Date.parse(response.headers.get('date') ?? '');
    const text = response.status === 204 ? '' : await response.text();
    return {
      body: text === '' ? null : JSON.parse(text),
      headers: response.headers,
      at: Number.isNaN(at) ? null : at,
    };
  };
}
