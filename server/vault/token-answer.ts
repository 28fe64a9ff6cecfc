import type { TransportAnswer } from '../outbound/transport.ts';

/**
 * Rewrites what a token endpoint answered into what RFC 6749 says it should have: vendors put failures
 * into a 200, name errors in words of their own, send `expires_in` as text, as 0, in milliseconds (then with
 * `expires_in_sec` beside it, as Zoho did: https://www.zoho.com/accounts/protocol/oauth/web-apps/access-token.html)
 * or not at all, and call tokens by other types than "bearer" (how a token travels is the connector's to declare).
 *
 * @returns null when the answer is no JSON object: no answer of a token endpoint at all.
 */
export function asTokenAnswer(answer: TransportAnswer): Response | null {
  const body = readObject(answer.bytes.toString('utf8'));
  if (body === null) return null;
  const accessToken = body.access_token;
  if (typeof accessToken !== 'string' || accessToken === '') {
    return Response.json(
      { error: codeOf(typeof body.error === 'string' ? body.error : '') },
      { status: 400 },
    );
  }
  const refreshToken = body.refresh_token;
  const scope = body.scope;
  const seconds = Number(body.expires_in_sec ?? body.expires_in);
  return Response.json({
    access_token: accessToken,
    token_type: 'bearer',
    ...(typeof refreshToken === 'string' && refreshToken !== '' ? { refresh_token: refreshToken } : {}),
    ...(typeof scope === 'string' && scope !== '' ? { scope } : {}),
    ...(Number.isFinite(seconds) && seconds > 0 ? { expires_in: seconds } : {}),
  });
}

// A token that is worthless already needs no revoking (RFC 7009, 2.2).
const ALREADY_DEAD =
  /^(invalid_(code|token|grant|auth|refresh_token)|token_(revoked|expired)|account_inactive|not_authed)$/;

/** The same for a revocation endpoint, where RFC 7009 wants a 200 or an error. */
export function asRevocationAnswer(answer: TransportAnswer): Response {
  const body = readObject(answer.bytes.toString('utf8'));
  const error = typeof body?.error === 'string' ? codeOf(body.error) : null;
  if (error === null) return new Response(null, { status: answer.status });
  if (ALREADY_DEAD.test(error)) return new Response(null, { status: 200 });
  return Response.json({ error }, { status: 400 });
}

function codeOf(error: string): string {
  return error.trim().toLowerCase().replace(/\s+/g, '_').slice(0, 100) || 'no_token';
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
