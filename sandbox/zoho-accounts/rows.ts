import type { Table, VendorDesk } from '../core/simulator.ts';

/** A consent that a user gave to a client; its token stays until it is revoked or pushed out. */
export interface Grant {
  readonly refreshToken: string;
  readonly clientId: string;
  readonly user: string;
  readonly scopes: readonly string[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** When it was used, within the window of the limit. */
  readonly uses: readonly number[];
}

export interface AccessToken {
  readonly token: string;
  readonly refreshToken: string | null;
  readonly clientId: string;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

export interface Code {
  readonly code: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly codeChallenge: string | null;
  readonly offline: boolean;
  readonly expiresAt: number;
}

interface AccountsTables {
  readonly grants: Table<Grant>;
  readonly accessTokens: Table<AccessToken>;
  readonly codes: Table<Code>;
}

/** All kept over a reset, so that what is connected stays connected. */
export function accountsTables(desk: VendorDesk): AccountsTables {
  return {
    grants: desk.table<Grant>('grants', { kept: true }),
    accessTokens: desk.table<AccessToken>('access-tokens', { kept: true }),
    codes: desk.table<Code>('codes', { kept: true }),
  };
}
