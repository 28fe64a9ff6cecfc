import type { z } from 'zod';
import type { FieldValue } from '../core/sync-object.ts';
import { failure } from './failures.ts';

/**
 * A cursor as it was stored, read as the shape that the vendor's changes go by; null: nothing was read yet.
 *
 * @throws LiaisonError `cursor-lost` for one of another shape (of a former version, or spoiled): everything is read
 *   again, and nothing is guessed from it.
 */
export function storedCursor<Schema extends z.ZodType>(
  schema: Schema,
  stored: FieldValue,
  vendor: string,
): z.output<Schema> | null {
  if (stored === null) return null;
  const read = schema.safeParse(stored);
  if (!read.success) throw failure('cursor-lost', vendor, 'The stored cursor is not of a known shape.');
  return read.data;
}
