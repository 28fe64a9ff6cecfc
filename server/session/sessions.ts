import type { OpenedSession, Session, Sessions } from '../api/session/session.ts';
import { otherOrganisation, signInOver } from '../api/session/session-problems.ts';
import { digestOf } from '../connect/digest.ts';
import type { Database, Sql } from '../store/database.ts';
import {
  addSession,
  addSessionToken,
  endSessionOfRenewal,
  holderOf,
  type SessionHolder,
  type SessionTokenKind,
  spendRenewal,
  sweepBearers,
} from '../store/sessions.ts';
import { endSignIn, takeSignInCode } from '../store/sign-ins.ts';
import { BEARER_MS, newSecret, type Random, SIGN_IN_MS } from './deps.ts';

export interface SessionParts extends Random {
  readonly database: Database;
  readonly randomUUID: () => string;
  readonly log: { warn(facts: object, message: string): void };
}

/**
 * Sessions of pages. Their tokens are random and mean nothing by themselves; the database knows their
 * digests, so that one statement ends a session in every process at once.
 */
export function createSessions(parts: SessionParts): Sessions {
  const { database } = parts;

  async function give(sql: Sql, sessionId: string, kind: SessionTokenKind, lifetimeMs: number) {
    const token = newSecret(parts);
    await addSessionToken(sql, { digest: digestOf(token), sessionId, kind }, lifetimeMs);
    return token;
  }

  async function pair(sql: Sql, sessionId: string) {
    const token = await give(sql, sessionId, 'bearer', BEARER_MS);
    const renewal = await give(sql, sessionId, 'renewal', SIGN_IN_MS);
    const holder = await holderOf(sql, digestOf(token), 'bearer');
    // The sign-in ended while the request was under way.
    if (holder === null) throw signInOver();
    return { tokens: { token, renewal, remainingMs: holder.remainingMs }, holder };
  }

  /** A new page's session under a sign-in. */
  async function begin(
    sql: Sql,
    signInId: string,
    { organisation: expected, withFrame }: { organisation: string | undefined; withFrame: boolean },
  ): Promise<OpenedSession> {
    const id = parts.randomUUID();
    await addSession(sql, { id, signInId });
    const { tokens, holder } = await pair(sql, id);
    if (expected !== undefined && expected !== holder.organisationExternalId) throw otherOrganisation();
    return { ...tokens, frame: withFrame ? await give(sql, id, 'frame', SIGN_IN_MS) : null };
  }

  return {
    async open({ code, verifier, organisation }) {
      // Taken outside of what may be rolled back: a code that came with a wrong verifier is used up.
      const held = await takeSignInCode(database, digestOf(code));
      if (held === null || held.challenge !== digestOf(verifier).toString('base64url')) throw signInOver();
      return database.transaction((sql) => begin(sql, held.signInId, { organisation, withFrame: true }));
    },

    async renew(renewal) {
      const digest = digestOf(renewal);
      const result = await database.transaction(async (sql) => {
        const sessionId = await spendRenewal(sql, digest);
        if (sessionId === null || sessionId === 'reused') return sessionId;
        await sweepBearers(sql, sessionId);
        return { ...(await pair(sql, sessionId)).tokens, frame: null };
      });
      if (result === 'reused') {
        // Two hold the same token, and one of them is a thief: neither goes on.
        await endSessionOfRenewal(database, digest);
        parts.log.warn({}, 'a renewal token was used twice: its session was ended');
      }
      if (result === null || result === 'reused') throw signInOver();
      return result;
    },

    async resume(frame, organisation) {
      return database.transaction(async (sql) => {
        const holder = await holderOf(sql, digestOf(frame), 'frame');
        if (holder === null) throw signInOver();
        // The cookie stays as it is: a new one for each page would only pile up.
        return begin(sql, holder.signInId, { organisation, withFrame: false });
      });
    },

    async judge(token) {
      const holder = await holderOf(database, digestOf(token), 'bearer');
      return holder === null ? null : sessionOf(holder);
    },

    end: (signInId) => endSignIn(database, signInId),
  };
}

function sessionOf(holder: SessionHolder): Session {
  return {
    organisationId: holder.organisationId,
    role: holder.role,
    user: { id: holder.userId, name: holder.userName },
    locale: holder.userLocale,
    signInId: holder.signInId,
    remainingMs: holder.remainingMs,
  };
}
