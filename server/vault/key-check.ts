import type { Sql } from '../store/database.ts';
import { firstDeploymentFact, setDeploymentFact } from '../store/deployment.ts';
import { listKeyIds } from '../store/secrets.ts';
import { type Keyring, KeyringError } from './keyring.ts';
import { seal, unseal } from './seal.ts';

const NAME = 'vault-check';
const BELONGING = ['check'];
const TEXT = 'liaison';

/**
 * Compares the keys with a known value that the first start sealed. Two processes that start together on
 * an empty database with different keys: the second one is refused.
 */
export async function checkKeyring(sql: Sql, keyring: Keyring): Promise<void> {
  const fresh = seal(keyring, BELONGING, TEXT);
  const kept = await firstDeploymentFact(sql, NAME, {
    sealed: fresh.sealed.toString('base64'),
    keyId: fresh.keyId,
  });
  // Empty only when another process put it there within this statement: it is read by the next one.
  if (kept === undefined) return checkKeyring(sql, keyring);
  try {
    unseal(keyring, BELONGING, { sealed: Buffer.from(kept.sealed, 'base64'), keyId: kept.keyId });
  } catch {
    const { keyId } = kept;
    throw new KeyringError({
      en: `This database was sealed with another key (“${keyId}”); nothing was changed. Start with the LIAISON_KEY that it was made with; in the sandbox, with the LIAISON_DATA that holds its sandbox.key.`,
      fr: `Cette base a été scellée avec une autre clé («\u00a0${keyId}\u00a0»)\u00a0; rien n’a été modifié. Démarrez avec la LIAISON_KEY d’origine\u00a0; dans le bac à sable, avec le LIAISON_DATA qui contient son sandbox.key.`,
    });
  }
  const missing = (await listKeyIds(sql)).filter((id) => !keyring.keys.has(id));
  if (missing.length === 0) return;
  throw new KeyringError({
    en: `Some secrets are still sealed under the key “${missing[0]}”, which LIAISON_KEY no longer holds. Put it back behind the new one and run npm run vault:rotate first.`,
    fr: `Des secrets sont encore scellés avec la clé «\u00a0${missing[0]}\u00a0», que LIAISON_KEY ne contient plus. Remettez-la derrière la nouvelle et lancez d’abord npm run vault:rotate.`,
  });
}

/** After a rotation: the known value, too, opens without the old key. */
export async function resealCheck(sql: Sql, keyring: Keyring): Promise<void> {
  const { sealed, keyId } = seal(keyring, BELONGING, TEXT);
  await setDeploymentFact(sql, NAME, { sealed: sealed.toString('base64'), keyId });
}
