import type { Sql } from '../store/database.ts';
import { putReceiverSecret, receiverSecrets } from '../store/receiver-secrets.ts';
import type { Belonging } from './seal.ts';
import type { Vault } from './vault.ts';

/** What a receiver's secret is bound to. */
export const receiverBelonging = ({
  organisationId,
  receiverId,
  id,
}: {
  readonly organisationId: string;
  readonly receiverId: string;
  readonly id: string;
}): Belonging => ['receiver-secret', organisationId, receiverId, id];

interface Receiver {
  readonly id: string;
  readonly organisationId: string;
}

/** Makes a secret the one that a receiver's dispatches are signed with; the one before signs beside it for so long. */
export async function keepReceiverSecret(
  vault: Pick<Vault, 'seal'>,
  sql: Sql,
  receiver: Receiver,
  secret: { readonly id: string; readonly text: string },
  besideSeconds: number,
): Promise<void> {
  const { organisationId, id: receiverId } = receiver;
  const sealed = vault.seal(receiverBelonging({ organisationId, receiverId, id: secret.id }), secret.text);
  await putReceiverSecret(sql, { ...sealed, id: secret.id, receiverId }, besideSeconds);
}

/** The secrets that sign now, newest first. */
export async function openReceiverSecrets(
  vault: Pick<Vault, 'unseal'>,
  sql: Sql,
  receiverId: string,
): Promise<string[]> {
  const rows = await receiverSecrets(sql, receiverId);
  return rows.map((row) => vault.unseal(receiverBelonging(row), row));
}
