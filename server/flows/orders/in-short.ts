import { createHash } from 'node:crypto';

/** A value in sixty-four characters, by which it is told whether it is the same as before. */
export const inShort = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');
