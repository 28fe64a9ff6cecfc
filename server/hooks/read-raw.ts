import type { IncomingMessage } from 'node:http';

export type RawBody =
  | { readonly ok: true; readonly raw: Buffer }
  | { readonly ok: false; readonly status: 408 | 413 | 415 };

const LINGER_MS = 2_000;

/**
 * Reads what still comes and drops it, for a moment: a connection cut while the sender writes would lose it
 * the answer too.
 */
function letGo(request: IncomingMessage): void {
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
}

/**
 * The bytes of a delivery, at most `limit`. Compressed bodies are refused: no vendor that Liaison knows
 * sends them, and signatures are over what was sent.
 */
export function readRaw(request: IncomingMessage, limit: number): Promise<RawBody> {
  const encoding = request.headers['content-encoding'];
  const refused = encoding !== undefined && encoding !== 'identity' ? 415 : null;
  const status = refused ?? (Number(request.headers['content-length'] ?? 0) > limit ? 413 : null);
  if (status !== null) {
    letGo(request);
    return Promise.resolve({ ok: false, status });
  }
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > limit) {
        request.removeAllListeners('data');
        letGo(request);
        resolve({ ok: false, status: 413 });
      } else parts.push(part);
    });
    request.on('end', () =>
      resolve({ ok: true, raw: parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts) }),
    );
    request.on('error', () => resolve({ ok: false, status: 408 }));
    request.on('aborted', () => resolve({ ok: false, status: 408 }));
  });
}
