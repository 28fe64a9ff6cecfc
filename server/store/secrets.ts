import type { Sql } from './database.ts';

/** Whose secret it is: tokens and keys are a grant's, the secrets of deliveries a connection's. */
export interface SecretOwner {
  readonly id: string;
  readonly kind: 'grant' | 'connection';
}

/** A sealed value as it lies in the database. All times are judged by the database's clock. */
export interface SecretRow {
  /** Id of the grant or the connection. */
  readonly ownerId: string;
  readonly organisationId: string;
  readonly name: string;
  readonly sealed: Buffer;
  readonly keyId: string;
  readonly version: number;
  /** Milliseconds until what is sealed expires; null when it does not. */
  readonly remainingMs: number | null;
  /** State of the grant or the connection, read together with it. */
  readonly ownerState: 'active' | 'reconnect';
}

export interface SealedValue {
  readonly sealed: Buffer;
  readonly keyId: string;
}

const SELECT = `select s.owner_id as "ownerId", coalesce(g.organisation_id, c.organisation_id) as "organisationId",
  s.name, s.sealed, s.key_id as "keyId", s.version, coalesce(g.state, c.state) as "ownerState",
  (extract(epoch from s.expires_at - clock_timestamp()) * 1000)::float8 as "remainingMs"
  from secrets s left join grants g on g.id = s.grant_id left join connections c on c.id = s.connection_id`;

/** The column that names an owner of this kind. */
const column = ({ kind }: SecretOwner): string => (kind === 'grant' ? 'grant_id' : 'connection_id');

export interface NamedSecret {
  readonly owner: SecretOwner;
  readonly name: string;
}

export async function readSecret(sql: Sql, owner: SecretOwner, name: string): Promise<SecretRow | null> {
  const [row] = await readSecrets(sql, [{ owner, name }]);
  return row ?? null;
}

/** For each one, or null where there is none. */
export async function readSecrets(sql: Sql, wishes: readonly NamedSecret[]): Promise<(SecretRow | null)[]> {
  // How many are wished for is hidden from the planner: it would make a plan for each number, at each call.
  const rows = await sql.query<SecretRow & { place: number }>(
    `select w.place::int, s.* from unnest((select $1::uuid[]), (select $2::boolean[]), (select $3::text[])) with ordinality as w(id, is_grants, name, place)
     cross join lateral (
       ${SELECT} where s.owner_id = w.id and s.name = w.name and (s.grant_id is not null) = w.is_grants offset 0) s`,
    [
      wishes.map(({ owner }) => owner.id),
      wishes.map(({ owner }) => owner.kind === 'grant'),
      wishes.map(({ name }) => name),
    ],
    'read-secrets',
  );
  const found = new Map(rows.map(({ place, ...row }) => [place, row]));
  return wishes.map((_, index) => found.get(index + 1) ?? null);
}

/** Every secret of an owner whose name begins with `prefix`. */
export async function listSecrets(sql: Sql, owner: SecretOwner, prefix: string): Promise<SecretRow[]> {
  return sql.query<SecretRow>(
    `${SELECT} where s.${column(owner)} = $1 and starts_with(s.name, $2) order by s.name`,
    [owner.id, prefix],
  );
}

/** Stores a value whatever stood there; a lease on the old one ends. */
export async function putSecret(
  sql: Sql,
  wish: SealedValue & { owner: SecretOwner; name: string; lifetimeMs: number | null },
): Promise<void> {
  await sql.query(
    `insert into secrets as s (${column(wish.owner)}, name, sealed, key_id, expires_at)
     values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')
     on conflict (owner_id, name) do update
       set sealed = excluded.sealed, key_id = excluded.key_id, expires_at = excluded.expires_at,
           version = s.version + 1, lease_owner = null, lease_until = null, updated_at = now()`,
    [wish.owner.id, wish.name, wish.sealed, wish.keyId, wish.lifetimeMs],
  );
}

/** Compare-and-swap: replaces the value that had `version`, and ends the lease. False when it moved on. */
export async function swapSecret(
  sql: Sql,
  wish: SealedValue & { owner: SecretOwner; name: string; version: number; lifetimeMs: number | null },
): Promise<boolean> {
  const rows = await sql.query(
    `update secrets set sealed = $4, key_id = $5, version = version + 1,
       expires_at = clock_timestamp() + $6 * interval '1 millisecond',
       lease_owner = null, lease_until = null, updated_at = now()
     where ${column(wish.owner)} = $1 and name = $2 and version = $3 returning version`,
    [wish.owner.id, wish.name, wish.version, wish.sealed, wish.keyId, wish.lifetimeMs],
  );
  return rows.length > 0;
}

/** Secrets that are sealed under another key than `keyId`. */
export async function listSealedUnderOtherKeys(sql: Sql, keyId: string, limit: number): Promise<SecretRow[]> {
  return sql.query<SecretRow>(`${SELECT} where s.key_id <> $1 order by s.owner_id, s.name limit $2`, [
    keyId,
    limit,
  ]);
}

/**
 * Puts the same value, sealed under another key, in the place of the one that was read. The version stays:
 * a refresh that is under way may still save its result. False when the value moved on meanwhile.
 */
export async function resealSecret(sql: Sql, row: SecretRow, value: SealedValue): Promise<boolean> {
  const rows = await sql.query(
    `update secrets set sealed = $4, key_id = $5, updated_at = now()
     where owner_id = $1 and name = $2 and version = $3 and key_id = $6 returning version`,
    [row.ownerId, row.name, row.version, value.sealed, value.keyId, row.keyId],
  );
  return rows.length > 0;
}

/** Ids of every key that something is sealed under. */
export async function listKeyIds(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ keyId: string }>(
    `select key_id as "keyId" from secrets
     union select key_id from receiver_secrets
     union select key_id from oauth_attempts where expires_at > clock_timestamp()`,
  );
  return rows.map((row) => row.keyId);
}
