import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { SignatureScheme } from '../core/connector.ts';

export type Verdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 400 | 401; readonly reason: Refusal };

export type Refusal = 'unsigned' | 'bad-signature' | 'stale' | 'closed';

export interface Sealed {
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: Buffer;
  /** Reads the body: only for schemes whose secret is in it, so that nobody else makes us parse before he is believed. */
  body(): Readonly<Record<string, unknown>>;
  /** Of the address that was delivered to: only looked at for schemes whose secret is in it. */
  readonly query: string;
}

/**
 * Compares without telling by its time how much was right. Its length may be told: all digests of a kind have
 * the same, and a secret is compared by its digest.
 */
function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const digestOf = (secret: string): string => hash('sha256', secret);

const anySame = (given: readonly string[], expected: readonly string[]): boolean => {
  let found = false;
  for (const one of given) for (const other of expected) found = same(one, other) || found;
  return found;
};

function carried(scheme: SignatureScheme, delivery: Sealed): string | null {
  if (scheme.kind === 'body-token') {
    const token = delivery.body()[scheme.field];
    return typeof token === 'string' && token !== '' ? token : null;
  }
  if (scheme.kind === 'url-secret') return new URLSearchParams(delivery.query).get(scheme.parameter) || null;
  const value = delivery.headers[scheme.header.toLowerCase()];
  return value === undefined || value === '' ? null : value;
}

function judge(
  scheme: SignatureScheme,
  credential: string,
  delivery: Sealed,
  secrets: readonly string[],
  nowMs: number,
): Verdict {
  // No secret set for this scheme: closed, not open.
  if (secrets.length === 0) return { ok: false, status: 401, reason: 'closed' };
  if (scheme.kind !== 'hmac-sha256') {
    return anySame([digestOf(credential)], secrets.map(digestOf))
      ? { ok: true }
      : { ok: false, status: 401, reason: 'bad-signature' };
  }
  const read = scheme.read(credential, delivery.headers);
  if (read === null || read.signatures.length === 0)
    return { ok: false, status: 400, reason: 'bad-signature' };
  const prefix = scheme.prefix(read.timestamp);
  const expected = secrets.map((secret) =>
    createHmac('sha256', secret).update(prefix).update(delivery.raw).digest(scheme.encoding),
  );
  if (!anySame(read.signatures, expected)) return { ok: false, status: 401, reason: 'bad-signature' };
  if (scheme.toleranceSeconds !== undefined) {
    const stamped = Number(read.timestamp);
    const apart = Math.abs(nowMs / 1_000 - stamped);
    if (!Number.isFinite(stamped) || apart > scheme.toleranceSeconds)
      return { ok: false, status: 400, reason: 'stale' };
  }
  return { ok: true };
}

/**
 * Decides whether a delivery comes from the vendor, by the connector's declared schemes: the first whose
 * credential is present decides; a delivery that carries none is refused.
 *
 * @param secretsOf the secrets accepted now for a scheme (two while one is being rotated).
 */
export function verify(
  schemes: readonly SignatureScheme[],
  delivery: Sealed,
  secretsOf: (kind: SignatureScheme['kind']) => readonly string[],
  nowMs: number,
): Verdict {
  for (const scheme of schemes) {
    const credential = carried(scheme, delivery);
    if (credential !== null) return judge(scheme, credential, delivery, secretsOf(scheme.kind), nowMs);
  }
  return { ok: false, status: 401, reason: 'unsigned' };
}
