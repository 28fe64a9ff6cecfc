import { LiaisonError } from '../core/errors.ts';

/** A request as any caller of `fetch` may put it, read into plain parts. */
export interface PlainRequest {
  readonly url: URL;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly signal: AbortSignal | undefined;
}

export type FetchInput = Parameters<typeof globalThis.fetch>[0];
export type FetchInit = Parameters<typeof globalThis.fetch>[1];

/**
 * Reads the arguments of a `fetch`: text, URL or Request, and every kind of body. The address is read
 * first and by itself, so that one with a user name in it is refused like any other foreign address.
 */
export async function readRequest(
  input: FetchInput,
  init: FetchInit,
  check: (url: URL) => void,
): Promise<PlainRequest> {
  const text = typeof input === 'object' && 'url' in input ? input.url : String(input);
  if (!URL.canParse(text)) throw notAnAddress();
  const url = new URL(text);
  check(url);
  url.hash = '';
  if (typeof input === 'object' && 'url' in input) return readWhole(input, init, url);
  const body = plainBody(init?.body);
  if (body === undefined) return readWhole(input, init, url);
  const headers: Record<string, string> = Object.fromEntries(new Headers(init?.headers));
  if (body !== null && body.type !== null) headers['content-type'] ??= body.type;
  const method = init?.method ?? 'GET';
  return {
    url,
    method: STANDARD_METHODS.has(method.toUpperCase()) ? method.toUpperCase() : method,
    headers,
    body: body?.bytes ?? null,
    signal: init?.signal ?? undefined,
  };
}

const STANDARD_METHODS = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);

/** Bytes and type of a body that needs nobody to read it; undefined: it does. */
function plainBody(
  body: RequestInit['body'] | undefined,
): { bytes: Uint8Array; type: string | null } | null | undefined {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') return { bytes: Buffer.from(body), type: 'text/plain;charset=UTF-8' };
  if (body instanceof URLSearchParams)
    return { bytes: Buffer.from(body.toString()), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  return body instanceof Uint8Array ? { bytes: body, type: null } : undefined;
}

/** A request of any other form, as the platform reads it: it makes streams and signals of its own, which cost. */
async function readWhole(input: FetchInput, init: FetchInit, url: URL): Promise<PlainRequest> {
  const isStream = init?.body !== undefined && init.body !== null && typeof init.body === 'object';
  const request = new Request(input, { ...init, ...(isStream ? { duplex: 'half' } : {}) } as RequestInit);
  const bytes = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
  const headers = Object.fromEntries(request.headers);
  return { url, method: request.method, headers, body: bytes, signal: request.signal };
}

function notAnAddress(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'Liaison was about to call something that is not a web address. Please report this to us.',
      fr: 'Liaison allait appeler une adresse qui n’en est pas une. Merci de nous le signaler.',
    },
  });
}
