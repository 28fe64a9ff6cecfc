import type { Sql } from './database.ts';
import type { SealedValue } from './secrets.ts';

/** A sealed secret of a receiver. */
export interface ReceiverSecretRow extends SealedValue {
  readonly id: string;
  readonly receiverId: string;
  readonly organisationId: string;
}

const SELECT = `select s.id, s.receiver_id as "receiverId", r.organisation_id as "organisationId", s.sealed, s.key_id as "keyId"
  from receiver_secrets s join receivers r on r.id = s.receiver_id`;

/**
 * Stores a secret as the one that stays. The one before signs beside it for so long; whatever was before that signs
 * nothing more.
 */
export async function putReceiverSecret(
  sql: Sql,
  secret: SealedValue & { readonly id: string; readonly receiverId: string },
  besideSeconds: number,
): Promise<void> {
  await sql.query(`delete from receiver_secrets where receiver_id = $1 and ends_at is not null`, [
    secret.receiverId,
  ]);
  await sql.query(
    `update receiver_secrets set ends_at = now() + make_interval(secs => $2) where receiver_id = $1`,
    [secret.receiverId, besideSeconds],
  );
  await sql.query(`insert into receiver_secrets (id, receiver_id, sealed, key_id) values ($1, $2, $3, $4)`, [
    secret.id,
    secret.receiverId,
    secret.sealed,
    secret.keyId,
  ]);
}

/** Those that sign now, newest first. */
export function receiverSecrets(sql: Sql, receiverId: string): Promise<ReceiverSecretRow[]> {
  return sql.query<ReceiverSecretRow>(
    `${SELECT} where s.receiver_id = $1 and coalesce(s.ends_at, 'infinity') > now() order by s.ends_at is not null, s.created_at desc`,
    [receiverId],
  );
}

/** Those that are sealed under another key than `keyId`. */
export function receiverSecretsUnderOtherKeys(
  sql: Sql,
  keyId: string,
  limit: number,
): Promise<ReceiverSecretRow[]> {
  return sql.query<ReceiverSecretRow>(`${SELECT} where s.key_id <> $1 order by s.id limit $2`, [
    keyId,
    limit,
  ]);
}

/** Puts the same secret, sealed under another key, in the place of the one that was read; false when it is gone. */
export async function resealReceiverSecret(
  sql: Sql,
  row: ReceiverSecretRow,
  value: SealedValue,
): Promise<boolean> {
  const rows = await sql.query(
    `update receiver_secrets set sealed = $2, key_id = $3 where id = $1 and key_id = $4 returning id`,
    [row.id, value.sealed, value.keyId, row.keyId],
  );
  return rows.length > 0;
}
