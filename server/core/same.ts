import { timingSafeEqual } from 'node:crypto';

/**
 * Compares without telling by its time how much was right. Its length may be told: all digests of a kind have
 * the same, and a secret is compared by its digest.
 */
export function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
