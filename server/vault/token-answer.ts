import type { TransportAnswer } from '../outbound/transport.ts';

/**
 * Rewrites what a token endpoint answered into what RFC 6749 says it should have: vendors put failures
 * into a 200, name errors in words of their own, send `expires_in` as text, as 0 or not at all, and call
 * tokens by other types than "bearer" (how a token travels is the connector's to declare).
 *
 * @returns null when the answer is no JSON object: no answer of a token endpoint at all.
 */
export function asTokenAnswer(answer: TransportAnswer): Response | null {
  const body = readObject(answer.bytes.toString('utf8'));
  if (body === null) return null;
  const accessToken = body.access_token;
  if (typeof accessToken !== 'string' || accessToken === '') {
    const error = typeof body.error === 'string' && body.error !== '' ? body.error : 'no_token';
    return Response.json(
      { error: error.trim().toLowerCase().replace(/\s+/g, '_').slice(0, 100) },
      { status: 400 },
    );
  }
  const refreshToken = body.refresh_token;
  const scope = body.scope;
  const seconds = Number(body.expires_in);
  return Response.json({
    access_token: accessToken,
    token_type: 'bearer',
    ...(typeof refreshToken === 'string' && refreshToken !== '' ? { refresh_token: refreshToken } : {}),
    ...(typeof scope === 'string' && scope !== '' ? { scope } : {}),
    ...(Number.isFinite(seconds) && seconds > 0 ? { expires_in: seconds } : {}),
  });
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
