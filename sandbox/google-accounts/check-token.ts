import type { Request, Response } from 'express';
import type { VendorDesk } from '../core/simulator.ts';
import { type AccessTokenRow, accountsTables } from './rows.ts';

export type Verdict =
  | { readonly ok: true; readonly token: AccessTokenRow }
  | { readonly ok: false; readonly reason: 'unauthenticated' | 'scope' };

/**
 * Believes or refuses `Authorization: Bearer …` of a request to one of Google's products.
 *
 * @param desk of the product's own simulator, or of the accounts'.
 * @param anyOf one of these scopes is enough.
 */
export function checkToken(desk: VendorDesk, request: Request, anyOf: readonly string[]): Verdict {
  const given = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
  const token = accountsTables(desk.other('google-accounts')).accessTokens.get(given);
  if (!token || token.expiresAt <= desk.clock().getTime()) return { ok: false, reason: 'unauthenticated' };
  if (!anyOf.some((scope) => token.scopes.includes(scope))) return { ok: false, reason: 'scope' };
  return { ok: true, token };
}

/** Google's error body. https://cloud.google.com/apis/design/errors */
export function googleError(
  code: number,
  status: string,
  message: string,
  details?: readonly object[],
): object {
  return { error: { code, message, status, ...(details ? { details } : {}) } };
}

/** Answers a request whose token was not believed. */
export function refuseToken(response: Response, reason: 'unauthenticated' | 'scope'): void {
  const info = (name: string): object => ({
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: name,
    domain: 'googleapis.com',
  });
  if (reason === 'unauthenticated') {
    const message = 'Request had invalid authentication credentials. Expected an OAuth 2 access token.';
    response
      .status(401)
      .set('WWW-Authenticate', 'Bearer realm="https://accounts.google.com/", error="invalid_token"')
      .json(googleError(401, 'UNAUTHENTICATED', message, [info('ACCESS_TOKEN_EXPIRED')]));
    return;
  }
  const message = 'Request had insufficient authentication scopes.';
  response
    .status(403)
    .set('WWW-Authenticate', 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"')
    .json(googleError(403, 'PERMISSION_DENIED', message, [info('ACCESS_TOKEN_SCOPE_INSUFFICIENT')]));
}
