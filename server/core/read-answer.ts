import type { z } from 'zod';
import { LiaisonError } from './errors.ts';
import { failureSentence } from './failure-sentences.ts';

/**
 * Reads a vendor's answer as the shape that the caller relies on.
 *
 * @param mayHaveHappened the answer is that of a write: it was done, only its answer is not understood.
 * @throws LiaisonError `unknown`, naming the first place that differs; never the values.
 */
export function readAnswer<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  vendor: string,
  mayHaveHappened = false,
): z.infer<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new LiaisonError('unknown', {
    sentence: failureSentence('unknown', vendor),
    vendorMessage: `Unexpected answer at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'not readable'}`,
    ...(mayHaveHappened ? { mayHaveHappened } : {}),
  });
}
