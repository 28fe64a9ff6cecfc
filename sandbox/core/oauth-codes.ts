import { createHash } from 'node:crypto';
import type { ConsentWish, Table, VendorDesk } from './simulator.ts';

const LIFE_MS = 10 * 60_000;

/** What a user agreed to, waiting to be exchanged for tokens. */
export interface Grant<Details extends object> {
  readonly code: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly codeChallenge: string | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** What else the vendor remembers of the consent. */
  readonly details: Details;
}

export interface Exchange {
  readonly code: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly verifier: string | undefined;
}

export type Redeemed<Details extends object> =
  | { readonly ok: true; readonly grant: Grant<Details> }
  | { readonly ok: false; readonly reason: 'code' | 'client' | 'redirect-uri' | 'verifier' };

/**
 * Authorisation codes of one vendor: single use, ten minutes, bound to client, redirect URI and, when the
 * consent carried one, the S256 challenge (RFC 7636). They survive a restart and a reset.
 */
export function authorisationCodes<Details extends object>(desk: VendorDesk) {
  const table: Table<Grant<Details>> = desk.table('authorisation codes', { kept: true });
  const now = (): number => desk.clock().getTime();
  return {
    /** @param prefix what the vendor's codes start with. */
    issue(prefix: string, wish: ConsentWish, details: Details): string {
      for (const old of table.all()) if (old.expiresAt <= now()) table.delete(old.code);
      const { clientId, redirectUri, scope, codeChallenge = null } = wish;
      const code = desk.id(prefix, 40);
      table.put(code, {
        code,
        clientId,
        redirectUri,
        scope,
        codeChallenge,
        expiresAt: now() + LIFE_MS,
        details,
      });
      return code;
    },
    /** Spends the code when everything fits it, and only then. */
    redeem({ code, clientId, redirectUri, verifier }: Exchange): Redeemed<Details> {
      const grant = table.get(code);
      if (!grant || grant.expiresAt <= now()) return { ok: false, reason: 'code' };
      if (grant.clientId !== clientId) return { ok: false, reason: 'client' };
      if (grant.redirectUri !== redirectUri) return { ok: false, reason: 'redirect-uri' };
      if (grant.codeChallenge !== null && challengeOf(verifier ?? '') !== grant.codeChallenge)
        return { ok: false, reason: 'verifier' };
      table.delete(code);
      return { ok: true, grant };
    },
  };
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
