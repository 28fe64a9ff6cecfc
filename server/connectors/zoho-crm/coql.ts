import { z } from 'zod';
import { readAnswer } from '../../core/read-answer.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { VENDOR } from './failures.ts';
import type { CrmRecord } from './records.ts';

/** Zoho's bounds on one query. https://www.zoho.com/crm/developer/docs/api/v8/COQL-Limitations.html */
export const MOST_ROWS = 2_000;
export const MOST_COLUMNS = 50;
export const MOST_IN = 50;

export interface QueryAnswer {
  readonly rows: readonly CrmRecord[];
  /** Whether the query has more rows than its limit let through. */
  readonly more: boolean;
  /** Epoch milliseconds by Zoho's clock; null when it did not say. */
  readonly at: number | null;
}

const answerSchema = z.object({
  data: z.array(z.looseObject({ id: z.string() })),
  info: z.object({ more_records: z.boolean() }).optional(),
});

export function coqlCalls(api: ZohoApi) {
  return {
    /**
     * Runs a query in Zoho's SQL. It costs one credit for a limit up to 200, two up to 1,000, three up to
     * 2,000. Values must have gone through `coqlText`.
     */
    async query(select: string): Promise<QueryAnswer> {
      const { body, at } = await api({
        method: 'POST',
        path: '/crm/v8/coql',
        json: { select_query: select },
      });
      if (body === null) return { rows: [], more: false, at };
      const { data, info } = readAnswer(answerSchema, body, VENDOR);
      return { rows: data, more: info?.more_records ?? false, at };
    },
  };
}

/** A text as a query's value: quotes are doubled. */
export const coqlText = (value: string): string =>
  `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
