import { createHmac, hash, verify as verifySignature } from 'node:crypto';
import { isListed } from '../core/address-list.ts';
import type { SignatureScheme } from '../core/connector.ts';
import { same } from '../core/same.ts';
import { judgeToken } from './jwt.ts';

export type Verdict =
  /** `body`: what of it is believed, where that may not be all. */
  | { readonly ok: true; readonly body?: Record<string, unknown> }
  | { readonly ok: false; readonly status: 400 | 401; readonly reason: Refusal };

export type Refusal = 'unsigned' | 'bad-signature' | 'stale' | 'closed' | 'from-elsewhere';

export interface Sealed {
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: Buffer;
  /** Reads the body: only for schemes whose secret is in it, so that nobody else makes us parse before he is believed. */
  body(): Readonly<Record<string, unknown>>;
  /** Of the address that was delivered to: only looked at for schemes whose secret is in it. */
  readonly query: string;
  /** The address that it comes from; null or absent: nobody knows. */
  readonly from?: string | null;
}

const digestOf = (secret: string): string => hash('sha256', secret);

const anySame = (given: readonly string[], expected: readonly string[]): boolean => {
  let found = false;
  for (const one of given) for (const other of expected) found = same(one, other) || found;
  return found;
};

/** What stands at the end of a path through objects and lists; only what is their own. */
function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}

const textAt = (value: unknown, field: string | readonly (string | number)[]): string | null => {
  const found = at(value, [field].flat());
  return typeof found === 'string' && found !== '' ? found : null;
};

type BodyToken = Extract<SignatureScheme, { kind: 'body-token' }>;

/** What a delivery gathers, where its scheme says that it gathers anything. */
const gathered = ({ each }: BodyToken, delivery: Sealed): readonly unknown[] => {
  const list = each === undefined ? undefined : at(delivery.body(), [each]);
  return Array.isArray(list) ? list : [];
};

function carried(scheme: SignatureScheme, delivery: Sealed): string | null {
  if (scheme.kind === 'from-address') return delivery.from ?? null;
  if (scheme.kind === 'body-token' && scheme.each !== undefined) {
    const tokens = gathered(scheme, delivery).map((one) => textAt(one, scheme.field));
    return tokens.find((token) => token !== null) ?? null;
  }
  if (scheme.kind === 'body-token') return textAt(delivery.body(), scheme.field);
  if (scheme.kind === 'url-secret') return new URLSearchParams(delivery.query).get(scheme.parameter) || null;
  const value = delivery.headers[scheme.header.toLowerCase()];
  return value === undefined || value === '' ? null : value;
}

/** Whether one of the keys signed the body; null: none of them is a key. One that is none opens nothing, and shuts nothing. */
function hasSigned(credential: string, raw: Buffer, secrets: readonly string[]): boolean | null {
  const signature = Buffer.from(credential, 'base64');
  const verdicts = secrets.map((key) => {
    try {
      return verifySignature('sha256', raw, key, signature);
    } catch {
      return null;
    }
  });
  return verdicts.includes(true) ? true : verdicts.includes(false) ? false : null;
}

function judgeByKey(
  scheme: Extract<SignatureScheme, { kind: 'rsa-sha256' | 'jwt' }>,
  credential: string,
  { raw }: Sealed,
  secrets: readonly string[],
  nowMs: number,
): Verdict {
  if (scheme.kind === 'rsa-sha256') {
    const signed = hasSigned(credential, raw, secrets);
    if (signed === true) return { ok: true };
    return { ok: false, status: 401, reason: signed === null ? 'closed' : 'bad-signature' };
  }
  try {
    const refusal = judgeToken(scheme, credential, raw, secrets, nowMs);
    if (refusal === null) return { ok: true };
    return { ok: false, status: refusal === 'stale' ? 400 : 401, reason: refusal };
  } catch {
    return { ok: false, status: 401, reason: 'closed' };
  }
}

/** Those of a delivery that carry a secret of ours; none: it is refused. */
function judgeEach(scheme: BodyToken, each: string, delivery: Sealed, secrets: readonly string[]): Verdict {
  const known = secrets.map(digestOf);
  const believed = gathered(scheme, delivery).filter((one) => {
    const token = textAt(one, scheme.field);
    return token !== null && anySame([digestOf(token)], known);
  });
  return believed.length === 0
    ? { ok: false, status: 401, reason: 'bad-signature' }
    : { ok: true, body: { ...delivery.body(), [each]: believed } };
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
  if (scheme.kind === 'from-address')
    return secrets.some((list) => isListed(list, credential))
      ? { ok: true }
      : { ok: false, status: 401, reason: 'from-elsewhere' };
  if (scheme.kind === 'rsa-sha256' || scheme.kind === 'jwt') {
    return judgeByKey(scheme, credential, delivery, secrets, nowMs);
  }
  if (scheme.kind === 'body-token' && scheme.each !== undefined)
    return judgeEach(scheme, scheme.each, delivery, secrets);
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

const UNREAD: ReadonlySet<SignatureScheme['kind']> = new Set(['secret-header', 'url-secret', 'from-address']);

/**
 * The same before the body was read, where what decides is not in it and not made of it; null: it has to be read.
 */
export function verifyUnread(
  schemes: readonly SignatureScheme[],
  delivery: Omit<Sealed, 'raw' | 'body'>,
  secretsOf: (scheme: SignatureScheme) => readonly string[],
): Verdict | null {
  const unread: Sealed = { ...delivery, raw: Buffer.alloc(0), body: () => ({}) };
  for (const scheme of schemes) {
    if (scheme.kind === 'body-token') return null;
    if (scheme.kind === 'from-address' && secretsOf(scheme).length === 0) continue;
    const credential = carried(scheme, unread);
    if (credential === null) continue;
    return UNREAD.has(scheme.kind) ? judge(scheme, credential, unread, secretsOf(scheme), 0) : null;
  }
  return { ok: false, status: 401, reason: 'unsigned' };
}

/**
 * Decides whether a delivery comes from the vendor, by the connector's declared schemes: the first whose
 * credential is present decides; a delivery that carries none is refused.
 *
 * @param secretsOf the secrets accepted now for a scheme (two while one is being rotated): the connection's, or
 *   the application's where the scheme says so.
 */
export function verify(
  schemes: readonly SignatureScheme[],
  delivery: Sealed,
  secretsOf: (scheme: SignatureScheme) => readonly string[],
  nowMs: number,
): Verdict {
  for (const scheme of schemes) {
    // Where nothing is listed, a delivery that carries nothing is one without a secret.
    if (scheme.kind === 'from-address' && secretsOf(scheme).length === 0) continue;
    const credential = carried(scheme, delivery);
    if (credential !== null) return judge(scheme, credential, delivery, secretsOf(scheme), nowMs);
  }
  return { ok: false, status: 401, reason: 'unsigned' };
}
