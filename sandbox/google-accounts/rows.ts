import type { VendorDesk } from '../core/simulator.ts';

export interface AccessTokenRow {
  readonly token: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** The refresh token of the same consent, if it gave one. */
  readonly refreshToken: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface RefreshTokenRow {
  readonly token: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** That the user once consented to a client: what decides whether a second consent gives a refresh token. */
export interface ConsentRow {
  readonly clientId: string;
}

export function accountsTables(desk: VendorDesk) {
  return {
    accessTokens: desk.table<AccessTokenRow>('access tokens', { kept: true }),
    refreshTokens: desk.table<RefreshTokenRow>('refresh tokens', { kept: true }),
    consents: desk.table<ConsentRow>('consents', { kept: true }),
  };
}
