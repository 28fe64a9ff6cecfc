import { z } from 'zod';
import type { LiaisonError } from '../../core/errors.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { problemError, problemOf, VENDOR } from './failures.ts';

/** What became of one record of a write, in the order in which they were sent. */
export type WriteResult =
  | {
      readonly ok: true;
      readonly id: string;
      readonly action: 'insert' | 'update';
      /** The record's modification time after the write, as Zoho states it; null where it does not. */
      readonly modifiedTime: string | null;
    }
  | { readonly ok: false; readonly error: LiaisonError };

const bodySchema = z.object({ data: z.array(z.unknown()) });
const doneSchema = z.object({
  status: z.literal('success'),
  action: z.enum(['insert', 'update']).optional(),
  details: z.object({ id: z.string(), Modified_Time: z.string().nullish() }),
});

/** Reads the results of a write of records, refused ones too: Zoho answers for each of them. */
export function writeResults(body: unknown, usual: 'insert' | 'update'): WriteResult[] {
  return readAnswer(bodySchema, body, VENDOR, true).data.map((entry) => {
    const problem = problemOf(entry);
    if (problem !== null) return { ok: false, error: problemError(problem) };
    const { details, action } = readAnswer(doneSchema, entry, VENDOR, true);
    const modifiedTime = details.Modified_Time ?? null;
    return { ok: true, id: details.id, action: action ?? usual, modifiedTime };
  });
}

/**
 * The one result of a write of one record.
 *
 * @throws LiaisonError with the field and Zoho's own words when the record was refused.
 */
export function onlyResult(results: readonly WriteResult[]): Extract<WriteResult, { ok: true }> {
  const [result] = results;
  if (result === undefined) return readAnswer(z.never(), results, VENDOR, true);
  if (!result.ok) throw result.error;
  return result;
}

/** Ids of what a call to the settings made (`{webhooks: [{code, details: {id}, status}]}`). */
export function settingIds(body: unknown, root: string): string[] {
  const entries = readAnswer(z.record(z.string(), z.unknown()), body, VENDOR, true)[root];
  return readAnswer(z.array(z.unknown()), entries, VENDOR, true).map((entry) => {
    const problem = problemOf(entry);
    if (problem !== null) throw problemError(problem);
    return readAnswer(doneSchema, entry, VENDOR, true).details.id;
  });
}
