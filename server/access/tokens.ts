import { digestOf } from '../connect/digest.ts';
import { type AccessHolder, isAccessScope } from '../core/access.ts';
import {
  type AccessCode,
  accessTokenHolder,
  addAccessCode,
  addAccessFamily,
  addAccessToken,
  endAccess,
  endAccessFamily,
  familyOfToken,
  hasFamilies,
  noteAccessUsed,
  takeAccessCode,
  takeRefreshToken,
} from '../store/accesses.ts';
import type { Database, Sql } from '../store/database.ts';

export interface TokenParts {
  readonly database: Database;
  readonly randomBytes: (size: number) => Buffer;
  readonly randomUUID: () => string;
  readonly log: { warn(facts: object, message: string): void };
}

/** From the browser to the application's server, and from there to us. */
const CODE_MS = 2 * 60_000;
const ACCESS_MS = 60 * 60_000;
/** From one use to the next: an application that says nothing for half a year asks anew. */
const REFRESH_MS = 180 * 86_400_000;

/** What an application calls the API with. */
export const ACCESS_TOKEN = /^lia_[A-Za-z0-9_-]{43}$/;

/** RFC 6749, 5.1. */
export interface GivenTokens {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly scope: string;
}

/** Whom a request of an application speaks for. */
export interface AccessSession {
  readonly organisationId: string;
  readonly role: 'rep' | 'admin';
  readonly user: { readonly id: string; readonly name: string };
  readonly locale: string | null;
  readonly remainingMs: number;
  readonly access: AccessHolder;
}

export type AccessTokens = ReturnType<typeof createAccessTokens>;

/**
 * Codes and tokens of applications. They are random and mean nothing by themselves; the database knows their digests, so
 * that one statement ends an access in every process at once.
 */
export function createAccessTokens({ database, randomBytes, randomUUID, log }: TokenParts) {
  const secret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`;

  async function give(sql: Sql, familyId: string, scopes: readonly string[]): Promise<GivenTokens> {
    const [token, refresh] = [secret('lia'), secret('lir')];
    await noteAccessUsed(sql, familyId);
    await addAccessToken(sql, { digest: digestOf(token), familyId, kind: 'access' }, ACCESS_MS);
    await addAccessToken(sql, { digest: digestOf(refresh), familyId, kind: 'refresh' }, REFRESH_MS);
    return {
      access_token: token,
      token_type: 'Bearer',
      expires_in: ACCESS_MS / 1_000,
      refresh_token: refresh,
      scope: scopes.join(' '),
    };
  }

  return {
    /** A code for what a person just allowed. */
    async newCode(code: AccessCode): Promise<string> {
      const text = secret('lic');
      await addAccessCode(database, { ...code, digest: digestOf(text) }, CODE_MS);
      return text;
    },

    /**
     * Exchanges a code, once. One that comes with anything wrong is used up; one that comes a second time ends what it
     * was exchanged for: two have it, and one of them is a thief. RFC 6749, 4.1.2.
     */
    async exchange(wish: {
      readonly application: string;
      readonly code: string;
      readonly redirectUri: string;
      readonly verifier: string;
    }): Promise<GivenTokens | null> {
      const digest = digestOf(wish.code);
      return database.transaction(async (sql) => {
        const held = await takeAccessCode(sql, wish.application, digest);
        if (held === null) return null;
        if (held.isSpent) {
          if (held.familyId !== null) await endAccessFamily(sql, held.familyId);
          log.warn(
            { application: wish.application },
            'a code was used twice: what it was exchanged for was ended',
          );
          return null;
        }
        const isProved = digestOf(wish.verifier).toString('base64url') === held.challenge;
        if (held.isOver || held.redirectUri !== wish.redirectUri || !isProved) return null;
        const familyId = randomUUID();
        await addAccessFamily(sql, { accessId: randomUUID(), familyId, codeDigest: digest }, held);
        return give(sql, familyId, held.scopes);
      });
    },

    /** Spends a refresh token for the next pair. One that was spent before ends all tokens of its consent. */
    async refresh(application: string, refresh: string): Promise<GivenTokens | null> {
      return database.transaction(async (sql) => {
        const held = await takeRefreshToken(sql, application, digestOf(refresh));
        if (held === null || (held.isOver && !held.isSpent)) return null;
        if (held.isSpent) {
          await endAccessFamily(sql, held.familyId);
          log.warn({ application }, 'a refresh token was used twice: its family was ended');
          return null;
        }
        return give(sql, held.familyId, held.scopes);
      });
    },

    /** Ends the tokens of one consent, and all of the access once none is left. RFC 7009. Safe to repeat. */
    async revoke(application: string, token: string): Promise<void> {
      await database.transaction(async (sql) => {
        const held = await familyOfToken(sql, application, digestOf(token));
        if (held === null) return;
        await endAccessFamily(sql, held.familyId);
        if (!(await hasFamilies(sql, held.accessId)))
          await endAccess(sql, held.organisationId, held.accessId, null);
      });
    },

    /** Null when it is good no longer, or never was. */
    async judge(token: string): Promise<AccessSession | null> {
      const holder = await accessTokenHolder(database, digestOf(token));
      if (holder === null) return null;
      const { organisationId, role, userId, userName, userLocale, remainingMs } = holder;
      return {
        organisationId,
        role,
        user: { id: userId, name: userName },
        locale: userLocale,
        remainingMs,
        access: {
          id: holder.accessId,
          application: holder.application,
          scopes: holder.scopes.filter(isAccessScope),
        },
      };
    },
  };
}
