import { createHmac, createPublicKey, hash, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import type { SignatureScheme } from '../core/connector.ts';
import { same } from '../core/same.ts';

type JwtScheme = Extract<SignatureScheme, { kind: 'jwt' }>;

/** Why a token was not believed; null: it is good. */
export type JwtRefusal = 'bad-signature' | 'stale' | null;

const headSchema = z.object({ alg: z.string(), kid: z.string().optional() });
const claimsSchema = z.looseObject({
  exp: z.number().optional(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
});
const keysSchema = z.object({
  keys: z.array(z.looseObject({ kid: z.string().optional() })).min(1),
  claims: z.record(z.string(), z.string()).default({}),
});

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The keys of a secret that may have signed, and what a token signed with them must say. */
function keysOf(
  secret: string,
  kid: string | undefined,
): {
  readonly keys: readonly (() => KeyObject)[];
  readonly claims: Readonly<Record<string, string>>;
} {
  if (secret.startsWith('-----BEGIN')) return { keys: [() => createPublicKey(secret)], claims: {} };
  const { keys, claims } = keysSchema.parse(JSON.parse(secret));
  const fitting = keys.filter((one) => kid === undefined || one.kid === undefined || one.kid === kid);
  return {
    keys: fitting.map((jwk) => () => createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })),
    claims,
  };
}

/** A key that cannot be read has signed nothing: the others may have. */
function hasSigned(key: () => KeyObject, signed: string, signature: Buffer): boolean {
  try {
    return verify('sha256', Buffer.from(signed), key(), signature);
  } catch {
    return false;
  }
}

/** Whether one of the secrets signed it, and what it must say besides; null: none did. */
function signedBy(
  { algorithm }: JwtScheme,
  [head, body, signature]: readonly [string, string, string],
  kid: string | undefined,
  secrets: readonly string[],
): Readonly<Record<string, string>> | null {
  const signed = `${head}.${body}`;
  for (const secret of secrets) {
    if (algorithm === 'HS256') {
      if (same(signature, createHmac('sha256', secret).update(signed).digest('base64url'))) return {};
      continue;
    }
    const { keys, claims } = keysOf(secret, kid);
    const bytes = Buffer.from(signature, 'base64url');
    if (keys.some((key) => hasSigned(key, signed, bytes))) return claims;
  }
  return null;
}

/** Seconds beyond the year 5000 are milliseconds, which some vendors write against the standard. */
const inSeconds = (moment: number | undefined): number | undefined =>
  moment !== undefined && moment > 1e11 ? moment / 1_000 : moment;

/**
 * Judges a JSON web token (RFC 7519). The algorithm is the scheme's: what the token names is only compared, so
 * that a public key is never taken for a shared secret, and `none` for no signature.
 */
export function judgeToken(
  scheme: JwtScheme,
  credential: string,
  raw: Buffer,
  secrets: readonly string[],
  nowMs: number,
): JwtRefusal {
  const parts = credential.replace(/^bearer\s+/i, '').split('.');
  const [head = '', body = '', signature = ''] = parts;
  const named = headSchema.safeParse(jsonOf(head)).data;
  if (parts.length !== 3 || named?.alg !== scheme.algorithm) return 'bad-signature';
  const expected = signedBy(scheme, [head, body, signature], named.kid, secrets);
  const claims = expected === null ? undefined : claimsSchema.safeParse(jsonOf(body)).data;
  if (expected === null || claims === undefined) return 'bad-signature';
  const says = (name: string, value: string): boolean =>
    [claims[name]].flat().some((one) => typeof one === 'string' && one === value);
  if (!Object.entries(expected).every(([name, value]) => says(name, value))) return 'bad-signature';
  if (scheme.bodyDigest !== undefined && !says(scheme.bodyDigest, hash('sha256', raw)))
    return 'bad-signature';
  const now = nowMs / 1_000;
  const apart = scheme.toleranceSeconds;
  const [exp, iat, nbf] = [claims.exp, claims.iat, claims.nbf].map(inSeconds);
  // Without an end nor a beginning a token would be good for ever to whoever overhears it.
  const isOver = exp === undefined ? iat === undefined || now > iat + apart : now > exp + apart;
  const isEarly = [iat, nbf].some((from) => from !== undefined && now < from - apart);
  return isOver || isEarly ? 'stale' : null;
}
