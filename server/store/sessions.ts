import type { Sql } from './database.ts';

export type SessionTokenKind = 'bearer' | 'renewal' | 'frame';

/** Whom a live token speaks for. */
export interface SessionHolder {
  readonly sessionId: string;
  readonly signInId: string;
  /** How much longer this token is good, by the database's clock. */
  readonly remainingMs: number;
  readonly organisationId: string;
  /** The vendor's own id of the organisation. */
  readonly organisationExternalId: string;
  readonly userId: string;
  readonly userName: string;
  readonly userLocale: string | null;
  readonly role: 'rep' | 'admin';
}

export async function addSession(sql: Sql, wish: { id: string; signInId: string }): Promise<void> {
  await sql.query('insert into sessions (id, sign_in_id) values ($1, $2)', [wish.id, wish.signInId]);
}

/** Stores a token of a session. It lives as long as is asked, but never longer than the sign-in. */
export async function addSessionToken(
  sql: Sql,
  wish: { digest: Buffer; sessionId: string; kind: SessionTokenKind },
  lifetimeMs: number,
): Promise<void> {
  await sql.query(
    `insert into session_tokens (digest, session_id, kind, expires_at)
     select $1, s.id, $3, least(i.expires_at, clock_timestamp() + $4 * interval '1 millisecond')
     from sessions s join sign_ins i on i.id = s.sign_in_id where s.id = $2`,
    [wish.digest, wish.sessionId, wish.kind, lifetimeMs],
  );
}

/**
 * Whose token this is. The role is the user's as it now stands, so that a later sign-in that shows another
 * one holds for every session. Null for a token that is unknown, spent, over, or of another kind.
 */
export async function holderOf(
  sql: Sql,
  digest: Buffer,
  kind: SessionTokenKind,
): Promise<SessionHolder | null> {
  const rows = await sql.query<SessionHolder>(
    `select t.session_id as "sessionId", i.id as "signInId",
       (extract(epoch from t.expires_at - clock_timestamp()) * 1000)::float8 as "remainingMs", i.organisation_id as "organisationId",
       o.external_id as "organisationExternalId", u.id as "userId", u.name as "userName",
       u.locale as "userLocale", u.role
     from session_tokens t
     join sessions s on s.id = t.session_id
     join sign_ins i on i.id = s.sign_in_id
     join organisations o on o.id = i.organisation_id
     join users u on u.id = i.user_id
     where t.digest = $1 and t.kind = $2 and t.spent_at is null
       and t.expires_at > clock_timestamp() and i.expires_at > clock_timestamp()`,
    [digest, kind],
  );
  return rows[0] ?? null;
}

/**
 * Spends a renewal token: of any number of uses a single one succeeds.
 *
 * @returns the session; null when the token is unknown or over; `reused` when it was spent before.
 */
export async function spendRenewal(sql: Sql, digest: Buffer): Promise<string | 'reused' | null> {
  const spent = await sql.query<{ sessionId: string }>(
    `update session_tokens set spent_at = clock_timestamp()
     where digest = $1 and kind = 'renewal' and spent_at is null and expires_at > clock_timestamp()
     returning session_id as "sessionId"`,
    [digest],
  );
  if (spent[0] !== undefined) return spent[0].sessionId;
  const before = await sql.query(
    `select 1 from session_tokens where digest = $1 and kind = 'renewal' and spent_at is not null`,
    [digest],
  );
  return before.length > 0 ? 'reused' : null;
}

/** Ends the session that a renewal token belongs to, with all its tokens. */
export async function endSessionOfRenewal(sql: Sql, digest: Buffer): Promise<void> {
  await sql.query(
    'delete from sessions where id = (select session_id from session_tokens where digest = $1)',
    [digest],
  );
}

/** Removes what a session no longer needs: bearer tokens that are over. */
export async function sweepBearers(sql: Sql, sessionId: string): Promise<void> {
  await sql.query(
    `delete from session_tokens where session_id = $1 and kind = 'bearer' and expires_at < clock_timestamp()`,
    [sessionId],
  );
}
