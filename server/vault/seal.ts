import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keyring, SealingKey } from './keyring.ts';

/** What a sealed value belongs to. It opens only under the very same words. */
export type Belonging = readonly string[];

export interface Sealed {
  /** Format byte, 12-byte nonce, ciphertext, 16-byte tag. */
  readonly sealed: Buffer;
  readonly keyId: string;
}

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A value does not open: wrong key, moved to another place, or damaged. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError';
}

/**
 * Seals with AES-256-GCM. Each call draws a fresh random nonce: by NIST SP 800-38D one key may seal 2^32
 * times so, which is a refresh each second for 136 years.
 */
export function seal(keyring: Keyring, belonging: Belonging, text: string): Sealed {
  const { id, key } = keyring.current;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(additionalData(id, belonging));
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { sealed: Buffer.concat([Buffer.of(FORMAT), nonce, ciphertext, cipher.getAuthTag()]), keyId: id };
}

/** @throws UnsealError, which says nothing of the value. */
export function unseal(keyring: Keyring, belonging: Belonging, { sealed, keyId }: Sealed): string {
  const key = keyring.keys.get(keyId);
  if (key === undefined)
    throw new UnsealError(`a secret is sealed under key "${keyId}", which is not in LIAISON_KEY`);
  if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT) {
    throw new UnsealError('a sealed value is damaged');
  }
  try {
    return open(key, belonging, sealed);
  } catch {
    throw new UnsealError(
      `a secret does not open under key "${keyId}": the key is wrong, or the value was moved`,
    );
  }
}

function open(key: SealingKey, belonging: Belonging, sealed: Buffer): string {
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const ciphertext = sealed.subarray(1 + NONCE_BYTES, sealed.length - TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key.key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(additionalData(key.id, belonging));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
}

// JSON keeps ['a', 'bc'] and ['ab', 'c'] apart.
function additionalData(keyId: string, belonging: Belonging): Buffer {
  return Buffer.from(JSON.stringify([FORMAT, keyId, ...belonging]));
}
