import { createHash } from 'node:crypto';

/** What is kept of a secret that only the browser has. */
export function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
