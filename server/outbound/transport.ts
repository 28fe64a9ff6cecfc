import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isReadingMethod } from '../core/http-failure.ts';
import { ForbiddenAddress, guardedLookup, type Resolve } from './addresses.ts';

export interface TransportRequest {
  readonly url: URL;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the answer that are of interest: what goes beyond is not read, and no failure. Absent: all of it is. */
  readonly readAtMost?: number | undefined;
}

export interface TransportAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** Sends one request and reads the whole answer. Rejects with TransportFailure only. */
export interface Transport {
  (request: TransportRequest): Promise<TransportAnswer>;
  /** Closes idle connections. */
  close(): void;
}

export type TransportReason =
  /** Behind the sandbox wall, not https, or inside a private network: never connected. */
  | 'forbidden'
  /** No connection: name, refusal, TLS. */
  | 'unreachable'
  /** Cut while sending or reading. */
  | 'cut'
  | 'timeout'
  /** The caller gave up. */
  | 'stopped'
  | 'too-large';

export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly reason: TransportReason;
  /** The connection stood: the request, or a part of it, may have arrived. */
  readonly sent: boolean;

  constructor(reason: TransportReason, sent: boolean, cause?: unknown) {
    super(`${reason}${sent ? ' after sending' : ''}`, { cause });
    this.reason = reason;
    this.sent = sent;
  }
}

export interface TransportOptions {
  /** With a sandbox, its origin is all that can be reached; without one, public https addresses only. */
  readonly sandboxUrl: string | null;
  readonly resolve?: Resolve;
  /** Of the decoded answer. */
  readonly maxBytes?: number;
}

const TEN_MEGABYTES = 10 * 1024 * 1024;
// What the connection itself decides; a caller's values would contradict it.
const CONNECTION_HEADERS = [
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'expect',
  'cookie',
];

/** The bytes of an answer are decoded here, so these would no longer be true. */
const UNTRUE_HEADERS = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

/** The one place that opens sockets to vendors. */
export function createTransport(options: TransportOptions): Transport {
  const maxBytes = options.maxBytes ?? TEN_MEGABYTES;
  const sandboxOrigin = options.sandboxUrl === null ? null : new URL(options.sandboxUrl).origin;
  const plainAgent = new http.Agent({ keepAlive: true });
  const secureAgent = new https.Agent({ keepAlive: true, lookup: guardedLookup(options.resolve) });

  function isReachable(url: URL): boolean {
    if (sandboxOrigin !== null) return url.origin === sandboxOrigin;
    return url.protocol === 'https:' && isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0;
  }

  async function send(request: TransportRequest, isSecondTry = false): Promise<TransportAnswer> {
    if (!isReachable(request.url)) throw new TransportFailure('forbidden', false);
    if (request.signal?.aborted) throw new TransportFailure('stopped', false, request.signal.reason);
    const secure = request.url.protocol === 'https:';
    const outgoing = (secure ? https : http).request(request.url, {
      method: request.method,
      headers: {
        ...outgoingHeaders(request.headers),
        // Node tells the length of a body by itself, but of methods that usually have none (DELETE) it tells nothing.
        ...(request.body === null ? {} : { 'content-length': String(request.body.byteLength) }),
      },
      agent: secure ? secureAgent : plainAgent,
    });
    let sent = false;
    outgoing.once('socket', (socket) => {
      if (outgoing.reusedSocket) sent = true;
      else
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          sent = true;
        });
    });
    // One timer and one listener: signals made of signals cost more than the request's own headers and body.
    let ended: 'timeout' | 'stopped' | null = null;
    const end = (why: 'timeout' | 'stopped') => {
      ended ??= why;
      outgoing.destroy(new Error(why));
    };
    const timer = setTimeout(end, request.timeoutMs, 'timeout');
    const stop = () => end('stopped');
    request.signal?.addEventListener('abort', stop, { once: true });

    try {
      const incoming = await new Promise<http.IncomingMessage>((resolve, reject) => {
        outgoing.once('response', resolve);
        outgoing.on('error', reject);
        outgoing.end(request.body ?? undefined);
      });
      const bytes = await readAll(incoming, maxBytes, request.readAtMost);
      return { status: incoming.statusCode ?? 0, headers: answerHeaders(incoming), bytes };
    } catch (error) {
      outgoing.destroy();
      if (error instanceof TransportFailure) throw error;
      // The vendor closed an idle connection as we took it up: a read asks once more on a fresh one.
      if (outgoing.reusedSocket && isReadingMethod(request.method) && ended === null && !isSecondTry)
        return await send(request, true);
      if (ended !== null) throw new TransportFailure(ended, sent, error);
      if (error instanceof ForbiddenAddress) throw new TransportFailure('forbidden', false, error);
      throw new TransportFailure(sent ? 'cut' : 'unreachable', sent, error);
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', stop);
    }
  }

  return Object.assign((request: TransportRequest) => send(request), {
    close() {
      plainAgent.destroy();
      secureAgent.destroy();
    },
  });
}

function decoderOf(encoding: string | undefined): Transform | null {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return createInflate();
    default:
      return null;
  }
}

/** Counts decoded bytes, so that a small compressed answer cannot fill the memory. */
function readAll(incoming: http.IncomingMessage, maxBytes: number, readAtMost?: number): Promise<Buffer> {
  const isEmpty = incoming.statusCode === 204 || incoming.statusCode === 304;
  const decoder = isEmpty ? null : decoderOf(incoming.headers['content-encoding']);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const source: Readable = decoder === null ? incoming : incoming.pipe(decoder);
    const fail = (error: unknown): void => {
      decoder?.destroy();
      reject(error);
    };
    source.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (readAtMost !== undefined && size >= readAtMost) {
        resolve(Buffer.concat([...chunks, chunk]).subarray(0, readAtMost));
        decoder?.destroy();
        incoming.destroy();
      } else if (size > maxBytes) fail(new TransportFailure('too-large', true));
      else chunks.push(chunk);
    });
    source.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    source.on('error', fail);
    // What is cut short ends without an end.
    incoming.on('error', fail);
    incoming.on('close', () => {
      if (!incoming.complete) fail(new Error('The answer was cut short.'));
    });
  });
}

const outgoingHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> => {
  const kept: Record<string, string> = { ...headers, 'accept-encoding': 'gzip' };
  for (const name of CONNECTION_HEADERS) delete kept[name];
  return kept;
};

function answerHeaders(incoming: http.IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    if (UNTRUE_HEADERS.has(name)) continue;
    for (const value of values ?? []) headers.append(name, value);
  }
  return headers;
}
