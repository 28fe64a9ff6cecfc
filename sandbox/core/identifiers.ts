import { randomBytes, randomInt } from 'node:crypto';
import type { Table } from './simulator.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const RESERVED_AT_ONCE = 64;

/** Letters and digits at random: with 10 or more of them a repeat is beyond any sandbox. */
export function randomId(prefix: string, length: number): string {
  let text = prefix;
  while (text.length < prefix.length + length) {
    // Bytes past the last whole multiple of 62 are thrown away, so that every letter is as likely.
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < prefix.length + length) text += LETTERS[byte % 62];
    }
  }
  return text;
}

interface Sequence {
  readonly start: number;
  readonly stride: number;
  /** Numbers below this one may already have been given out. */
  readonly reserved: number;
}

/**
 * Numbers of a fixed count of digits that look random and never repeat: a counter walked through a
 * stride that shares no factor with 10^length visits each number once. The counter is reserved in
 * blocks, so that a crash skips numbers rather than repeating them.
 */
export function digitSequences(table: Table<Sequence>): (prefix: string, length: number) => string {
  const next = new Map<string, number>();
  return (prefix, length) => {
    const key = `${prefix}/${length}`;
    const size = 10 ** length;
    const sequence = table.get(key) ?? {
      start: randomInt(Math.min(size, 2 ** 47)),
      stride: strideFor(size),
      reserved: 0,
    };
    const count = next.get(key) ?? sequence.reserved;
    if (count >= size) throw new Error(`Every number of ${length} digits after "${prefix}" has been used.`);
    if (count >= sequence.reserved) table.put(key, { ...sequence, reserved: count + RESERVED_AT_ONCE });
    next.set(key, count + 1);
    const number = (BigInt(sequence.start) + BigInt(count) * BigInt(sequence.stride)) % BigInt(size);
    return prefix + number.toString().padStart(length, '0');
  };
}

function strideFor(size: number): number {
  const near = Math.floor(Math.min(size, 2 ** 47) * 0.618);
  for (let stride = Math.max(1, near); ; stride += 1) if (stride % 2 !== 0 && stride % 5 !== 0) return stride;
}
