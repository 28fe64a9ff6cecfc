import type { VendorDesk } from '../core/simulator.ts';

export interface AccessTokenRow {
  readonly token: string;
  readonly clientId: string;
  /** Key of the account; absent in rows of before there were several: the first one. */
  readonly account?: string;
  readonly scopes: readonly string[];
  /** The refresh token of the same consent, if it gave one. */
  readonly refreshToken: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface RefreshTokenRow {
  readonly token: string;
  readonly clientId: string;
  readonly account?: string;
  /** Grows with what the account grants further: a refresh token opens the combined authorisation. */
  readonly scopes: readonly string[];
}

/** What an account granted to a client so far; that it did decides whether a second consent gives a refresh token. */
export interface ConsentRow {
  readonly clientId: string;
  readonly account?: string;
  readonly scopes?: readonly string[];
}

export const consentKey = (clientId: string, account: string): string => `${clientId} ${account}`;

export function accountsTables(desk: VendorDesk) {
  return {
    accessTokens: desk.table<AccessTokenRow>('access tokens', { kept: true }),
    refreshTokens: desk.table<RefreshTokenRow>('refresh tokens', { kept: true }),
    consents: desk.table<ConsentRow>('consents', { kept: true }),
  };
}
