import { createHash } from 'node:crypto';
import type { FieldValues } from '../core/sync-object.ts';

/** A mark of one state of a record, for vendors that give none which moves with all of it: by what it holds. */
export const contentVersion = (values: FieldValues, ...more: readonly unknown[]): string =>
  createHash('sha1')
    .update(JSON.stringify([Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)), ...more]))
    .digest('base64url')
    .slice(0, 16);
