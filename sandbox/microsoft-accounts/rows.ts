import type { VendorDesk } from '../core/simulator.ts';

export interface AccessTokenRow {
  readonly token: string;
  readonly clientId: string;
  /** Key of the account. */
  readonly account: string;
  readonly scopes: readonly string[];
  /** When the person signed in, whatever was renewed since; milliseconds since 1970, as is the next. */
  readonly signedInAt: number;
  readonly expiresAt: number;
}

export interface RefreshTokenRow {
  readonly token: string;
  readonly clientId: string;
  readonly account: string;
  readonly scopes: readonly string[];
  readonly signedInAt: number;
  readonly expiresAt: number;
}

/** What holds in the tenant. */
interface PolicyRow {
  /** Only an administrator may let an application in. */
  readonly administratorsOnly: boolean;
  /** Who signed in before then has to sign in afresh; milliseconds since 1970. */
  readonly freshSince: number;
  /** An administrator agreed to whatever the application asks for, for everybody. */
  readonly agreed: boolean;
}

const USUAL: PolicyRow = { administratorsOnly: false, freshSince: 0, agreed: false };

export function accountsTables(desk: VendorDesk) {
  return {
    accessTokens: desk.table<AccessTokenRow>('access tokens', { kept: true }),
    refreshTokens: desk.table<RefreshTokenRow>('refresh tokens', { kept: true }),
    policy: desk.table<PolicyRow>('policy'),
  };
}

export const policyOf = (desk: VendorDesk): PolicyRow => accountsTables(desk).policy.get('tenant') ?? USUAL;

export const setPolicy = (desk: VendorDesk, change: Partial<PolicyRow>): void =>
  void accountsTables(desk).policy.put('tenant', { ...policyOf(desk), ...change });
