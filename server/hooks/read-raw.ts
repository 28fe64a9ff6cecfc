import type { IncomingMessage } from 'node:http';

export type RawBody = { readonly ok: true; readonly raw: Buffer } | { readonly ok: false; readonly status: 408 | 413 | 415 };

/**
 * The bytes of a delivery, at most `limit`. Compressed bodies are refused: no vendor that Liaison knows
 * sends them, and signatures are over what was sent.
 */
export function readRaw(request: IncomingMessage, limit: number): Promise<RawBody> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return Promise.resolve({ ok: false, status: 415 });
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve({ ok: false, status: 413 });
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > limit) {
        request.removeAllListeners('data');
        resolve({ ok: false, status: 413 });
      } else parts.push(part);
    });
    request.on('end', () => resolve({ ok: true, raw: parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts) }));
    request.on('error', () => resolve({ ok: false, status: 408 }));
    request.on('aborted', () => resolve({ ok: false, status: 408 }));
  });
}
