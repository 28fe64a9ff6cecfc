import type { IncomingMessage } from 'node:http';

export type RawBody =
  | { readonly ok: true; readonly raw: Buffer }
  | { readonly ok: false; readonly status: 408 | 413 | 415 };

const LINGER_MS = 2_000;
/** For the whole body: no vendor's takes a second. A sender that trickles would hold its connection for ever. */
export const BODY_WITHIN_MS = 10_000;

/**
 * Reads what still comes and drops it, for a moment: a connection cut while the sender writes would lose it
 * the answer too.
 *
 * @param over called once, when the sender has ended or was cut off.
 */
export function letGo(request: IncomingMessage, over: () => void): void {
  request.removeAllListeners('data');
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  timer.unref();
  request.once('close', () => {
    clearTimeout(timer);
    over();
  });
}

/**
 * The bytes of a delivery, at most `limit`, and no longer waited for than `withinMs`. Compressed bodies are refused: no vendor that Liaison knows
 * sends them, and signatures are over what was sent. What is refused is left unread: see `letGo`.
 */
export function readRaw(request: IncomingMessage, limit: number, withinMs: number): Promise<RawBody> {
  const encoding = request.headers['content-encoding'];
  const refused = encoding !== undefined && encoding !== 'identity' ? 415 : null;
  const status = refused ?? (Number(request.headers['content-length'] ?? 0) > limit ? 413 : null);
  if (status !== null) return Promise.resolve({ ok: false, status });
  return new Promise((settle) => {
    const late = setTimeout(() => resolve({ ok: false, status: 408 }), withinMs);
    const resolve = (body: RawBody): void => {
      clearTimeout(late);
      settle(body);
    };
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > limit) resolve({ ok: false, status: 413 });
      else parts.push(part);
    });
    request.on('end', () =>
      resolve({ ok: true, raw: parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts) }),
    );
    request.on('error', () => resolve({ ok: false, status: 408 }));
    request.on('aborted', () => resolve({ ok: false, status: 408 }));
  });
}
