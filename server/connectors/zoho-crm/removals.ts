import { z } from 'zod';
import { LiaisonError } from '../../core/errors.ts';
import { failureSentence } from '../../core/failure-sentences.ts';
import { readAnswer } from '../../core/read-answer.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { zohoTime } from './channels.ts';
import { type Problem, problemError, problemOf, VENDOR } from './failures.ts';

/** Nineteen digits and a comma each, in a parameter of at most 1,024 characters. */
export const MOST_REMOVED = 50;
const PER_PAGE = 200;
/** Pages by number end at 2,000 records. */
const MOST_PAGES = 10;

export interface Deletion {
  readonly id: string;
  /** When, as Zoho writes moments. */
  readonly time: string;
}

export type Removal = { readonly ok: true } | { readonly ok: false; readonly error: LiaisonError };

const deletedSchema = z.object({
  data: z.array(z.object({ id: z.string(), deleted_time: z.string() })),
  info: z.object({ more_records: z.boolean().catch(false) }).optional(),
});
const resultsSchema = z.object({ data: z.array(z.unknown()) });

export function removalCalls(api: ZohoApi) {
  return {
    /** Moves records to the recycle bin, 50 in a call, without setting off workflows; one outcome for each. */
    async remove(module: string, ids: readonly string[]): Promise<Removal[]> {
      const outcomes: Removal[] = [];
      for (let from = 0; from < ids.length; from += MOST_REMOVED) {
        const some = ids.slice(from, from + MOST_REMOVED);
        const query = { ids: some.join(','), wf_trigger: 'false' };
        const { body } = await api({ method: 'DELETE', path: `/crm/v8/${module}`, query });
        const results = readAnswer(resultsSchema, body, VENDOR, true).data;
        outcomes.push(...results.map((entry) => removalOf(problemOf(entry))));
      }
      return outcomes;
    },

    /**
     * What was deleted at that moment or later, for good or not.
     *
     * @param since as Zoho writes moments.
     * @throws LiaisonError `cursor-lost` when there is more of it than Zoho lists.
     */
    async deletions(module: string, since: string): Promise<{ found: Deletion[]; at: number | null }> {
      const found: Deletion[] = [];
      let at: number | null = null;
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const answer = await api({
          path: `/crm/v8/${module}/deleted`,
          query: { type: 'all', page, per_page: PER_PAGE },
          // “Since” may leave out that very second.
          headers: { 'if-modified-since': zohoTime(Date.parse(since) - 1_000) },
        });
        at ??= answer.at;
        if (answer.body === null) return { found, at };
        const { data, info } = readAnswer(deletedSchema, answer.body, VENDOR);
        const recent = data.filter((row) => Date.parse(row.deleted_time) >= Date.parse(since));
        found.push(...recent.map((row) => ({ id: row.id, time: row.deleted_time })));
        // Zoho lists the latest first; behind a page without a recent one there is none.
        if (!info?.more_records || recent.length === 0) return { found, at };
      }
      throw new LiaisonError('cursor-lost', { sentence: failureSentence('cursor-lost', VENDOR) });
    },
  };
}

/** An id that Zoho does not know is what a removal wants. */
function removalOf(problem: Problem | null): Removal {
  if (problem === null || problem.code === 'INVALID_DATA') return { ok: true };
  const error = problemError(problem);
  return error.kind === 'gone' ? { ok: true } : { ok: false, error };
}
