import type { Sql } from './database.ts';

/** One visit to a vendor's consent page, from its start to the return of the browser. */
export interface OAuthAttempt {
  readonly stateDigest: Buffer;
  /** Null when the organisation is not known yet (the first connection names it). */
  readonly organisationId: string | null;
  readonly connector: string;
  /** The connection whose access is given anew; null: an account is added. */
  readonly connectionId: string | null;
  /** The user whose own it will be; null: the organisation's. */
  readonly owner: string | null;
  /** Address of the customer's own where the consent page stands; null for vendors that have one for all. */
  readonly site: string | null;
  /** What was asked for. */
  readonly scopes: readonly string[];
  /** Nothing more can be asked for: what is missing at the end was not given. */
  readonly whole: boolean;
  readonly sessionDigest: Buffer;
  /** Of PKCE; where a site hands keys over, these once they came. Both are nothing at first. */
  readonly sealedVerifier: Buffer;
  readonly keyId: string;
  readonly returnTo: string;
}

const COLUMNS = `state_digest as "stateDigest", organisation_id as "organisationId", connector,
  connection_id as "connectionId", owner, site, coalesce(scopes, '{}') as scopes, whole,
  session_digest as "sessionDigest", sealed_verifier as "sealedVerifier", key_id as "keyId", return_to as "returnTo"`;

export async function addAttempt(sql: Sql, attempt: OAuthAttempt, lifetimeMs: number): Promise<void> {
  await sql.query('delete from oauth_attempts where expires_at < clock_timestamp()');
  await sql.query(
    `insert into oauth_attempts (state_digest, organisation_id, connector, connection_id, owner, scopes, whole,
       session_digest, sealed_verifier, key_id, return_to, site, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, clock_timestamp() + $13 * interval '1 millisecond')`,
    [
      attempt.stateDigest,
      attempt.organisationId,
      attempt.connector,
      attempt.connectionId,
      attempt.owner,
      attempt.scopes,
      attempt.whole,
      attempt.sessionDigest,
      attempt.sealedVerifier,
      attempt.keyId,
      attempt.returnTo,
      attempt.site,
      lifetimeMs,
    ],
  );
}

/**
 * Takes the attempt away: one statement, so that of any number of returns with one state a single one
 * gets it. Null for a state that is unknown, used, expired, or of another browser.
 */
export async function takeAttempt(
  sql: Sql,
  stateDigest: Buffer,
  sessionDigest: Buffer,
): Promise<OAuthAttempt | null> {
  const rows = await sql.query<OAuthAttempt>(
    `delete from oauth_attempts
     where state_digest = $1 and session_digest = $2 and expires_at > clock_timestamp() returning ${COLUMNS}`,
    [stateDigest, sessionDigest],
  );
  return rows[0] ?? null;
}

/** An attempt that is under way, whatever browser it began in. It stays. */
export async function openAttempt(sql: Sql, stateDigest: Buffer): Promise<OAuthAttempt | null> {
  const rows = await sql.query<OAuthAttempt>(
    `select ${COLUMNS} from oauth_attempts where state_digest = $1 and expires_at > clock_timestamp()`,
    [stateDigest],
  );
  return rows[0] ?? null;
}

/**
 * Puts what was handed over into an attempt, in the place of what was sealed in it when it was read. Of any number of
 * hands a single one succeeds.
 */
export async function putIntoAttempt(
  sql: Sql,
  { stateDigest, sealedVerifier }: Pick<OAuthAttempt, 'stateDigest' | 'sealedVerifier'>,
  value: { sealed: Buffer; keyId: string },
): Promise<boolean> {
  const rows = await sql.query(
    `update oauth_attempts set sealed_verifier = $3, key_id = $4
     where state_digest = $1 and sealed_verifier = $2 and expires_at > clock_timestamp() returning 1`,
    [stateDigest, sealedVerifier, value.sealed, value.keyId],
  );
  return rows.length === 1;
}

export async function listAttemptsUnderOtherKeys(
  sql: Sql,
  keyId: string,
  limit: number,
): Promise<OAuthAttempt[]> {
  return sql.query<OAuthAttempt>(
    `select ${COLUMNS} from oauth_attempts where key_id <> $1 and expires_at > clock_timestamp() limit $2`,
    [keyId, limit],
  );
}

export async function resealAttempt(
  sql: Sql,
  stateDigest: Buffer,
  value: { sealed: Buffer; keyId: string },
): Promise<void> {
  await sql.query('update oauth_attempts set sealed_verifier = $2, key_id = $3 where state_digest = $1', [
    stateDigest,
    value.sealed,
    value.keyId,
  ]);
}
