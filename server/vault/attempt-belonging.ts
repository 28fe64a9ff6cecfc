import type { Belonging } from './seal.ts';

/** What the sealed verifier of an attempt is bound to. */
export function attemptBelonging(stateDigest: Uint8Array): Belonging {
  return ['attempt', Buffer.from(stateDigest).toString('hex')];
}
