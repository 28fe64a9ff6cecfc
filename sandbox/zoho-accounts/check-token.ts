import type { Request } from 'express';
import type { VendorDesk } from '../core/simulator.ts';
import { accountsTables } from './rows.ts';
import { covers } from './scopes.ts';

export type TokenVerdict =
  | {
      readonly ok: true;
      readonly user: string;
      readonly clientId: string;
      readonly scopes: readonly string[];
    }
  /** Each Zoho product words these two in its own form. */
  | {
      readonly ok: false;
      readonly reason: 'INVALID_TOKEN' | 'OAUTH_SCOPE_MISMATCH' | 'AUTHENTICATION_FAILURE';
    };

/**
 * Believes or refuses `Authorization: Zoho-oauthtoken …` of a request to one of Zoho's products.
 *
 * @param desk of the product's own simulator.
 * @param needed every one of these scopes must be covered.
 */
export function checkToken(desk: VendorDesk, request: Request, needed: readonly string[]): TokenVerdict {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  if (token === undefined || scheme?.toLowerCase() !== 'zoho-oauthtoken')
    return { ok: false, reason: 'AUTHENTICATION_FAILURE' };
  const held = accountsTables(desk.other('zoho-accounts')).accessTokens.get(token);
  if (!held || held.expiresAt <= desk.clock().getTime()) return { ok: false, reason: 'INVALID_TOKEN' };
  if (!needed.every((scope) => covers(held.scopes, scope)))
    return { ok: false, reason: 'OAUTH_SCOPE_MISMATCH' };
  return { ok: true, user: held.user, clientId: held.clientId, scopes: held.scopes };
}
