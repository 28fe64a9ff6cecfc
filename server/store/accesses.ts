import { closeAlert } from './alerts.ts';
import type { Sql } from './database.ts';

/** What a consent gives an application to be exchanged. */
export interface AccessCode {
  readonly application: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** SHA-256 in base64url of the application's verifier. */
  readonly challenge: string;
}

export async function addAccessCode(
  sql: Sql,
  code: AccessCode & { readonly digest: Buffer },
  lifetimeMs: number,
): Promise<void> {
  // One that was used stays for a day longer: it would show that somebody else has it.
  await sql.query(`delete from access_codes where expires_at < clock_timestamp() - interval '1 day'`);
  await sql.query(
    `insert into access_codes (digest, application, organisation_id, user_id, redirect_uri, scopes, challenge, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp() + $8 * interval '1 millisecond')`,
    [
      code.digest,
      code.application,
      code.organisationId,
      code.userId,
      code.redirectUri,
      code.scopes,
      code.challenge,
      lifetimeMs,
    ],
  );
}

export interface TakenCode extends AccessCode {
  /** It was used before. */
  readonly isSpent: boolean;
  readonly isOver: boolean;
  /** What it was exchanged for then. */
  readonly familyId: string | null;
}

/** Spends the code and holds it until the transaction ends. Null: no such code of this application. */
export async function takeAccessCode(
  sql: Sql,
  application: string,
  digest: Buffer,
): Promise<TakenCode | null> {
  const [row] = await sql.query<TakenCode>(
    `select application, organisation_id as "organisationId", user_id as "userId", redirect_uri as "redirectUri", scopes,
       challenge, spent_at is not null as "isSpent", expires_at <= clock_timestamp() as "isOver", family_id as "familyId"
     from access_codes where digest = $1 and application = $2 for update`,
    [digest, application],
  );
  if (row === undefined) return null;
  await sql.query(
    'update access_codes set spent_at = coalesce(spent_at, clock_timestamp()) where digest = $1',
    [digest],
  );
  return row;
}

/** Begins a family of tokens under what the person lets the application do, and notes it with the code. */
export async function addAccessFamily(
  sql: Sql,
  wish: { readonly accessId: string; readonly familyId: string; readonly codeDigest: Buffer },
  code: AccessCode,
): Promise<void> {
  const rows = await sql.query<{ id: string }>(
    `insert into accesses (id, organisation_id, user_id, application) values ($1, $2, $3, $4)
     on conflict (organisation_id, user_id, application) do update set used_at = now() returning id`,
    [wish.accessId, code.organisationId, code.userId, code.application],
  );
  await sql.query('insert into access_families (id, access_id, scopes) values ($1, $2, $3)', [
    wish.familyId,
    rows[0]?.id,
    code.scopes,
  ]);
  await sql.query('update access_codes set family_id = $2 where digest = $1', [
    wish.codeDigest,
    wish.familyId,
  ]);
}

export async function addAccessToken(
  sql: Sql,
  token: { readonly digest: Buffer; readonly familyId: string; readonly kind: 'access' | 'refresh' },
  lifetimeMs: number,
): Promise<void> {
  await sql.query(
    `insert into access_tokens (digest, family_id, kind, expires_at)
     values ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')`,
    [token.digest, token.familyId, token.kind, lifetimeMs],
  );
}

/** A refresh token that was presented, held until the transaction ends. */
export interface PresentedRefresh {
  readonly familyId: string;
  readonly scopes: readonly string[];
  readonly isSpent: boolean;
  readonly isOver: boolean;
}

/** Spends a refresh token. Null: no such token of this application, or the person may not go on with it. */
export async function takeRefreshToken(
  sql: Sql,
  application: string,
  digest: Buffer,
): Promise<PresentedRefresh | null> {
  const [row] = await sql.query<PresentedRefresh>(
    `select t.family_id as "familyId", f.scopes, t.spent_at is not null as "isSpent", t.expires_at <= clock_timestamp() as "isOver"
     from access_tokens t join access_families f on f.id = t.family_id join accesses a on a.id = f.access_id
     join users u on u.id = a.user_id
     where t.digest = $1 and t.kind = 'refresh' and a.application = $2 and ${AT_WORK} for update of t`,
    [digest, application],
  );
  if (row === undefined) return null;
  await sql.query(
    'update access_tokens set spent_at = coalesce(spent_at, clock_timestamp()) where digest = $1',
    [digest],
  );
  return row;
}

/** Of `users u`: nobody said since that they work there no longer. */
const AT_WORK = `not exists (select from persons p where p.organisation_id = u.organisation_id
  and p.external_id = u.external_id and not p.active)`;

/** What is over goes, and what the family last gave out is noted. */
export async function noteAccessUsed(sql: Sql, familyId: string): Promise<void> {
  await sql.query(
    `delete from access_tokens where family_id = $1 and expires_at < clock_timestamp()
       and (kind = 'access' or spent_at is not null)`,
    [familyId],
  );
  await sql.query(
    'update accesses set used_at = now() where id = (select access_id from access_families where id = $1)',
    [familyId],
  );
}

/**
 * Forgets consents that nobody renewed in time, and codes. What an application is told goes on: where it only listens, it
 * has nothing to renew for.
 */
export async function clearOldAccesses(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `delete from access_families f where not exists (select from access_tokens t where t.family_id = f.id
       and t.kind = 'refresh' and t.spent_at is null and t.expires_at > $1::timestamptz)`,
    [now],
  );
  await sql.query(`delete from access_codes where expires_at < $1::timestamptz - interval '1 day'`, [now]);
}

/** Ends all tokens of one consent. What the person allowed the application otherwise stays. */
export async function endAccessFamily(sql: Sql, familyId: string): Promise<void> {
  await sql.query('delete from access_families where id = $1', [familyId]);
}

/** The family that a token of this application belongs to, whatever its kind; null: there is none. */
export async function familyOfToken(sql: Sql, application: string, digest: Buffer) {
  const [row] = await sql.query<{ familyId: string; accessId: string; organisationId: string }>(
    `select f.id as "familyId", a.id as "accessId", a.organisation_id as "organisationId"
     from access_tokens t join access_families f on f.id = t.family_id join accesses a on a.id = f.access_id
     where t.digest = $1 and a.application = $2`,
    [digest, application],
  );
  return row ?? null;
}

/** Whether an access has tokens still. */
export async function hasFamilies(sql: Sql, accessId: string): Promise<boolean> {
  const rows = await sql.query('select from access_families where access_id = $1 limit 1', [accessId]);
  return rows.length > 0;
}

/** Whom a live access token speaks for. */
export interface AccessTokenHolder {
  readonly accessId: string;
  readonly application: string;
  readonly scopes: readonly string[];
  readonly remainingMs: number;
  readonly organisationId: string;
  readonly userId: string;
  readonly userName: string;
  readonly userLocale: string | null;
  readonly role: 'rep' | 'admin';
}

/** The role is the user's as it now stands. Null for a token that is unknown, over, or of somebody who left. */
export async function accessTokenHolder(sql: Sql, digest: Buffer): Promise<AccessTokenHolder | null> {
  const [row] = await sql.query<AccessTokenHolder>(
    `select a.id as "accessId", a.application, f.scopes,
       (extract(epoch from t.expires_at - clock_timestamp()) * 1000)::float8 as "remainingMs",
       a.organisation_id as "organisationId", u.id as "userId", u.name as "userName", u.locale as "userLocale", u.role
     from access_tokens t join access_families f on f.id = t.family_id join accesses a on a.id = f.access_id
     join users u on u.id = a.user_id
     where t.digest = $1 and t.kind = 'access' and t.expires_at > clock_timestamp() and ${AT_WORK}`,
    [digest],
  );
  return row ?? null;
}

/** What a person let an application do, as people are shown it. */
export interface AccessRow {
  readonly id: string;
  readonly application: string;
  readonly userId: string;
  readonly userName: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly usedAt: Date;
  /** Receivers that the application made. */
  readonly receivers: number;
}

const SHOWN = `select a.id, a.application, u.id as "userId", u.name as "userName", a.created_at as "createdAt", a.used_at as "usedAt",
  coalesce((select array_agg(distinct s order by s) from access_families f, unnest(f.scopes) s where f.access_id = a.id), '{}') as scopes,
  (select count(*)::int from receivers r where r.access_id = a.id) as receivers
  from accesses a join users u on u.id = a.user_id`;

/** @param userId whose; null: everybody's. */
export function accessesOf(sql: Sql, organisationId: string, userId: string | null): Promise<AccessRow[]> {
  return sql.query<AccessRow>(
    `${SHOWN} where a.organisation_id = $1 and ($2::uuid is null or a.user_id = $2) order by a.created_at, a.id`,
    [organisationId, userId],
  );
}

/**
 * Ends what a person let an application do: its tokens and its receivers go at once, in every process.
 *
 * @param userId whose it must be; null: anybody's of the organisation.
 * @returns false where there is no such access.
 */
export async function endAccess(
  sql: Sql,
  organisationId: string,
  id: string,
  userId: string | null,
): Promise<boolean> {
  const receivers = await sql.query<{ id: string }>(
    'select id from receivers where access_id = $1 and organisation_id = $2',
    [id, organisationId],
  );
  const ended = await sql.query(
    `delete from accesses where id = $1 and organisation_id = $2 and ($3::uuid is null or user_id = $3) returning id`,
    [id, organisationId, userId],
  );
  if (ended.length === 0) return false;
  for (const receiver of receivers) await closeAlert(sql, organisationId, `receiver ${receiver.id}`);
  return true;
}

/** Ends all that a person let applications do, and the codes that are on their way. */
export async function endAccessesOf(sql: Sql, organisationId: string, userId: string): Promise<void> {
  await sql.query('delete from access_codes where organisation_id = $1 and user_id = $2', [
    organisationId,
    userId,
  ]);
  for (const { id } of await accessesOf(sql, organisationId, userId))
    await endAccess(sql, organisationId, id, userId);
}
