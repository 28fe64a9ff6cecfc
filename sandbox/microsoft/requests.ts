import type { Request } from 'express';
import type { VendorDesk } from '../core/simulator.ts';
import { type AccessTokenRow, accountsTables, policyOf } from '../microsoft-accounts/rows.ts';
import { GraphRefusal } from './refusal.ts';

/**
 * Believes or refuses `Authorization: Bearer …`. A token of before the tenant asked for a fresh sign-in is answered with
 * what the sign-in has to bring: https://learn.microsoft.com/entra/identity-platform/claims-challenge
 *
 * @param anyOf one of these permissions is enough.
 */
export function believe(desk: VendorDesk, request: Request, anyOf: readonly string[]): AccessTokenRow {
  const accounts = desk.other('microsoft-accounts');
  const given = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
  const token = accountsTables(accounts).accessTokens.get(given);
  const now = desk.clock().getTime();
  if (!token || token.expiresAt <= now)
    throw new GraphRefusal(
      401,
      'InvalidAuthenticationToken',
      'Lifetime validation failed, the token is expired.',
      {
        'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"`,
      },
    );
  if (token.signedInAt < policyOf(accounts).freshSince)
    throw new GraphRefusal(
      401,
      'InvalidAuthenticationToken',
      'Continuous access evaluation resulted in challenge with result: InteractionRequired.',
      {
        'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ=="`,
      },
    );
  if (!anyOf.some((scope) => token.scopes.includes(scope)))
    throw new GraphRefusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  return token;
}

/** What a request prefers: https://learn.microsoft.com/graph/outlook-immutable-id, and the size of a page. */
export interface Preferences {
  readonly immutableIds: boolean;
  readonly pageSize: number | null;
  /** In which zone times are shown; null: UTC. */
  readonly timeZone: string | null;
  /** Bodies as text, whatever they are kept as. */
  readonly textBodies: boolean;
}

export function preferencesIn(prefer: string | undefined): Preferences {
  const size = /odata\.maxpagesize\s*=\s*(\d+)/i.exec(prefer ?? '')?.[1];
  return {
    immutableIds: /IdType\s*=\s*"?ImmutableId"?/i.test(prefer ?? ''),
    pageSize: size === undefined ? null : Number(size),
    timeZone: /outlook\.timezone\s*=\s*"?([^",]+)"?/i.exec(prefer ?? '')?.[1]?.trim() ?? null,
    textBodies: /outlook\.body-content-type\s*=\s*"?text"?/i.test(prefer ?? ''),
  };
}
