import { LiaisonError } from '../core/errors.ts';

/** A request as any caller of `fetch` may put it, read into plain parts. */
export interface PlainRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
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
  const isStream = init?.body !== undefined && init.body !== null && typeof init.body === 'object';
  const request = new Request(input, { ...init, ...(isStream ? { duplex: 'half' } : {}) } as RequestInit);
  const bytes = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
  return { url, method: request.method, headers: request.headers, body: bytes, signal: request.signal };
}

function notAnAddress(): LiaisonError {
  return new LiaisonError('rejected', {
    sentence: {
      en: 'Liaison was about to call something that is not a web address. Please report this to us.',
      fr: 'Liaison allait appeler une adresse qui n’en est pas une. Merci de nous le signaler.',
    },
  });
}
