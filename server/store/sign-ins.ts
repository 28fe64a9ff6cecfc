import type { Sql } from './database.ts';

/** One visit of a popup to the vendor's consent page, from its start to the return of the browser. */
export interface SignInAttempt {
  readonly stateDigest: Buffer;
  readonly browserDigest: Buffer;
  /** SHA-256 in base64url of the verifier of the page that opened the popup. */
  readonly challenge: string;
  /** Origin of that page. */
  readonly opener: string;
  readonly language: string;
  /** A path of ours that the browser goes to once somebody is signed in; null: a popup, which says so to its page. */
  readonly returnTo: string | null;
}

const ATTEMPT = `state_digest as "stateDigest", browser_digest as "browserDigest", challenge, opener, language, return_to as "returnTo"`;

export async function addSignInAttempt(sql: Sql, attempt: SignInAttempt, lifetimeMs: number): Promise<void> {
  await sql.query('delete from sign_in_attempts where expires_at < clock_timestamp()');
  await sql.query(
    `insert into sign_in_attempts (state_digest, browser_digest, challenge, opener, language, return_to, expires_at)
     values ($1, $2, $3, $4, $5, $7, clock_timestamp() + $6 * interval '1 millisecond')`,
    [
      attempt.stateDigest,
      attempt.browserDigest,
      attempt.challenge,
      attempt.opener,
      attempt.language,
      lifetimeMs,
      attempt.returnTo,
    ],
  );
}

/**
 * Takes the attempt away: one statement, so that of any number of returns with one state a single one
 * gets it. Null for a state that is unknown, used, expired, or of another browser.
 */
export async function takeSignInAttempt(
  sql: Sql,
  stateDigest: Buffer,
  browserDigest: Buffer,
): Promise<SignInAttempt | null> {
  const rows = await sql.query<SignInAttempt>(
    `delete from sign_in_attempts
     where state_digest = $1 and browser_digest = $2 and expires_at > clock_timestamp() returning ${ATTEMPT}`,
    [stateDigest, browserDigest],
  );
  return rows[0] ?? null;
}

/** The popup's session, with whose it is. */
export interface SignInRow {
  readonly id: string;
  readonly organisationId: string;
  /** The vendor's own id of the organisation. */
  readonly organisationExternalId: string;
  readonly organisationName: string;
  readonly userId: string;
  readonly userName: string;
  readonly role: 'rep' | 'admin';
  readonly expiresAt: Date;
}

export async function addSignIn(
  sql: Sql,
  wish: { id: string; organisationId: string; userId: string; browserDigest: Buffer },
  lifetimeMs: number,
): Promise<void> {
  // What is over goes, with all its sessions and tokens.
  await sql.query('delete from sign_ins where expires_at < clock_timestamp()');
  await sql.query(
    `insert into sign_ins (id, organisation_id, user_id, browser_digest, expires_at)
     values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')`,
    [wish.id, wish.organisationId, wish.userId, wish.browserDigest, lifetimeMs],
  );
}

/** The live sign-in of a browser; null when there is none, or no longer. */
export async function signInOfBrowser(sql: Sql, browserDigest: Buffer): Promise<SignInRow | null> {
  const rows = await sql.query<SignInRow>(
    `select s.id, s.organisation_id as "organisationId", o.external_id as "organisationExternalId",
       o.name as "organisationName", s.user_id as "userId", u.name as "userName", u.role, s.expires_at as "expiresAt"
     from sign_ins s join users u on u.id = s.user_id join organisations o on o.id = s.organisation_id
     where s.browser_digest = $1 and s.expires_at > clock_timestamp()`,
    [browserDigest],
  );
  return rows[0] ?? null;
}

/** Ends a sign-in with every session under it. Safe to repeat. */
export async function endSignIn(sql: Sql, id: string): Promise<void> {
  await sql.query('delete from sign_ins where id = $1', [id]);
}

export async function addSignInCode(
  sql: Sql,
  wish: { codeDigest: Buffer; signInId: string; challenge: string },
  lifetimeMs: number,
): Promise<void> {
  await sql.query('delete from sign_in_codes where expires_at < clock_timestamp()');
  await sql.query(
    `insert into sign_in_codes (code_digest, sign_in_id, challenge, expires_at)
     values ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')`,
    [wish.codeDigest, wish.signInId, wish.challenge, lifetimeMs],
  );
}

/** Takes the code away, whether or not what came with it is right. Null when it is unknown, used or expired. */
export async function takeSignInCode(
  sql: Sql,
  codeDigest: Buffer,
): Promise<{ readonly signInId: string; readonly challenge: string } | null> {
  const rows = await sql.query<{ signInId: string; challenge: string; isLive: boolean }>(
    `delete from sign_in_codes where code_digest = $1
     returning sign_in_id as "signInId", challenge, expires_at > clock_timestamp() as "isLive"`,
    [codeDigest],
  );
  const [row] = rows;
  return row?.isLive === true ? { signInId: row.signInId, challenge: row.challenge } : null;
}

/** Ends every sign-in of a user. */
export async function endSignInsOf(sql: Sql, organisationId: string, userId: string): Promise<void> {
  await sql.query('delete from sign_ins where organisation_id = $1 and user_id = $2', [
    organisationId,
    userId,
  ]);
}
