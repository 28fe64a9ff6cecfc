import { createHash } from 'node:crypto';
import type { Sentence } from '../core/sentence.ts';

export interface SealingKey {
  readonly id: string;
  readonly key: Buffer;
}

/** The keys that this process may open with; the first seals. */
export interface Keyring {
  readonly current: SealingKey;
  readonly keys: ReadonlyMap<string, SealingKey>;
}

/** The key that a deployment was given cannot be used. The sentence says what to do, and holds no key. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';
  readonly sentence: Sentence;

  constructor(sentence: Sentence) {
    super(sentence.en);
    this.sentence = sentence;
  }
}

const ENTRY = /^(?:([A-Za-z0-9_-]{1,40}):)?([A-Za-z0-9+/_-]{43}=?)$/;

/**
 * Reads `LIAISON_KEY`: 32 bytes in base64, or several keys separated by commas, each `id:base64`. The first
 * one seals; the others only open what was sealed before a rotation.
 *
 * @throws KeyringError with a sentence that names the fault.
 */
export function parseKeyring(text: string): Keyring {
  const keys = new Map<string, SealingKey>();
  for (const part of text.split(',')) {
    const [, id, base64] = ENTRY.exec(part.trim()) ?? [];
    const key = Buffer.from(base64 ?? '', 'base64');
    if (key.length !== 32) {
      throw new KeyringError({
        en: 'LIAISON_KEY must be 32 random bytes in base64 (openssl rand -base64 32), or several of them as id:base64 separated by commas.',
        fr: 'LIAISON_KEY doit contenir 32 octets aléatoires en base64 (openssl rand -base64 32), ou plusieurs sous la forme id:base64 séparés par des virgules.',
      });
    }
    // A key without a name is known by its digest, so that it keeps its name when a newer one joins it.
    const known = id ?? createHash('sha256').update(key).digest('hex').slice(0, 12);
    if (keys.has(known)) {
      throw new KeyringError({
        en: `LIAISON_KEY names two keys “${known}”: give each a name of its own.`,
        fr: `LIAISON_KEY nomme deux clés «\u00a0${known}\u00a0»\u00a0: donnez à chacune son propre nom.`,
      });
    }
    keys.set(known, { id: known, key });
  }
  const [current] = keys.values();
  if (current === undefined)
    throw new KeyringError({ en: 'LIAISON_KEY is empty.', fr: 'LIAISON_KEY est vide.' });
  return { current, keys };
}
