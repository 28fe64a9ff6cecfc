import type { Sql } from '../store/database.ts';
import { listAttemptsUnderOtherKeys, resealAttempt } from '../store/oauth-attempts.ts';
import { receiverSecretsUnderOtherKeys, resealReceiverSecret } from '../store/receiver-secrets.ts';
import { listSealedUnderOtherKeys, resealSecret } from '../store/secrets.ts';
import { attemptBelonging } from './attempt-belonging.ts';
import { checkKeyring, resealCheck } from './key-check.ts';
import type { Keyring } from './keyring.ts';
import { receiverBelonging } from './receiver-secrets.ts';
import { seal, unseal } from './seal.ts';
import { belongingOf } from './vault.ts';

const BATCH = 200;

/**
 * Seals everything again under the first key, while servers work: each value is replaced only if it is
 * still the one that was read; what a server changed meanwhile is taken up in the next batch.
 *
 * @returns how many values were sealed again.
 */
export async function rotate(sql: Sql, keyring: Keyring): Promise<number> {
  await checkKeyring(sql, keyring);
  const { id } = keyring.current;
  let count = 0;
  for (;;) {
    const rows = await listSealedUnderOtherKeys(sql, id, BATCH);
    for (const row of rows) {
      const belonging = belongingOf(row.organisationId, row.ownerId, row.name);
      const value = seal(keyring, belonging, unseal(keyring, belonging, row));
      if (await resealSecret(sql, row, value)) count += 1;
    }
    if (rows.length === 0) break;
  }
  for (const attempt of await listAttemptsUnderOtherKeys(sql, id, 10_000)) {
    const belonging = attemptBelonging(attempt.stateDigest);
    const text = unseal(keyring, belonging, { sealed: attempt.sealedVerifier, keyId: attempt.keyId });
    await resealAttempt(sql, attempt.stateDigest, seal(keyring, belonging, text));
    count += 1;
  }
  for (;;) {
    const rows = await receiverSecretsUnderOtherKeys(sql, id, BATCH);
    for (const row of rows) {
      const belonging = receiverBelonging(row);
      const value = seal(keyring, belonging, unseal(keyring, belonging, row));
      if (await resealReceiverSecret(sql, row, value)) count += 1;
    }
    if (rows.length === 0) break;
  }
  await resealCheck(sql, keyring);
  return count;
}
